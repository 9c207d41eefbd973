// Worker processes of a hunt: forked, no threads. Worker k of n plays seeds first+k, first+k+n, … in order
// and sends one line for each; a crash of one is noticed, and the seed it was playing is known, because it is
// the next of its share.
//
// Promises: as long as wait() is called until nothing runs, each line that a worker finished is delivered,
// whatever happens to the worker afterwards. After the destructor no worker is left.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "scenarios/cli/arguments.h"

namespace ordeal::cli {

struct Crash {
  std::uint64_t seed = 0;
  std::string how;            // "died with signal 11 (Segmentation fault)"
  bool from_outside = false;  // somebody, or a limit of the system, ended it: no bug of ours
};

// Why there is no more to come, in words.
const char* ended_by(const Crash& crash);

class Workers {
 public:
  // `play` runs in the worker and returns its line. Throws IoError when the system gives no pipe or process.
  Workers(SeedRange seeds, unsigned count, const std::function<std::string(std::uint64_t seed)>& play);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  bool running() const;
  // Waits up to `timeout_ms`, or until a signal comes, and hands every whole line on.
  void wait(int timeout_ms, const std::function<void(const std::string& line)>& on_line);
  // After their present trial.
  void stop();
  // At once.
  void kill();
  // The lowest seed that a worker crashed in, so far.
  const std::optional<Crash>& crash() const { return crash_; }

 private:
  struct Worker {
    pid_t process = -1;
    int pipe = -1;
    std::uint64_t next = 0;  // the seed it plays now
    std::uint64_t left = 0;  // seeds of its share that have not come
    std::string torn;        // the beginning of a line
  };

  void start(Worker& worker, std::uint64_t step, const std::function<std::string(std::uint64_t)>& play);
  static int work(const Worker& worker, std::uint64_t step, int pipe,
                  const std::function<std::string(std::uint64_t)>& play) noexcept;
  void read(Worker& worker, std::uint64_t step, const std::function<void(const std::string&)>& on_line);
  void bury(Worker& worker);

  std::vector<Worker> workers_;
  bool stopped_ = false;
  bool killed_ = false;
  std::optional<Crash> crash_;
};

}  // namespace ordeal::cli

#include "scenarios/cli/hunt/workers.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenarios/cli/files.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

bool send(int pipe, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(pipe, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Workers::Workers(SeedRange seeds, unsigned count, const std::function<std::string(std::uint64_t)>& play) {
  const std::uint64_t step = std::min<std::uint64_t>(count, seeds.count());
  std::fflush(nullptr);  // or a worker would print what waits in our buffers
  const SignalsHeld held;
  try {
    for (std::uint64_t k = 0; k < step; ++k) {
      Worker worker;
      worker.next = seeds.first + k;
      worker.left = (seeds.last - worker.next) / step + 1;
      start(worker, step, play);
      workers_.push_back(std::move(worker));
    }
  } catch (...) {
    kill();
    for (Worker& worker : workers_) bury(worker);
    throw;
  }
}

Workers::~Workers() {
  if (!running()) return;
  kill();
  for (Worker& worker : workers_) bury(worker);
}

void Workers::start(Worker& worker, std::uint64_t step,
                    const std::function<std::string(std::uint64_t)>& play) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw IoError(std::string("cannot make a pipe: ") + std::strerror(errno));
  const pid_t parent = ::getpid();
  worker.process = ::fork();
  if (worker.process < 0) {
    const int error = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    const std::string why = std::string("cannot start a worker: ") + std::strerror(error);
    if (error == EAGAIN || error == ENOMEM) throw play::BadInput(play::ExitCode::try_again, why);
    throw IoError(why);
  }
  if (worker.process != 0) {
    ::close(ends[1]);
    worker.pipe = ends[0];
    return;
  }
  // The worker. It leaves through _exit: the parent's buffers and handlers are not its own.
  become_worker();
  { const SignalsHeld release; }  // held over the fork; lets them through on its way out
  if (::getppid() != parent) ::_exit(0);
  ::close(ends[0]);
  for (const Worker& other : workers_) ::close(other.pipe);
  ::_exit(work(worker, step, ends[1], play));
}

// In the worker: plays its share. Its exit code.
int Workers::work(const Worker& worker, std::uint64_t step, int pipe,
                  const std::function<std::string(std::uint64_t)>& play) noexcept {
  try {
    std::uint64_t seed = worker.next;
    for (std::uint64_t left = worker.left; left > 0 && !worker_should_stop(); --left, seed += step) {
      if (!send(pipe, play(seed) + "\n")) break;
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ordeal worker: %s\n", error.what());
    return 70;
  }
}

bool Workers::running() const {
  return std::any_of(workers_.begin(), workers_.end(),
                     [](const Worker& worker) { return worker.process > 0; });
}

void Workers::wait(int timeout_ms, const std::function<void(const std::string&)>& on_line) {
  std::vector<pollfd> pipes;
  std::vector<Worker*> readers;
  for (Worker& worker : workers_) {
    if (worker.process <= 0) continue;
    pipes.push_back({worker.pipe, POLLIN, 0});
    readers.push_back(&worker);
  }
  if (::poll(pipes.data(), pipes.size(), timeout_ms) <= 0) return;
  for (std::size_t i = 0; i < pipes.size(); ++i) {
    if (pipes[i].revents != 0) read(*readers[i], workers_.size(), on_line);
  }
}

void Workers::read(Worker& worker, std::uint64_t step,
                   const std::function<void(const std::string&)>& on_line) {
  char buffer[65536];
  const ssize_t n = ::read(worker.pipe, buffer, sizeof buffer);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (n <= 0) return bury(worker);
  worker.torn.append(buffer, static_cast<std::size_t>(n));
  std::size_t start = 0;
  for (std::size_t end; (end = worker.torn.find('\n', start)) != std::string::npos; start = end + 1) {
    on_line(worker.torn.substr(start, end - start));
    worker.next += step;
    --worker.left;
  }
  worker.torn.erase(0, start);
}

namespace {

// Signals that a program does not bring upon itself: the kernel without memory, `ulimit -t` and `-f`, somebody's kill.
bool comes_from_outside(int signal) {
  constexpr std::array kOutside{SIGKILL, SIGTERM, SIGXCPU, SIGXFSZ, SIGHUP, SIGINT, SIGQUIT};
  return std::find(kOutside.begin(), kOutside.end(), signal) != kOutside.end();
}

}  // namespace

void Workers::bury(Worker& worker) {
  if (worker.process <= 0) return;
  ::close(worker.pipe);
  int status = 0;
  while (::waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
  }
  worker.process = -1;
  if (killed_ || worker.left == 0) return;
  std::string how;
  bool from_outside = false;
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    from_outside = comes_from_outside(signal);
    how = (from_outside ? "was killed from outside, by signal " : "died with signal ") +
          std::to_string(signal) + " (" + ::strsignal(signal) + ")";
    if (signal == SIGKILL) how += ": perhaps the system had no memory left";
    if (signal == SIGXCPU || signal == SIGXFSZ) how += ": a limit of this system (ulimit)";
  } else if (WEXITSTATUS(status) != 0) {
    how = "ended with exit code " + std::to_string(WEXITSTATUS(status));
  } else if (!stopped_) {
    from_outside = true;  // it only does so when it is told to
    how = "was told from outside to stop";
  }
  if (!how.empty() && (!crash_ || worker.next < crash_->seed)) crash_ = Crash{worker.next, how, from_outside};
}

void Workers::stop() {
  stopped_ = true;
  for (const Worker& worker : workers_) {
    if (worker.process > 0) ::kill(worker.process, SIGTERM);
  }
}

void Workers::kill() {
  stopped_ = killed_ = true;
  for (const Worker& worker : workers_) {
    if (worker.process > 0) ::kill(worker.process, SIGKILL);
  }
}

const char* ended_by(const Crash& crash) {
  return crash.from_outside ? "a worker was killed" : "a worker crashed";
}

}  // namespace ordeal::cli

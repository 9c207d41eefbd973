// How far a hunt is, on standard error: one line that is redrawn on a terminal, a plain line every few
// seconds elsewhere, nothing with -q.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace ordeal::cli {

class Progress {
 public:
  enum class Mode : std::uint8_t { none, lines, redraw };
  // `total` trials, unless `until_ns` (wall time) comes first.
  Progress(Mode mode, std::uint64_t total, std::optional<std::int64_t> until_ns, std::int64_t now_ns,
           const char* doing = "hunting");
  // Takes the redrawn line away.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Says something if it is time to.
  void show(std::uint64_t trials, std::uint64_t failures, std::int64_t now_ns, const std::string& more = "");
  // For the tests: what show would say.
  std::string words(std::uint64_t trials, std::uint64_t failures, std::int64_t now_ns) const;

 private:
  Mode mode_;
  const char* doing_;
  std::uint64_t total_;
  std::optional<std::int64_t> until_ns_;
  std::int64_t began_ns_;
  std::int64_t shown_ns_;
  bool drawn_ = false;
};

}  // namespace ordeal::cli

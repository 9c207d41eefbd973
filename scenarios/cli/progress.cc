#include "scenarios/cli/progress.h"

#include <algorithm>

#include <fmt/format.h>

#include "reports/layout.h"
#include "reports/words.h"
#include "scenarios/cli/output.h"

namespace ordeal::cli {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kRedrawEvery = kSecond / 5;
constexpr std::int64_t kLineEvery = 5 * kSecond;

}  // namespace

Progress::Progress(Mode mode, std::uint64_t total, std::optional<std::int64_t> until_ns, std::int64_t now_ns,
                   const char* doing)
    : mode_(mode), doing_(doing), total_(total), until_ns_(until_ns), began_ns_(now_ns), shown_ns_(now_ns) {}

Progress::~Progress() {
  if (drawn_) complain("\r\x1b[K");
}

std::string Progress::words(std::uint64_t trials, std::uint64_t failures, std::int64_t now_ns) const {
  const double rate = reports::per_second(trials, now_ns - began_ns_);
  std::string out = fmt::format("{}  {} trials  {:.0f}/s  {} failed", doing_, reports::grouped(trials), rate,
                                reports::grouped(failures));
  double left = rate > 0 ? static_cast<double>(total_ - std::min(trials, total_)) / rate : -1;
  if (until_ns_) {
    const double budget = static_cast<double>(std::max<std::int64_t>(0, *until_ns_ - now_ns)) / 1e9;
    left = left < 0 ? budget : std::min(left, budget);
  }
  return left < 0 ? out : out + fmt::format("  {:.0f} s left", left);
}

void Progress::show(std::uint64_t trials, std::uint64_t failures, std::int64_t now_ns,
                    const std::string& more) {
  if (mode_ == Mode::none || now_ns - shown_ns_ < (mode_ == Mode::redraw ? kRedrawEvery : kLineEvery)) return;
  shown_ns_ = now_ns;
  const std::string text = words(trials, failures, now_ns) + more;
  if (mode_ == Mode::lines) return complain(text + "\n");
  drawn_ = true;
  // A line that the terminal breaks could not be redrawn.
  complain("\r\x1b[K" + reports::wrapped(text, stderr_width() - 1).front());
}

}  // namespace ordeal::cli

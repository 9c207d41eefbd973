#include "reports/words.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace ordeal::reports {

std::string story_time(std::int64_t at_ns) {
  const std::int64_t ms = at_ns / 1'000'000;
  return fmt::format("+{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1'000 % 60,
                     ms % 1'000);
}

std::string story_clock(std::int64_t at_ns) {
  const std::int64_t seconds = at_ns / 1'000'000'000;
  const std::int64_t hours = seconds / 3'600;
  if (hours < 100) return fmt::format("{:02}:{:02}:{:02}", hours, seconds / 60 % 60, seconds % 60);
  return fmt::format("{:<3}{:02}:{:02}", fmt::format("{}d", hours / 24), hours % 24, seconds / 60 % 60);
}

std::string wall_text(std::int64_t ns) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  if (ns < kSecond) return fmt::format("{:.1f} ms", static_cast<double>(ns) / 1e6);
  if (ns < 60 * kSecond) return fmt::format("{:.1f} s", static_cast<double>(ns) / 1e9);
  const std::int64_t seconds = ns / kSecond;
  if (seconds < 3600) return fmt::format("{}m{:02}s", seconds / 60, seconds % 60);
  return fmt::format("{}h{:02}m", seconds / 3600, seconds / 60 % 60);
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

std::string_view name_of(sim::FindingKind kind) {
  switch (kind) {
    case sim::FindingKind::safety:
      return "safety";
    case sim::FindingKind::liveness:
      return "liveness";
    case sim::FindingKind::nondeterminism:
      return "nondeterminism";
    case sim::FindingKind::inconclusive:
      return "inconclusive";
  }
  return "";
}

double per_second(std::uint64_t count, std::int64_t wall_ns) {
  return wall_ns <= 0 ? 0.0 : static_cast<double>(count) * 1e9 / static_cast<double>(wall_ns);
}

std::string painted(bool color, Paint paint, std::string_view text) {
  if (!color) return std::string(text);
  const std::string_view code = paint == Paint::good   ? "32"
                                : paint == Paint::bad  ? "31"
                                : paint == Paint::warn ? "33"
                                : paint == Paint::dim  ? "2"
                                                       : "1";
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string shell_word(std::string_view text) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("_-./=:,+@%").find(static_cast<char>(c)) != std::string_view::npos || c >= 0x80;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), plain)) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace ordeal::reports

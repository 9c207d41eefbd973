#include "core/clearing/calendar.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace ordeal::clearing {
namespace {

using std::chrono::April;
using std::chrono::February;
using std::chrono::January;
using std::chrono::June;
using std::chrono::May;
using std::chrono::October;
using std::chrono::September;

constexpr std::int64_t kDayNs = 86'400'000'000'000;
constexpr std::int64_t kBeijingNs = 8 * 3'600'000'000'000;

constexpr std::int64_t day_of(int year, std::chrono::month month, unsigned day) {
  return std::chrono::sys_days{std::chrono::year{year} / month / std::chrono::day{day}}
      .time_since_epoch()
      .count();
}

struct Range {
  std::int64_t first;
  std::int64_t last;
};

constexpr Range kKnown{day_of(2025, January, 1), day_of(2027, January, 1) - 1};

constexpr std::array kOff{
    Range{day_of(2025, January, 1), day_of(2025, January, 1)},        // New Year
    Range{day_of(2025, January, 28), day_of(2025, February, 4)},      // Spring Festival
    Range{day_of(2025, April, 4), day_of(2025, April, 6)},            // Qingming
    Range{day_of(2025, May, 1), day_of(2025, May, 5)},                // Labour Day
    Range{day_of(2025, May, 31), day_of(2025, June, 2)},              // Dragon Boat
    Range{day_of(2025, October, 1), day_of(2025, October, 8)},        // National Day and Mid-Autumn
    Range{day_of(2026, January, 1), day_of(2026, January, 3)},        // New Year
    Range{day_of(2026, February, 15), day_of(2026, February, 23)},    // Spring Festival
    Range{day_of(2026, April, 4), day_of(2026, April, 6)},            // Qingming
    Range{day_of(2026, May, 1), day_of(2026, May, 5)},                // Labour Day
    Range{day_of(2026, June, 19), day_of(2026, June, 21)},            // Dragon Boat
    Range{day_of(2026, September, 25), day_of(2026, September, 27)},  // Mid-Autumn
    Range{day_of(2026, October, 1), day_of(2026, October, 7)},        // National Day
};

constexpr std::array kMakeUp{
    day_of(2025, January, 26),   day_of(2025, February, 8),  day_of(2025, April, 27),
    day_of(2025, September, 28), day_of(2025, October, 11),  day_of(2026, January, 4),
    day_of(2026, February, 14),  day_of(2026, February, 28), day_of(2026, May, 9),
    day_of(2026, September, 20), day_of(2026, October, 10),
};

bool is_weekend(std::int64_t day) {
  // 1970-01-01 was a Thursday.
  const std::int64_t weekday = (day + 3) % 7;
  return weekday >= 5;
}

}  // namespace

bool is_known_day(std::int64_t day) { return kKnown.first <= day && day <= kKnown.last; }

std::optional<bool> is_working_day(std::int64_t day, MakeUpDays make_up) {
  if (!is_known_day(day)) return std::nullopt;
  const bool off = std::any_of(kOff.begin(), kOff.end(),
                               [day](const Range& range) { return range.first <= day && day <= range.last; });
  if (off) return false;
  if (!is_weekend(day)) return true;
  return make_up == MakeUpDays::are_worked && std::find(kMakeUp.begin(), kMakeUp.end(), day) != kMakeUp.end();
}

std::optional<std::int64_t> next_working_day(std::int64_t day, MakeUpDays make_up) {
  for (std::int64_t next = day + 1;; ++next) {
    const auto working = is_working_day(next, make_up);
    if (!working) return std::nullopt;
    if (*working) return next;
  }
}

std::int64_t business_day(std::int64_t wall_ns) {
  const std::int64_t ns = wall_ns + kBeijingNs;
  return ns / kDayNs - (ns % kDayNs < 0 ? 1 : 0);
}

std::int64_t begin_of_day(std::int64_t day) { return day * kDayNs - kBeijingNs; }

}  // namespace ordeal::clearing

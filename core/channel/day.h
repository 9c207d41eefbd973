// Day: a calendar day as a channel cuts it, in a zone of its own without daylight saving (+08:00 for those of China).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace ordeal::channel {

struct Day {
  std::int64_t number = 0;  // since 1970-01-01

  constexpr auto operator<=>(const Day&) const = default;
  constexpr Day next() const { return {number + 1}; }

  // "2026-01-31". parse accepts just this form, of a day that the calendar has.
  std::string text() const;
  static std::optional<Day> parse(std::string_view text);
};

// The day of `at` in a zone that is `zone` ahead of UTC, and the instant at which a day begins there.
Day day_at(Instant at, Duration zone);
Instant begin_of(Day day, Duration zone);

// "2026-01-31 23:59:59" in the zone; what is below a second is dropped. parse accepts just this form.
std::string time_text(Instant at, Duration zone);
std::optional<Instant> parse_time(std::string_view text, Duration zone);

}  // namespace ordeal::channel

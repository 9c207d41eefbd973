// Day: a calendar day as a channel cuts it, in a zone of its own. Where clocks change for the summer a day in spring has 23
// hours and one in autumn 25, a time of the first is not there and one of the other is there twice.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace ordeal::channel {

// When clocks go forward an hour and back again. Rules and no table of the machine's, or worlds would depend on it.
//
// none
// european  from the last Sunday of March to that of October, both at 01:00 UTC (Directive 2000/84/EC)
// american  from the second Sunday of March to the first of November, both at 02:00 by the clock (Energy Policy Act of 2005)
enum class Summer : std::uint8_t { none, european, american };

struct Zone {
  Duration standard{};  // ahead of UTC in winter, whole hours
  Summer summer = Summer::none;

  constexpr bool operator==(const Zone&) const = default;
};

// What the clocks of a zone are ahead of UTC.
Duration offset_at(Instant at, Zone zone);

struct Day {
  std::int64_t number = 0;  // since 1970-01-01

  constexpr auto operator<=>(const Day&) const = default;
  constexpr Day next() const { return {number + 1}; }

  // "2026-01-31". parse accepts just this form, of a day that the calendar has.
  std::string text() const;
  static std::optional<Day> parse(std::string_view text);
};

// The day of `at` in a zone, and the instant at which a day begins there.
Day day_at(Instant at, Zone zone);
Instant begin_of(Day day, Zone zone);

// "2026-01-31 23:59:59" in the zone; what is below a second is dropped. parse accepts just this form, or this form with an
// offset behind it, "2026-10-25 02:30:00+01:00", that the zone has at that time. A time that is there twice is the first one
// unless its offset says otherwise; one that is not there is refused.
std::string time_text(Instant at, Zone zone);
std::string offset_text(Instant at, Zone zone);  // "+01:00"
std::optional<Instant> parse_time(std::string_view text, Zone zone);

}  // namespace ordeal::channel

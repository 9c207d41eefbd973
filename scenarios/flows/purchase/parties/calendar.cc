#include "scenarios/flows/purchase/parties/calendar.h"

namespace ordeal::purchase {
namespace {

constexpr Duration kHour{3'600'000'000'000};
constexpr Duration kDay = kHour * 24;

// Days since 1970; it was a Thursday.
std::int64_t new_year(std::int64_t year) {
  return (year - 1970) * 365 + (year - 1969) / 4;  // until 2100 each fourth year has a day more
}
std::int64_t sunday_from(std::int64_t day) { return day + (10 - day % 7) % 7; }

// The hours at which the clocks of a year go forward and back, by the zone's winter clock.
struct Change {
  Instant forward, back;
};
Change change_of(std::int64_t year, channel::Zone zone) {
  const std::int64_t march = new_year(year) + 59 + (year % 4 == 0 ? 1 : 0);
  const auto hour = [](std::int64_t day, std::int64_t of_day) {
    return Instant{} + kDay * day + kHour * of_day;
  };
  if (zone.summer == channel::Summer::american)
    return {hour(sunday_from(march + 7), 2), hour(sunday_from(march + 245), 1)};
  // 01:00 UTC on the Sunday among the last seven days of March and of October.
  return {hour(sunday_from(march + 24), 1) + zone.standard,
          hour(sunday_from(march + 238), 1) + zone.standard};
}

}  // namespace

channel::Day day_of(Instant at, channel::Zone zone) {
  Instant clock = at + zone.standard;
  if (zone.summer != channel::Summer::none) {
    std::int64_t year = 2000;
    while (new_year(year + 1) * kDay.ns <= clock.ns) ++year;
    const Change change = change_of(year, zone);
    if (clock >= change.forward && clock < change.back) clock = clock + kHour;
  }
  return {clock.ns / kDay.ns};
}

// By the winter clock, or an hour before that.
Instant midnight_before(channel::Day day, channel::Zone zone) {
  const Instant in_winter = Instant{} + kDay * day.number - zone.standard;
  return day_of(in_winter - kHour, zone) == day ? in_winter - kHour : in_winter;
}

}  // namespace ordeal::purchase

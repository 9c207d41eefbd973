#include "core/channel/day.h"

#include <cstdlib>

#include <date/date.h>
#include <fmt/format.h>

namespace ordeal::channel {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kHour = 3'600 * kSecond;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::size_t kDayLength = 10;          // of "2026-01-31"
constexpr std::size_t kTimeLength = 19;         // of "2026-01-31 23:59:59"
constexpr Duration kSummer{3'600'000'000'000};  // what clocks go forward

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// All of `text` as a number below `limit`.
std::optional<unsigned> digits(std::string_view text, unsigned limit) {
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value < limit ? std::optional(value) : std::nullopt;
}

date::year_month_day calendar(Day day) { return {date::sys_days{date::days{static_cast<int>(day.number)}}}; }

Instant midnight(date::sys_days day) { return Instant{day.time_since_epoch().count() * kDay}; }

struct Season {
  Instant from, until;
};

Season european(date::year year) {
  using date::last, date::Sunday;
  const Duration one{kHour};
  return {midnight(date::sys_days{year / date::March / Sunday[last]}) + one,
          midnight(date::sys_days{year / date::October / Sunday[last]}) + one};
}

// By the clock: in autumn that is summer time.
Season american(date::year year, Duration standard) {
  using date::Sunday;
  const Duration two{2 * kHour};
  return {midnight(date::sys_days{year / date::March / Sunday[2]}) + two - standard,
          midnight(date::sys_days{year / date::November / Sunday[1]}) + two - standard - kSummer};
}

// Local time as if the zone were UTC, and the first instant that has it; none: clocks jump over it.
Instant local(Instant at, Zone zone) { return at + offset_at(at, zone); }
std::optional<Instant> first_with(Instant local_time, Zone zone) {
  for (const Duration offset : {zone.standard + kSummer, zone.standard}) {
    if (offset_at(local_time - offset, zone) == offset) return local_time - offset;
  }
  return std::nullopt;
}

// "+01:00"
std::optional<Duration> parse_offset(std::string_view text) {
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = digits(text.substr(1, 2), 24);
  const auto minutes = digits(text.substr(4, 2), 60);
  if (!hours || !minutes) return std::nullopt;
  const Duration size{(*hours * 60 + *minutes) * 60 * kSecond};
  return text[0] == '+' ? size : Duration{} - size;
}

}  // namespace

Duration offset_at(Instant at, Zone zone) {
  if (zone.summer == Summer::none) return zone.standard;
  // No season begins or ends near a new year, so the winter's clock says which year it is.
  const date::year year = calendar({floor_div((at + zone.standard).ns, kDay)}).year();
  const Season season = zone.summer == Summer::european ? european(year) : american(year, zone.standard);
  return season.from <= at && at < season.until ? zone.standard + kSummer : zone.standard;
}

std::string Day::text() const {
  const date::year_month_day ymd = calendar(*this);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::optional<Day> Day::parse(std::string_view text) {
  if (text.size() != kDayLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4), 10'000);
  const auto month = digits(text.substr(5, 2), 13);
  const auto day = digits(text.substr(8, 2), 32);
  if (!year || !month || !day) return std::nullopt;
  const date::year_month_day ymd{date::year{static_cast<int>(*year)}, date::month{*month}, date::day{*day}};
  if (!ymd.ok()) return std::nullopt;
  return Day{date::sys_days{ymd}.time_since_epoch().count()};
}

Day day_at(Instant at, Zone zone) { return {floor_div(local(at, zone).ns, kDay)}; }

// Where clocks go forward at midnight itself the day begins with the first time after the gap.
Instant begin_of(Day day, Zone zone) {
  const Instant at_midnight{day.number * kDay};
  return first_with(at_midnight, zone).value_or(at_midnight - zone.standard);
}

std::string time_text(Instant at, Zone zone) {
  const Instant shown = local(at, zone);
  const Day day{floor_div(shown.ns, kDay)};
  const std::int64_t s = (shown.ns - day.number * kDay) / kSecond;
  return fmt::format("{} {:02}:{:02}:{:02}", day.text(), s / 3600, s / 60 % 60, s % 60);
}

std::string offset_text(Instant at, Zone zone) {
  const std::int64_t minutes = offset_at(at, zone).ns / kSecond / 60;
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                     std::abs(minutes) % 60);
}

std::optional<Instant> parse_time(std::string_view text, Zone zone) {
  if (text.size() < kTimeLength) return std::nullopt;
  const auto day = Day::parse(text.substr(0, kDayLength));
  const std::string_view clock = text.substr(kDayLength, kTimeLength - kDayLength);
  if (!day || clock[0] != ' ' || clock[3] != ':' || clock[6] != ':') return std::nullopt;
  const auto hours = digits(clock.substr(1, 2), 24);
  const auto minutes = digits(clock.substr(4, 2), 60);
  const auto seconds = digits(clock.substr(7, 2), 60);
  if (!hours || !minutes || !seconds) return std::nullopt;
  const Instant shown{day->number * kDay + ((*hours * 60 + *minutes) * 60 + *seconds) * kSecond};
  if (text.size() == kTimeLength) return first_with(shown, zone);
  const auto offset = parse_offset(text.substr(kTimeLength));
  if (!offset || offset_at(shown - *offset, zone) != *offset) return std::nullopt;
  return shown - *offset;
}

}  // namespace ordeal::channel

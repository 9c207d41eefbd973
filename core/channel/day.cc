#include "core/channel/day.h"

#include <date/date.h>
#include <fmt/format.h>

namespace ordeal::channel {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::size_t kDayLength = 10;  // of "2026-01-31"

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

}  // namespace

std::string Day::text() const {
  const date::year_month_day ymd{date::sys_days{date::days{static_cast<int>(number)}}};
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

Day day_at(Instant at, Duration zone) { return {floor_div((at + zone).ns, kDay)}; }

Instant begin_of(Day day, Duration zone) { return Instant{day.number * kDay} - zone; }

std::string time_text(Instant at, Duration zone) {
  const Day day = day_at(at, zone);
  const std::int64_t s = (at - begin_of(day, zone)).ns / kSecond;
  return fmt::format("{} {:02}:{:02}:{:02}", day.text(), s / 3600, s / 60 % 60, s % 60);
}

std::optional<Instant> parse_time(std::string_view text, Duration zone) {
  if (text.size() != kDayLength + 9) return std::nullopt;
  const auto day = Day::parse(text.substr(0, kDayLength));
  const std::string_view clock = text.substr(kDayLength);
  if (!day || clock[0] != ' ' || clock[3] != ':' || clock[6] != ':') return std::nullopt;
  const auto hours = digits(clock.substr(1, 2), 24);
  const auto minutes = digits(clock.substr(4, 2), 60);
  const auto seconds = digits(clock.substr(7, 2), 60);
  if (!hours || !minutes || !seconds) return std::nullopt;
  return begin_of(*day, zone) + Duration{((*hours * 60 + *minutes) * 60 + *seconds) * kSecond};
}

}  // namespace ordeal::channel

#include "core/reconciliation/figures.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <date/date.h>
#include <fmt/format.h>

#include "core/reconciliation/entry.h"

namespace ordeal::reconciliation {
namespace {

constexpr std::size_t kMostDigits = 15;
constexpr std::size_t kDateLength = 10;  // of "2026-01-02"
constexpr std::size_t kAtLength = 19;    // of "2026-01-02 23:59:59"

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Of two digits below `limit`; -1: they are none.
int two_digits(const char* at, int limit) {
  const int tens = at[0] - '0';
  const int ones = at[1] - '0';
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return -1;
  const int value = tens * 10 + ones;
  return value < limit ? value : -1;
}

}  // namespace

int decimals_of(Currency currency) {
  static constexpr std::array<std::string_view, 16> kNone{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                          "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                          "VND", "VUV", "XAF", "XOF"};
  static constexpr std::array<std::string_view, 7> kThree{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  const auto has = [&](const auto& list) {
    return std::find(list.begin(), list.end(), currency.text()) != list.end();
  };
  return has(kNone) || currency.text() == "XPF" ? 0 : has(kThree) ? 3 : 2;
}

std::optional<std::int64_t> parse_whole(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  if (text.empty() || text.size() > kMostDigits || !all_digits(text)) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return is_negative ? -value : value;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int decimals) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view rest = text.substr(std::min(point + 1, text.size()));
  if (whole.empty() || whole.size() > kMostDigits - 3 || !all_digits(whole) || !all_digits(rest))
    return std::nullopt;
  if (rest.size() > static_cast<std::size_t>(decimals) || (point != text.size() && rest.empty()))
    return std::nullopt;
  std::int64_t value = 0;
  for (const char c : whole) value = value * 10 + (c - '0');
  for (std::size_t i = 0; i < static_cast<std::size_t>(decimals); ++i)
    value = value * 10 + (i < rest.size() ? rest[i] - '0' : 0);
  return value;
}

std::string decimal_text(std::int64_t minor, int decimals) {
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const std::int64_t size = std::abs(minor);
  const char* sign = minor < 0 ? "-" : "";
  if (decimals == 0) return fmt::format("{}{}", sign, size);
  return fmt::format("{}{}.{:0{}}", sign, size / scale, size % scale, decimals);
}

std::string fee_text(std::int64_t fee, int decimals) {
  std::string text = decimal_text(fee, decimals + 3);
  const auto least = static_cast<std::size_t>(decimals);
  while (text.back() == '0' && text.size() - text.find('.') - 1 > least) text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  if (text.size() != kDateLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int century = two_digits(text.data(), 100);
  const int year = two_digits(text.data() + 2, 100);
  const int month = two_digits(text.data() + 5, 13);
  const int day = two_digits(text.data() + 8, 32);
  if (century < 0 || year < 0 || month < 0 || day < 0) return std::nullopt;
  const date::year_month_day ymd{date::year{century * 100 + year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return date::sys_days{ymd}.time_since_epoch().count() * kSecondsPerDay;
}

std::optional<std::int64_t> parse_at(std::string_view text) {
  if (text.size() == kDateLength) return parse_date(text);
  if (text.size() != kAtLength) return std::nullopt;
  const auto date = parse_date(text.substr(0, kDateLength));
  const char* clock = text.data() + kDateLength;
  if (!date || (clock[0] != ' ' && clock[0] != 'T') || clock[3] != ':' || clock[6] != ':')
    return std::nullopt;
  const int hours = two_digits(clock + 1, 24);
  const int minutes = two_digits(clock + 4, 60);
  const int seconds = two_digits(clock + 7, 60);
  if (hours < 0 || minutes < 0 || seconds < 0) return std::nullopt;
  return *date + (hours * 60 + minutes) * 60 + seconds;
}

std::string date_text(std::int64_t day) {
  const date::year_month_day ymd{date::sys_days{date::days{static_cast<int>(day)}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::string dates_text(std::int64_t first, std::int64_t last) {
  return first == last ? date_text(first) : date_text(first) + " to " + date_text(last);
}

std::string at_text(std::int64_t at, bool only_day) {
  const std::int64_t day = day_of(at);
  if (only_day) return date_text(day);
  const std::int64_t s = at - day * kSecondsPerDay;
  return fmt::format("{} {:02}:{:02}:{:02}", date_text(day), s / 3600, s / 60 % 60, s % 60);
}

}  // namespace ordeal::reconciliation

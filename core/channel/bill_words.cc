#include "core/channel/bill_words.h"

namespace ordeal::channel {
namespace {

constexpr std::string_view kYear = "年";
constexpr std::string_view kMonth = "月";
constexpr std::string_view kDayOfMonth = "日";

// Takes `digits` characters and the word behind them; none: it is another word.
std::optional<std::string> take(std::string_view& text, std::size_t digits, std::string_view word) {
  if (text.size() < digits || !text.substr(digits).starts_with(word)) return std::nullopt;
  std::string number(text.substr(0, digits));
  text.remove_prefix(digits + word.size());
  return number;
}

}  // namespace

std::string day_in_words(Day day) {
  const std::string text = day.text();
  std::string words = text.substr(0, 4);
  words += kYear;
  words += text.substr(5, 2);
  words += kMonth;
  words += text.substr(8, 2);
  words += kDayOfMonth;
  return words;
}

std::optional<Day> parse_day_in_words(std::string_view text) {
  const auto year = take(text, 4, kYear);
  const auto month = year ? take(text, 2, kMonth) : std::nullopt;
  const auto day = month ? take(text, 2, kDayOfMonth) : std::nullopt;
  if (!day || !text.empty()) return std::nullopt;
  return Day::parse(*year + "-" + *month + "-" + *day);
}

}  // namespace ordeal::channel

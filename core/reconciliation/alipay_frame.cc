#include "core/reconciliation/alipay_frame.h"

#include <fmt/format.h>

#include "core/channel/bill_words.h"
#include "core/reconciliation/columns.h"
#include "core/reconciliation/figures.h"

namespace ordeal::reconciliation {
namespace {

constexpr std::string_view kRange = "#起始日期：[";
constexpr std::string_view kUntil = "终止日期：[";
constexpr std::string_view kMidnight = " 00:00:00]";
constexpr std::string_view kEndMark = "明细列表结束";

bool is_remark(std::string_view line) { return line.starts_with('#'); }

// Spreadsheets that save a remark again put commas behind it.
std::string_view without_commas(std::string_view remark) {
  while (!remark.empty() && (remark.back() == ',' || remark.back() == ' ' || remark.back() == '\t'))
    remark.remove_suffix(1);
  return remark;
}

// "2026年01月02日 00:00:00]…"
std::optional<std::int64_t> midnight_in(std::string_view text) {
  const std::size_t end = text.find(kMidnight);
  if (end == text.npos) return std::nullopt;
  const auto day = channel::parse_day_in_words(text.substr(0, end));
  return day ? std::optional(day->number) : std::nullopt;
}

}  // namespace

Refused AlipayFrame::cut() const {
  if (lines_.refused()) return lines_.refused();
  return lines_.at(std::nullopt, "the file ends here, before its totals: it was cut off");
}

Refused AlipayFrame::read_head(std::string& names) {
  auto line = lines_.next();
  for (; line && is_remark(*line); line = lines_.next()) {
    if (!line->starts_with(kRange)) continue;
    if (Refused refused = read_range(without_commas(*line))) return refused;
  }
  if (!line) return lines_.number() == 0 && !lines_.refused() ? Refusal{.what = "nothing in it"} : cut();
  if (!has_range_)
    return lines_.at(std::nullopt, "names of columns before a line that begins with #起始日期");
  names = *line;
  return std::nullopt;
}

Refused AlipayFrame::read_range(std::string_view line) {
  constexpr std::int64_t kNone = -1;
  const std::size_t until = line.find(kUntil);
  const std::int64_t from = midnight_in(line.substr(kRange.size())).value_or(kNone);
  const std::int64_t end =
      until == line.npos ? kNone : midnight_in(line.substr(until + kUntil.size())).value_or(kNone);
  if (from == kNone || end <= from)
    return lines_.at(
        0,
        "#起始日期：[2026年01月02日 00:00:00]   终止日期：[2026年01月03日 00:00:00] is expected, "
        "or other days");
  if (taking_.asked().day && (from != *taking_.asked().day || end != from + 1))
    return lines_.at(0, fmt::format("the file is of {}, not of {}", dates_text(from, end - 1),
                                    date_text(*taking_.asked().day)));
  has_range_ = true;
  taking_.statement().first_day = from;
  taking_.statement().last_day = end - 1;
  return std::nullopt;
}

Refused AlipayFrame::outside(const Entry& entry) const {
  const std::int64_t day = day_of(entry.at);
  if (day >= *taking_.statement().first_day && day <= *taking_.statement().last_day) return std::nullopt;
  return lines_.at(std::nullopt,
                   fmt::format("a line of {} in the file of {}", date_text(day),
                               dates_text(*taking_.statement().first_day, *taking_.statement().last_day)));
}

bool AlipayFrame::next_detail(std::string_view& line) {
  const auto next = lines_.next();
  if (!next) {
    refused_ = cut();
    return false;
  }
  line = *next;
  if (!is_remark(line)) return true;
  if (line.find(kEndMark) == line.npos)
    refused_ =
        lines_.at(0, fmt::format("a remark amid the details that is no end mark (#---…{}---)", kEndMark));
  return false;
}

Refused AlipayFrame::find(std::string_view words, std::string& line) {
  for (auto next = lines_.next(); next; next = lines_.next()) {
    if (next->starts_with(words)) {
      line = without_commas(*next);
      return std::nullopt;
    }
    if (!is_remark(*next))
      return lines_.at(0, fmt::format("the total that begins with {} is expected", words));
  }
  return cut();
}

Refused AlipayFrame::read_rest() {
  while (const auto line = lines_.next()) {
    if (!is_remark(*line) && !without_commas(*line).empty())
      return lines_.at(0, "a line below the totals that is no remark");
  }
  return lines_.refused();
}

bool values_between(std::string_view line, std::span<const std::string_view> words,
                    std::span<std::string_view> values) {
  if (!line.starts_with(words[0])) return false;
  line.remove_prefix(words[0].size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t end = line.find(words[i + 1]);
    if (end == line.npos) return false;
    values[i] = line.substr(0, end);
    line.remove_prefix(end + words[i + 1].size());
  }
  return line.empty();
}

}  // namespace ordeal::reconciliation

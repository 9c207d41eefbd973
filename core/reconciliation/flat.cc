#include "core/reconciliation/flat.h"

#include <array>

#include <fmt/format.h>

#include "core/reconciliation/columns.h"
#include "core/reconciliation/figures.h"
#include "core/reconciliation/lines.h"

namespace ordeal::reconciliation {
namespace {

// Widths in bytes of the first 41 fields, without the blank behind each.
constexpr std::array<std::size_t, 41> kWidths{3,  11, 11, 6,  10, 19, 12, 4,  2,  21, 2,  32, 2,  6,
                                              10, 13, 13, 4,  15, 2,  2,  6,  2,  4,  32, 1,  21, 15,
                                              1,  15, 32, 13, 13, 8,  32, 13, 13, 12, 2,  1,  32};

// From 0.
enum Field { code = 0, trace = 3, time = 4, amount = 6, query = 9, order = 11, fee = 15, net = 16 };

constexpr std::array kFieldNames{std::pair{code, "交易代码"},    std::pair{time, "交易传输时间"},
                                 std::pair{amount, "交易金额"},  std::pair{query, "查询流水号"},
                                 std::pair{order, "商户订单号"}, std::pair{fee, "商户手续费"},
                                 std::pair{net, "结算金额"}};

std::string_view name_of(Field field) {
  for (const auto& [which, name] : kFieldNames) {
    if (which == field) return name;
  }
  return "a field";
}

constexpr std::size_t begin_of(std::size_t field) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < field; ++i) at += kWidths[i] + 1;
  return at;
}
constexpr std::size_t kShortest = begin_of(kWidths.size()) - 1;

// "C000000009940": what comes to the merchant.
std::optional<std::int64_t> parse_signed(std::string_view text) {
  if (text.size() != 13 || (text[0] != 'C' && text[0] != 'D')) return std::nullopt;
  const auto value = parse_whole(text.substr(1));
  if (!value || text[1] == '-') return std::nullopt;
  return text[0] == 'C' ? *value : -*value;
}

class FlatReader {
 public:
  FlatReader(Source& source, Taking& taking)
      : lines_(source, std::nullopt), taking_(taking), gbk_(Charset::gbk) {}

  Refused read() {
    if (!taking_.asked().day) return Refusal{.what = "its times have no year: the day has to be told"};
    taking_.statement().widen(*taking_.asked().day);
    while (const auto line = lines_.next()) {
      line_ = *line;
      if (!lines_.has_end() && line_.size() < length_)
        return lines_.at(line_.size(), "the file ends within this line: it was cut off");
      if (Refused refused = read_line()) return refused;
    }
    if (lines_.refused()) return lines_.refused();
    return lines_.number() == 0 ? Refused(Refusal{.what = "nothing in it: an empty day would be no file"})
                                : std::nullopt;
  }

 private:
  std::string_view value(Field field) const { return trimmed(line_.substr(begin_of(field), kWidths[field])); }
  Refused wrong(Field field, std::string_view expected) const {
    return lines_.at(begin_of(field),
                     fmt::format("{}: \"{}\" where {} is expected", name_of(field), value(field), expected));
  }

  Refused read_line() {
    if (line_.size() < kShortest)
      return lines_.at(line_.size(),
                       fmt::format("a line of {} bytes, {} are expected", line_.size(), kShortest));
    if (length_ == 0) length_ = line_.size();
    if (line_.size() != length_)
      return lines_.at(std::min(line_.size(), length_),
                       fmt::format("a line of {} bytes, the first one has {}", line_.size(), length_));
    for (std::size_t i = 1; i < kWidths.size(); ++i) {
      if (line_[begin_of(i) - 1] != ' ')
        return lines_.at(begin_of(i) - 1,
                         fmt::format("a blank is expected behind field {}: the fields are shifted", i));
    }
    if (!is_ascii(line_) && !gbk_.decode(line_)) return lines_.at(gbk_.bad_at(), "this byte is no GBK");
    Entry entry{};
    entry.line = lines_.number();
    if (value(code) == "S22")
      entry.kind = Kind::payment;
    else if (value(code) == "S30")
      entry.kind = Kind::refund;
    else
      return wrong(code, "S22 (a purchase) or S30 (a refund)");
    entry.number = value(order);
    if (entry.number.empty()) return wrong(order, "the merchant's number");
    entry.channel_number = value(query);
    if (entry.channel_number.empty()) return wrong(query, "the channel's number");
    if (Refused refused = read_time(entry)) return refused;
    if (Refused refused = read_money(entry)) return refused;
    return taking_.take(entry, true);
  }

  // MMDDhhmmss, in the year of the day that was told. A line of any other day is refused for its day, at New Year too.
  Refused read_time(Entry& entry) {
    const std::string_view text = value(time);
    const std::string year = date_text(*taking_.asked().day).substr(0, 4);
    if (text.size() != kWidths[time]) return wrong(time, "MMDDhhmmss");
    const auto at = parse_at(fmt::format("{}-{}-{} {}:{}:{}", year, text.substr(0, 2), text.substr(2, 2),
                                         text.substr(4, 2), text.substr(6, 2), text.substr(8, 2)));
    if (!at) return wrong(time, "MMDDhhmmss");
    entry.at = *at;
    return std::nullopt;
  }

  Refused read_money(Entry& entry) {
    const std::string_view digits = line_.substr(begin_of(amount), kWidths[amount]);
    const auto whole = parse_whole(digits);
    if (!whole || *whole <= 0) return wrong(amount, "an amount in fen, with zeros before it to 12 digits,");
    const auto charge = parse_signed(value(fee));
    if (!charge) return wrong(fee, "C or D and 12 digits");
    const auto rest = parse_signed(value(net));
    if (!rest) return wrong(net, "C or D and 12 digits");
    const std::int64_t gross = entry.kind == Kind::payment ? *whole : -*whole;
    if (gross + *charge != *rest)
      return wrong(net, fmt::format("{} ({} and {})", gross + *charge, gross, *charge));
    entry.amount = entry.settled = *whole;
    entry.fee = -*charge * kFeePerMinor;
    entry.has_fee = true;
    return std::nullopt;
  }

  Lines lines_;
  Taking& taking_;
  Decoder gbk_;
  std::string_view line_;
  std::size_t length_ = 0;
};

}  // namespace

Refused read_flat(Source& source, Taking& taking) { return FlatReader(source, taking).read(); }

}  // namespace ordeal::reconciliation

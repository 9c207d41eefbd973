#include "core/reconciliation/plain.h"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "core/reconciliation/columns.h"
#include "core/reconciliation/figures.h"
#include "core/reconciliation/lines.h"

namespace ordeal::reconciliation {
namespace {

constexpr std::string_view kTotal = "#total";
constexpr int kFeeDecimals = 3;

enum Place { number, kind, amount, time, fee, state, currency, settled, channel_number };
constexpr std::array<std::string_view, 9> kNames{"number", "kind",     "amount",  "time",          "fee",
                                                 "state",  "currency", "settled", "channel_number"};
constexpr std::size_t kNeeded = 4;

// The value of a closed list that has this name.
template <class E>
std::optional<E> named(std::string_view name) {
  const auto names = names_of(E{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

template <class E>
std::string choices() {
  std::string out;
  for (const std::string_view name : names_of(E{})) out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

class PlainReader {
 public:
  PlainReader(Source& source, Taking& taking) : lines_(source, Charset::utf8), taking_(taking) {}

  Refused read() {
    if (Refused refused = read_names()) return refused;
    while (const auto line = lines_.next()) {
      line_ = *line;
      if (total_) return lines_.at(std::nullopt, "a line below the total, which is the last one");
      if (line_.empty()) continue;
      const bool is_total = line_.starts_with('#');
      if (Refused refused = is_total ? read_total() : read_line()) return refused;
    }
    return lines_.refused();
  }

 private:
  Refused read_names() {
    const auto line = lines_.next();
    if (!line) return lines_.refused() ? lines_.refused() : Refusal{.what = "nothing in it, not even names"};
    columns_.emplace(*line);
    if (const auto name = columns_->twice()) return lines_.at(0, "the column " + *name + " is there twice");
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      places_[i] = columns_->find(kNames[i]);
      if (i < kNeeded && !places_[i])
        return lines_.at(
            0, fmt::format("no column \"{}\"; number, kind, amount and time are needed", kNames[i]));
    }
    return std::nullopt;
  }

  Refused wrong(Place place, std::string expected) const {
    return lines_.at_value(
        line_, values_[*places_[place]],
        fmt::format("{}: \"{}\" where {} is expected", kNames[place], values_[*places_[place]], expected));
  }
  std::string_view value(Place place) const {
    return places_[place] ? trimmed(values_[*places_[place]]) : std::string_view();
  }

  Refused read_line() {
    split(line_, "", values_);
    if (const std::size_t quote = line_.find('"'); quote != line_.npos)
      return lines_.at(characters(line_.substr(0, quote)),
                       "a quote: values stand as they are, without commas");
    if (values_.size() != columns_->size())
      return lines_.at(characters(line_),
                       fmt::format("{} values under {} names", values_.size(), columns_->size()));
    Entry entry{};
    entry.line = lines_.number();
    entry.number = value(number);
    entry.channel_number = value(channel_number);
    if (entry.number.empty()) return wrong(number, "the number of an order or refund");
    if (Refused refused = read_words(entry)) return refused;
    if (Refused refused = read_figures(entry)) return refused;
    const auto at = parse_at(value(time));
    if (!at) return wrong(time, "a time like 2026-01-02 23:59:59");
    entry.at = *at;
    entry.only_day = value(time).size() == date_text(0).size();
    if (Refused refused = taking_.take(entry, false)) return refused;
    ++count_;
    if (__builtin_add_overflow(sum_, entry.amount, &sum_)) return wrong(amount, "a sum that fits a file");
    return std::nullopt;
  }

  Refused read_words(Entry& entry) {
    const auto which = named<Kind>(value(kind));
    if (!which) return wrong(kind, "one of " + choices<Kind>());
    entry.kind = *which;
    if (!is_first_ && flow_of(entry.kind) != taking_.statement().flow)
      return wrong(kind,
                   taking_.statement().flow == Flow::trades
                       ? "a kind of trade, as above: one file tells of trades or of an account"
                       : "a kind of an account's line, as above: one file tells of trades or of an account");
    is_first_ = false;
    taking_.statement().flow = flow_of(entry.kind);
    if (places_[state]) {
      const auto stands = named<State>(value(state));
      if (!stands) return wrong(state, "one of " + choices<State>());
      entry.state = *stands;
    }
    if (!value(currency).empty()) {
      const auto code = Currency::parse(value(currency));
      if (!code) return wrong(currency, "a currency like CNY");
      entry.currency = *code;
    }
    return std::nullopt;
  }

  Refused read_figures(Entry& entry) {
    const auto minor = parse_whole(value(amount));
    if (!minor || *minor < 0) return wrong(amount, "a whole number of minor units, without sign or point");
    entry.amount = *minor;
    entry.settled = *minor;
    if (!value(settled).empty()) {
      const auto part = parse_whole(value(settled));
      if (!part || *part < 0) return wrong(settled, "a whole number of minor units, without sign or point");
      entry.settled = *part;
    }
    std::string_view charged = value(fee);
    if (charged.empty()) return std::nullopt;
    const bool is_back = charged.starts_with('-');
    if (is_back) charged.remove_prefix(1);
    const auto size = parse_decimal(charged, kFeeDecimals);
    if (!size) return wrong(fee, "minor units with up to three decimals");
    entry.fee = is_back ? -*size : *size;
    entry.has_fee = true;
    return std::nullopt;
  }

  Refused read_total() {
    split(line_, "", values_);
    if (trimmed(values_[0]) != kTotal || values_.size() != 3)
      return lines_.at(0, "#total,LINES,SUM OF AMOUNTS is expected, or no line that begins with #");
    total_ = true;
    const auto lines = parse_whole(trimmed(values_[1]));
    const auto sum = parse_whole(trimmed(values_[2]));
    if (lines != count_)
      return lines_.at_value(line_, values_[1],
                             fmt::format("the total says {} lines, there are {}", values_[1], count_));
    if (sum != sum_)
      return lines_.at_value(line_, values_[2],
                             fmt::format("the total says {}, the amounts add up to {}", values_[2], sum_));
    return std::nullopt;
  }

  Lines lines_;
  Taking& taking_;
  std::optional<Columns> columns_;
  std::array<std::optional<std::size_t>, kNames.size()> places_{};
  std::vector<std::string_view> values_;
  std::string_view line_;
  bool is_first_ = true;
  bool total_ = false;
  std::int64_t count_ = 0;
  std::int64_t sum_ = 0;
};

}  // namespace

Refused read_plain(Source& source, Taking& taking) { return PlainReader(source, taking).read(); }

std::string plain_header() { return "number,kind,amount,fee,state,time,currency,settled,channel_number\n"; }

std::string plain_line(const Entry& entry) {
  return fmt::format("{},{},{},{},{},{},{},{},{}\n", entry.number, name_of(entry.kind), entry.amount,
                     entry.has_fee ? fee_text(entry.fee, 0) : "", name_of(entry.state),
                     at_text(entry.at, entry.only_day), entry.currency.text(), entry.settled,
                     entry.channel_number);
}

std::string plain_total(std::int64_t lines, std::int64_t amount) {
  return fmt::format("{},{},{}\n", kTotal, lines, amount);
}

}  // namespace ordeal::reconciliation

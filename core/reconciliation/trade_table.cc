#include "core/reconciliation/trade_table.h"

#include <cstdlib>

#include <fmt/format.h>

#include "core/reconciliation/figures.h"

namespace ordeal::reconciliation {

using channel::BillColumn;
using channel::BillForm;
using channel::Cell;
using channel::kPerMinor;
using channel::Sum;

namespace {

constexpr std::string_view kAmount = "an amount like 12.34, in yuan, with at most five decimals";

bool is_nothing(std::string_view value) { return value.empty() || value == "0"; }

bool is_count(Sum which) { return which == Sum::lines || which == Sum::payments || which == Sum::refunds; }

// "20", and "20.0" as some files write it.
std::optional<std::int64_t> parse_count(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point != text.npos && text.find_first_not_of('0', point + 1) != text.npos) return std::nullopt;
  return parse_whole(text.substr(0, point));
}

}  // namespace

bool add(channel::Sums& sums, const channel::Sums& more) {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (__builtin_add_overflow(sums[i], more[i], &sums[i])) return false;
  }
  return true;
}

std::int64_t sum_of(const channel::Sums& sums, Sum which) { return sums[static_cast<std::size_t>(which)]; }

Refused TradeTable::under(const Lines& lines, std::string_view names) {
  const Columns columns(names);
  if (const auto name = columns.twice()) return lines.at(0, "the column " + *name + " is there twice");
  size_ = columns.size();
  // Which form it is, is the one of which it lacks the fewest; what it lacks of that is said.
  std::size_t least = SIZE_MAX;
  std::string_view missing;
  for (const BillForm& form : style_.layout.forms) {
    std::vector<Read> found;
    std::size_t lacking = 0;
    std::string_view first;
    for (const BillColumn& column : form.columns) {
      if (column.cell == Cell::text) continue;
      const auto place = columns.find(column.name, column.also);
      if (!place) {
        if (lacking++ == 0) first = column.name;
        continue;
      }
      if (column.cell == Cell::kind) kind_ = *place;
      found.push_back({&column, *place});
    }
    if (lacking >= least) continue;
    least = lacking;
    missing = first;
    form_ = &form;
    reads_ = std::move(found);
    if (lacking == 0) break;
  }
  if (!style_.fee_column.empty()) {
    fee_ = columns.find(style_.fee_column);
    if (!fee_ && least == 0) least = 1, missing = style_.fee_column;
  }
  if (least != 0) return lines.at(0, fmt::format("the column {} is not there", missing));
  for (const Read& read : reads_) {
    if (read.column->cell == Cell::kind) kind_ = read.place;
  }
  return std::nullopt;
}

Refused TradeTable::wrong(const Lines& lines, std::string_view line, std::string_view column,
                          std::string_view value, std::string_view expected) const {
  return lines.at_value(line, value, fmt::format("{}: \"{}\" where {} is expected", column, value, expected));
}

Refused TradeTable::row(const Lines& lines, std::string_view line, Entry& entry, channel::Sums& sums) {
  const channel::BillLayout& layout = style_.layout;
  if (!split(line, layout.before_value, values_))
    return lines.at(0, fmt::format("a line of details begins with {}", layout.before_value));
  if (values_.size() != size_)
    return lines.at(characters(line), fmt::format("{} values under {} names", values_.size(), size_));
  for (std::string_view& value : values_) value = trimmed(value);
  const std::string_view kind = values_[kind_];
  if (kind == layout.payment)
    entry.kind = Kind::payment;
  else if (kind == layout.refund)
    entry.kind = Kind::refund;
  else if (!style_.cancel.empty() && kind == style_.cancel)
    entry.kind = Kind::cancel;
  else
    return wrong(lines, line, "the kind of the line", kind,
                 fmt::format("{}, {}{}{}", layout.payment, layout.refund, style_.cancel.empty() ? "" : " or ",
                             style_.cancel));
  entry.line = lines.number();
  entry.currency = Currency::parse(layout.currency).value_or(Currency{});
  refund_no_ = out_request_no_ = {};
  sums = {};
  const bool is_payment = entry.kind == Kind::payment;
  sums[static_cast<std::size_t>(Sum::lines)] = 1;
  sums[static_cast<std::size_t>(is_payment ? Sum::payments : Sum::refunds)] = 1;
  for (const Read& what : reads_) {
    if (Refused refused = read(lines, line, what, entry, sums)) return refused;
  }
  if (fee_) {
    if (Refused refused = read_fee(lines, line, entry)) return refused;
  }
  return complete(lines, entry, sums);
}

Refused TradeTable::read(const Lines& lines, std::string_view line, const Read& what, Entry& entry,
                         channel::Sums& sums) {
  const std::string_view value = values_[what.place];
  const bool is_refund = entry.kind != Kind::payment;
  const auto refuse = [&](std::string_view expected) {
    return wrong(lines, line, what.column->name, value, expected);
  };
  switch (what.column->cell) {
    case Cell::text:
    case Cell::kind:
      return std::nullopt;
    case Cell::at: {
      const auto at = parse_at(value);
      if (!at || value.size() == date_text(0).size()) return refuse("a time like 2026-01-02 23:59:59");
      entry.at = *at;
      return std::nullopt;
    }
    case Cell::trade_no:
      entry.channel_number = value;
      return value.empty() ? refuse("the channel's number") : std::nullopt;
    case Cell::out_trade_no:
      entry.number = value;
      return value.empty() ? refuse("the merchant's number") : std::nullopt;
    case Cell::currency: {
      const auto currency = Currency::parse(value);
      if (!currency) return refuse("a currency like CNY");
      entry.currency = *currency;
      return std::nullopt;
    }
    case Cell::refund_no:
    case Cell::out_request_no:
      (what.column->cell == Cell::refund_no ? refund_no_ : out_request_no_) = value;
      if (!is_refund && !is_nothing(value)) return refuse("nothing, in the line of a payment,");
      return entry.kind == Kind::refund && is_nothing(value) ? refuse("the number of the refund")
                                                             : std::nullopt;
    case Cell::refund_state:
      if (!is_refund) return is_nothing(value) ? std::nullopt : refuse("nothing, in the line of a payment,");
      if (value == style_.layout.refund_in_process)
        entry.state = State::processing;
      else if (value == "FAIL")
        entry.state = State::failed;
      else if (value != style_.layout.refund_done)
        return refuse("SUCCESS, PROCESSING or FAIL");
      return std::nullopt;
    case Cell::amount:
    case Cell::fee:
      return read_amount(lines, line, what, entry, sums);
  }
  return std::nullopt;
}

Refused TradeTable::read_amount(const Lines& lines, std::string_view line, const Read& what,
                                const Entry& entry, channel::Sums& sums) const {
  const std::string_view value = values_[what.place];
  const bool is_refund = entry.kind != Kind::payment;
  const auto amount = channel::parse_amount(value);
  if (!amount) return wrong(lines, line, what.column->name, value, kAmount);
  if (what.column->cell == Cell::fee) {
    sums[static_cast<std::size_t>(Sum::fee)] = *amount;
    return std::nullopt;
  }
  const Sum sum = is_refund ? what.column->of_refund : what.column->of_payment;
  if (sum == Sum::nothing) {
    if (*amount == 0) return std::nullopt;
    return wrong(lines, line, what.column->name, value,
                 is_refund ? "0.00, in the line of a refund," : "0.00, in the line of a payment,");
  }
  const bool is_signed = is_refund && style_.layout.refunds_negative;
  const std::int64_t size = is_signed ? -*amount : *amount;
  if (size < 0)
    return wrong(
        lines, line, what.column->name, value,
        is_signed ? "an amount with a minus, in the line of a refund," : "an amount without a minus");
  if (size % kPerMinor != 0) return wrong(lines, line, what.column->name, value, "an amount in whole fen");
  sums[static_cast<std::size_t>(sum)] = size;
  return std::nullopt;
}

// Files do not agree on its sign: a payment costs a fee and a refund gives it back, whatever they write.
Refused TradeTable::read_fee(const Lines& lines, std::string_view line, Entry& entry) const {
  const auto fee = channel::parse_amount(values_[*fee_]);
  if (!fee) return wrong(lines, line, style_.fee_column, values_[*fee_], kAmount);
  entry.fee = entry.kind == Kind::payment ? std::abs(*fee) : -std::abs(*fee);
  entry.has_fee = true;
  return std::nullopt;
}

Refused TradeTable::complete(const Lines& lines, Entry& entry, const channel::Sums& sums) const {
  const bool is_refund = entry.kind != Kind::payment;
  entry.amount = sum_of(sums, is_refund ? Sum::back : Sum::paid) / kPerMinor;
  // An older form does not say what is settled: all of it.
  bool says_settled = false;
  for (const Read& read : reads_)
    says_settled = says_settled || (is_refund ? read.column->of_refund == Sum::settled_back
                                              : read.column->of_payment == Sum::settled);
  entry.settled =
      says_settled ? sum_of(sums, is_refund ? Sum::settled_back : Sum::settled) / kPerMinor : entry.amount;
  if (!fee_) {
    entry.fee = sum_of(sums, Sum::fee);
    entry.has_fee = true;
  }
  if (entry.amount == 0) return lines.at(std::nullopt, "a line without an amount");
  if (!is_nothing(out_request_no_)) entry.number = out_request_no_;
  if (!is_nothing(refund_no_)) entry.channel_number = refund_no_;
  return std::nullopt;
}

Refused compare_total(const Lines& lines, std::string_view line, std::string_view value,
                      std::string_view name, Sum which, std::int64_t added_up) {
  const auto said = is_count(which) ? parse_count(value) : channel::parse_amount(value);
  if (!said)
    return lines.at_value(
        line, value,
        fmt::format("{}: \"{}\" where {} is expected", name, value, is_count(which) ? "a count" : kAmount));
  if (*said == added_up) return std::nullopt;
  const std::string sum = is_count(which) ? std::to_string(added_up) : fee_text(added_up, 2);
  return lines.at_value(line, value,
                        fmt::format("{}: the file says {}, its lines add up to {}", name, value, sum));
}

}  // namespace ordeal::reconciliation

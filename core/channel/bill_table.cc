#include "core/channel/bill_table.h"

#include <algorithm>

namespace ordeal::channel {
namespace {

bool is_nothing(std::string_view value) { return value.empty() || value == "0"; }

std::int64_t& of(Sums& sums, Sum sum) { return sums[static_cast<std::size_t>(sum)]; }

// A line's own amount: whole minor units that a payment may have.
std::optional<Money> payable(std::int64_t value, Currency currency) {
  const Money amount{value / kPerMinor, currency};
  return value % kPerMinor == 0 && amount.is_payable() ? std::optional(amount) : std::nullopt;
}

}  // namespace

std::optional<std::vector<std::string_view>> split(std::string_view line, std::string_view before_value) {
  std::vector<std::string_view> values;
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t end = std::min(line.find(',', from), line.size());
    std::string_view value = line.substr(from, end - from);
    from = end + 1;
    if (!value.starts_with(before_value)) return std::nullopt;
    value.remove_prefix(before_value.size());
    values.push_back(value);
  }
  return values;
}

std::optional<std::size_t> place_of(const std::vector<std::string_view>& names, std::string_view name,
                                    std::string_view also) {
  std::optional<std::size_t> place;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] != name && (also.empty() || names[i] != also)) continue;
    if (place) return std::nullopt;
    place = i;
  }
  return place;
}

std::optional<BillTable> BillTable::under(std::string_view columns, const StatementRules& rules) {
  const auto names = split(columns, "");
  for (const BillForm& form : rules.layout->forms) {
    BillTable table(rules, form, names->size());
    for (const BillColumn& column : form.columns) {
      if (column.cell == Cell::text) continue;
      const auto place = place_of(*names, column.name, column.also);
      if (!place) break;
      if (column.cell == Cell::kind) table.kind_ = *place;
      table.places_.push_back(*place);
    }
    const auto read = std::count_if(form.columns.begin(), form.columns.end(),
                                    [](const BillColumn& column) { return column.cell != Cell::text; });
    if (table.places_.size() == static_cast<std::size_t>(read)) return table;
  }
  return std::nullopt;
}

std::optional<BillTable::Row> BillTable::row(std::string_view line) const {
  const BillLayout& layout = *rules_.layout;
  auto values = split(line, layout.before_value);
  if (!values || values->size() != values_) return std::nullopt;
  // Against spreadsheets, which take a long number for a floating one.
  for (std::string_view& value : *values) {
    if (value.ends_with('\t')) value.remove_suffix(1);
  }
  const bool is_refund = (*values)[kind_] == layout.refund;
  if (!is_refund && (*values)[kind_] != layout.payment) return std::nullopt;

  Row row;
  row.line.kind = is_refund ? LineKind::refund : LineKind::payment;
  row.line.amount.currency = Currency::parse(layout.currency).value_or(Currency{});
  of(row.sums, Sum::lines) = 1;
  of(row.sums, is_refund ? Sum::refunds : Sum::payments) = 1;
  auto place = places_.begin();
  for (const BillColumn& column : form_.columns) {
    if (column.cell == Cell::text) continue;
    if (!read(column, (*values)[*place++], is_refund, row)) return std::nullopt;
  }
  const auto amount = payable(of(row.sums, is_refund ? Sum::back : Sum::paid), row.line.amount.currency);
  if (!amount) return std::nullopt;
  row.line.amount = *amount;
  return row;
}

bool BillTable::read(const BillColumn& column, std::string_view value, bool is_refund, Row& row) const {
  const BillLayout& layout = *rules_.layout;
  StatementLine& line = row.line;
  switch (column.cell) {
    case Cell::text:
    case Cell::kind:
      return true;
    case Cell::at:
      if (const auto at = parse_time(value, rules_.zone)) return line.at = *at, true;
      return false;
    case Cell::trade_no:
      line.trade_no = value;
      return !value.empty();
    case Cell::out_trade_no:
      line.out_trade_no = value;
      return !value.empty();
    case Cell::currency:
      if (const auto currency = Currency::parse(value)) return line.amount.currency = *currency, true;
      return false;
    case Cell::refund_no:
      if (!is_nothing(value)) row.refund_no = value;
      return is_refund != is_nothing(value);
    case Cell::out_request_no:
      if (!is_nothing(value)) line.out_request_no = value;
      return is_refund != is_nothing(value);
    case Cell::refund_state:
      line.in_process = is_refund && value == layout.refund_in_process;
      return is_refund ? line.in_process || value == layout.refund_done : is_nothing(value);
    case Cell::amount:
    case Cell::fee:
      return read_money(column, value, is_refund, row);
  }
  return false;
}

bool BillTable::read_money(const BillColumn& column, std::string_view value, bool is_refund, Row& row) const {
  const auto amount = parse_amount(value);
  if (!amount) return false;
  if (column.cell == Cell::fee) return of(row.sums, Sum::fee) = *amount, true;
  const Sum sum = is_refund ? column.of_refund : column.of_payment;
  if (sum == Sum::nothing) return *amount == 0;
  const std::int64_t size = is_refund && rules_.layout->refunds_negative ? -*amount : *amount;
  of(row.sums, sum) = size;
  return size >= 0;
}

}  // namespace ordeal::channel

// TradeTable: the details of a channel's trade bill as entries. How the columns are called and what is added up over them
// stands in the channel's own forms (core/channel/bill_forms.h); here each value that is not what it should be is refused
// at its place.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/channel/bill_form.h"
#include "core/reconciliation/columns.h"
#include "core/reconciliation/lines.h"
#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

// What a form does not say.
struct TradeStyle {
  const channel::BillLayout& layout;
  std::string_view cancel{};      // the kind of a line that takes a payment back; empty: there is none
  std::string_view fee_column{};  // of a fee without a sign that could be relied on; empty: the form has one
};

// Adds checked; false: it is larger than any file's.
bool add(channel::Sums& sums, const channel::Sums& more);
std::int64_t sum_of(const channel::Sums& sums, channel::Sum which);

class TradeTable {
 public:
  explicit TradeTable(const TradeStyle& style) : style_(style) {}

  // Finds the columns in the line that `lines` gave last.
  Refused under(const Lines& lines, std::string_view names);
  // The detail in the line that `lines` gave last; it is a view of it.
  Refused row(const Lines& lines, std::string_view line, Entry& entry, channel::Sums& sums);
  const channel::BillForm& form() const { return *form_; }

 private:
  struct Read {
    const channel::BillColumn* column;
    std::size_t place;
  };
  Refused wrong(const Lines& lines, std::string_view line, std::string_view column, std::string_view value,
                std::string_view expected) const;
  Refused read(const Lines& lines, std::string_view line, const Read& what, Entry& entry,
               channel::Sums& sums);
  Refused read_amount(const Lines& lines, std::string_view line, const Read& what, const Entry& entry,
                      channel::Sums& sums) const;
  Refused read_fee(const Lines& lines, std::string_view line, Entry& entry) const;
  Refused complete(const Lines& lines, Entry& entry, const channel::Sums& sums) const;

  const TradeStyle& style_;
  const channel::BillForm* form_ = nullptr;
  std::size_t size_ = 0;
  std::size_t kind_ = 0;
  std::optional<std::size_t> fee_;
  std::vector<Read> reads_;
  std::vector<std::string_view> values_;
  std::string_view refund_no_;
  std::string_view out_request_no_;
};

// What a line of totals says against what was added up. `value` is a part of `line`.
Refused compare_total(const Lines& lines, std::string_view line, std::string_view value,
                      std::string_view name, channel::Sum which, std::int64_t added_up);

}  // namespace ordeal::reconciliation

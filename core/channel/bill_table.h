// BillTable: the details of a bill, once the line above them has said by names where what stands. A line that has another
// number of values than there are names is refused: a comma in a free text would shift all that follows (WxJava #1275).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/channel/profile.h"
#include "core/channel/statement.h"

namespace ordeal::channel {

// The values of a line, each without the mark before it; none: one has no mark.
std::optional<std::vector<std::string_view>> split(std::string_view line, std::string_view before_value);

// Where `names` has that of a column or total, by its own name or the other one. None: nowhere, or twice.
std::optional<std::size_t> place_of(const std::vector<std::string_view>& names, std::string_view name,
                                    std::string_view also);

class BillTable {
 public:
  struct Row {
    StatementLine line;
    std::string refund_no;  // the channel's number of a refund, where files have one
    Sums sums{};
  };

  // None: no form of the profile has these columns.
  static std::optional<BillTable> under(std::string_view columns, const StatementRules& rules);

  // None: it is no detail. Its line end is gone already.
  std::optional<Row> row(std::string_view line) const;
  const BillForm& form() const { return form_; }

 private:
  BillTable(const StatementRules& rules, const BillForm& form, std::size_t values)
      : rules_(rules), form_(form), values_(values) {}

  bool read(const BillColumn& column, std::string_view value, bool is_refund, Row& row) const;
  bool read_money(const BillColumn& column, std::string_view value, bool is_refund, Row& row) const;

  const StatementRules& rules_;
  const BillForm& form_;
  std::size_t values_;
  std::vector<std::size_t> places_;  // by column of the form; of those that are read
  std::size_t kind_ = 0;
};

}  // namespace ordeal::channel

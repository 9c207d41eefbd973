#include <fmt/format.h>

#include "core/base/check.h"
#include "core/channel/bill_words.h"
#include "core/channel/statement.h"

namespace ordeal::channel {
namespace {

class Writer {
 public:
  explicit Writer(const StatementRules& rules) : rules_(rules), text_(rules.layout->bom) {}

  void line(std::string_view text) {
    text_ += text;
    text_ += rules_.layout->line_end;
  }
  void remark(std::string_view text) {
    if (!text.empty()) line(text);
  }

  void names(const BillForm& form) {
    std::string text;
    for (const BillColumn& column : form.columns) {
      if (!text.empty()) text += ',';
      text += column.name;
    }
    line(text);
  }

  void detail(const BillForm& form, const StatementLine& detail) {
    std::string text;
    for (const BillColumn& column : form.columns) {
      const std::string value = value_of(column, detail);
      ORDEAL_CHECK(value.find_first_of(",\r\n`\t") == value.npos, value);
      if (!text.empty()) text += ',';
      text += rules_.layout->before_value;
      text += value;
      text += column.after;
    }
    line(text);
  }

  void totals(const BillForm& form, const StatementTotals& totals) {
    std::string names;
    std::string values;
    for (const BillTotal& total : form.totals) {
      if (!names.empty()) names += ',', values += ',';
      names += total.name;
      values += rules_.layout->before_value;
      values += sum_text(total.sum, totals);
    }
    if (!names.empty()) line(names), line(values);
    for (const BillSentence& sentence : form.sentences) {
      std::string text(sentence.words[0]);
      for (std::size_t i = 0; i < sentence.sums.size(); ++i) {
        text += sum_text(sentence.sums[i], totals);
        text += sentence.words[i + 1];
      }
      line(text);
    }
  }
  std::string take() { return std::move(text_); }

 private:
  std::string value_of(const BillColumn& column, const StatementLine& line) const {
    const BillLayout& layout = *rules_.layout;
    const bool is_refund = line.kind == LineKind::refund;
    switch (column.cell) {
      case Cell::text:
        return std::string(column.filler);
      case Cell::at:
        return time_text(line.at, rules_.zone) +
               (layout.times_have_offset ? offset_text(line.at, rules_.zone) : "");
      case Cell::trade_no:
        return line.trade_no;
      case Cell::out_trade_no:
        return line.out_trade_no;
      case Cell::kind:
        return std::string(is_refund ? layout.refund : layout.payment);
      case Cell::currency:
        return std::string(line.amount.currency.text());
      case Cell::refund_no:
        return is_refund ? "R" + line.out_request_no : std::string(column.filler);
      case Cell::out_request_no:
        return is_refund ? line.out_request_no : std::string(column.filler);
      case Cell::refund_state:
        if (!is_refund) return {};
        return std::string(line.in_process ? layout.refund_in_process : layout.refund_done);
      case Cell::amount:
        return amount_text(
            signed_amount(is_refund ? column.of_refund : column.of_payment, line.amount.minor));
      case Cell::fee:
        return kNoFee;
    }
    return {};
  }

  // Without coupons all that an order costs is settled.
  std::int64_t signed_amount(Sum sum, std::int64_t minor) const {
    if (sum == Sum::paid || sum == Sum::settled) return minor;
    if (sum == Sum::back || sum == Sum::settled_back) return rules_.layout->refunds_negative ? -minor : minor;
    return 0;
  }

  std::string sum_text(Sum sum, const StatementTotals& totals) const {
    if (sum == Sum::lines) return std::to_string(totals.count);
    if (sum == Sum::payments) return std::to_string(totals.count - totals.refunds);
    if (sum == Sum::refunds) return std::to_string(totals.refunds);
    if (sum == Sum::fee) return kNoFee;
    const bool of_refunds = sum == Sum::back || sum == Sum::settled_back;
    return amount_text(signed_amount(sum, (of_refunds ? totals.refunded : totals.paid).minor));
  }

  static constexpr const char* kNoFee = "0.00000";

  const StatementRules& rules_;
  std::string text_;
};

}  // namespace

std::string render(const Statement& statement, const Profile& profile) {
  const StatementRules& rules = profile.statement;
  const BillLayout& layout = *rules.layout;
  const BillForm& form = layout.forms.front();
  const Day next = statement.day.next();
  Writer writer(rules);
  for (const std::string_view remark : layout.opening) writer.line(remark);
  if (!layout.range[0].empty()) {
    const auto& words = layout.range;
    writer.line(fmt::format("{}{}{}{}{}", words[0], day_in_words(statement.day), words[1], day_in_words(next),
                            words[2]));
  }
  writer.remark(layout.above_columns);
  writer.names(form);
  for (const StatementLine& line : statement.lines) writer.detail(form, line);
  writer.remark(layout.below_details);
  writer.totals(form, statement.totals);
  if (!layout.made[0].empty()) {
    const std::string made = time_text(begin_of(next, rules.zone) + rules.ready, rules.zone);
    writer.line(fmt::format("{}{}{}{}", layout.made[0], day_in_words(next), made.substr(made.find(' ')),
                            layout.made[1]));
  }
  return writer.take();
}

}  // namespace ordeal::channel

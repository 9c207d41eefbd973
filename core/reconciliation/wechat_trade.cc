#include <fmt/format.h>

#include "core/channel/bill_forms.h"
#include "core/reconciliation/trade_table.h"
#include "core/reconciliation/wechat.h"

namespace ordeal::reconciliation {
namespace {

class WechatTradeReader {
 public:
  WechatTradeReader(Source& source, Taking& taking)
      : lines_(source, Charset::utf8),
        taking_(taking),
        style_{channel::kWechatLayout, "REVOKED", {}},
        table_(style_) {}

  Refused read() {
    auto line = lines_.next();
    if (!line) return lines_.refused() ? lines_.refused() : Refusal{.what = "nothing in it, not even names"};
    if (Refused refused = table_.under(lines_, *line)) return refused;
    for (line = lines_.next(); line && line->starts_with(style_.layout.before_value); line = lines_.next()) {
      if (Refused refused = read_line(*line)) return refused;
    }
    if (!line) return cut();
    return read_totals(std::string(*line));
  }

 private:
  Refused cut() const {
    if (lines_.refused()) return lines_.refused();
    return lines_.at(std::nullopt, "the file ends here, without its line of totals: it was cut off");
  }

  Refused read_line(std::string_view line) {
    Entry entry{};
    channel::Sums sums{};
    if (Refused refused = table_.row(lines_, line, entry, sums)) return refused;
    if (!add(sums_, sums)) return lines_.at(std::nullopt, "the sum of the amounts is larger than any file's");
    return taking_.take(entry, true);
  }

  Refused read_totals(const std::string& names) {
    const Columns columns(names);
    const std::uint64_t at = lines_.number();
    const auto line = lines_.next();
    if (!line) return cut();
    std::vector<std::string_view> values;
    if (!split(*line, style_.layout.before_value, values))
      return lines_.at(0,
                       fmt::format("the totals below line {} begin with {}", at, style_.layout.before_value));
    if (values.size() != columns.size())
      return lines_.at(characters(*line),
                       fmt::format("{} totals under {} names", values.size(), columns.size()));
    for (const channel::BillTotal& total : table_.form().totals) {
      const auto place = columns.find(total.name, total.also);
      if (!place)
        return Refusal{.line = at, .column = 1, .what = fmt::format("the total {} is not there", total.name)};
      if (Refused refused = compare_total(lines_, *line, trimmed(values[*place]), total.name, total.sum,
                                          sum_of(sums_, total.sum)))
        return refused;
    }
    while (const auto more = lines_.next()) {
      if (!trimmed(*more).empty()) return lines_.at(0, "a line below the totals, which are the last one");
    }
    return lines_.refused();
  }

  Lines lines_;
  Taking& taking_;
  TradeStyle style_;
  TradeTable table_;
  channel::Sums sums_{};
};

}  // namespace

Refused read_wechat_trade(Source& source, Taking& taking) { return WechatTradeReader(source, taking).read(); }

}  // namespace ordeal::reconciliation

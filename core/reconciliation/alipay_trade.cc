#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/channel/bill_forms.h"
#include "core/reconciliation/alipay.h"
#include "core/reconciliation/alipay_frame.h"
#include "core/reconciliation/trade_table.h"

namespace ordeal::reconciliation {
namespace {

using channel::Sum;

// Of "笔，商家实收共" and "#交易合计：" what is counted.
std::string_view label(std::string_view words) {
  for (const std::string_view before : {"#", "笔，", "元，"}) {
    if (words.starts_with(before)) words.remove_prefix(before.size());
  }
  for (const std::string_view after : {"共", "："}) {
    if (words.ends_with(after)) words.remove_suffix(after.size());
  }
  return words;
}

class AlipayTradeReader {
 public:
  AlipayTradeReader(Source& source, Taking& taking)
      : frame_(source, taking),
        taking_(taking),
        style_{channel::kAlipayLayout, {}, "服务费（元）"},
        table_(style_) {}

  Refused read() {
    std::string names;
    if (Refused refused = frame_.read_head(names)) return refused;
    if (Refused refused = table_.under(frame_.lines(), names)) return refused;
    for (std::string_view line; frame_.next_detail(line);) {
      if (Refused refused = read_line(line)) return refused;
    }
    if (frame_.refused()) return frame_.refused();
    for (const channel::BillSentence& sentence : table_.form().sentences) {
      if (Refused refused = read_sentence(sentence)) return refused;
    }
    return frame_.read_rest();
  }

 private:
  Refused read_line(std::string_view line) {
    Entry entry{};
    channel::Sums sums{};
    if (Refused refused = table_.row(frame_.lines(), line, entry, sums)) return refused;
    if (Refused refused = frame_.outside(entry)) return refused;
    if (!add(sums_, sums))
      return frame_.lines().at(std::nullopt, "the sum of the amounts is larger than any file's");
    return taking_.take(entry, false);
  }

  Refused read_sentence(const channel::BillSentence& sentence) {
    std::string line;
    if (Refused refused = frame_.find(sentence.words[0], line)) return refused;
    std::array<std::string_view, 3> values;
    if (!values_between(line, sentence.words, values))
      return frame_.lines().at(0, fmt::format("{}N{}A{}A{} is expected", sentence.words[0], sentence.words[1],
                                              sentence.words[2], sentence.words[3]));
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Sum which = sentence.sums[i];
      const bool is_back = which == Sum::settled_back || which == Sum::discount_back;
      const std::int64_t added_up = is_back ? -sum_of(sums_, which) : sum_of(sums_, which);
      if (Refused refused =
              compare_total(frame_.lines(), line, values[i], label(sentence.words[i]), which, added_up))
        return refused;
    }
    return std::nullopt;
  }

  AlipayFrame frame_;
  Taking& taking_;
  TradeStyle style_;
  TradeTable table_;
  channel::Sums sums_{};
};

}  // namespace

Refused read_alipay_trade(Source& source, Taking& taking) { return AlipayTradeReader(source, taking).read(); }

}  // namespace ordeal::reconciliation

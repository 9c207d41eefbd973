#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/channel/bill_form.h"
#include "core/reconciliation/alipay.h"
#include "core/reconciliation/alipay_frame.h"
#include "core/reconciliation/balances.h"
#include "core/reconciliation/figures.h"
#include "core/reconciliation/trade_table.h"

namespace ordeal::reconciliation {
namespace {

enum Place { flow, business, order, at, in, out, balance, type, remark };
constexpr std::array<std::string_view, 9> kNames{"账务流水号",     "业务流水号",      "商户订单号",
                                                 "发生时间",       "收入金额（+元）", "支出金额（-元）",
                                                 "账户余额（元）", "业务类型",        "备注"};

constexpr std::string_view kFee = "收费";
constexpr std::string_view kFeeBack = "退费";
constexpr std::string_view kRefund = "交易退款";

// The remark of a refund is the number that the merchant gave it; other remarks are words.
bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
  });
}

class AlipayFundReader {
 public:
  AlipayFundReader(Source& source, Taking& taking) : frame_(source, taking), taking_(taking) {}

  Refused read() {
    taking_.statement().flow = Flow::funds;
    std::string names;
    if (Refused refused = frame_.read_head(names)) return refused;
    if (Refused refused = read_names(names)) return refused;
    while (frame_.next_detail(line_)) {
      if (Refused refused = read_line()) return refused;
    }
    if (frame_.refused()) return frame_.refused();
    if (Refused refused = read_total("支出合计", Kind::debit, Kind::fee, -1)) return refused;
    if (Refused refused = read_total("收入合计", Kind::credit, Kind::fee_back, 1)) return refused;
    if (const auto broke = balances_.break_at())
      return Refusal{.line = *broke,
                     .what = "账户余额（元）: the balance does not follow from the line beside it"};
    taking_.statement().opening = balances_.opening();
    taking_.statement().closing = balances_.closing();
    return frame_.read_rest();
  }

 private:
  Refused read_names(std::string_view names) {
    const Columns columns(names);
    if (const auto name = columns.twice())
      return frame_.lines().at(0, "the column " + *name + " is there twice");
    size_ = columns.size();
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      const auto place = columns.find(kNames[i]);
      if (!place) return frame_.lines().at(0, fmt::format("the column {} is not there", kNames[i]));
      places_[i] = *place;
    }
    return std::nullopt;
  }

  std::string_view value(Place place) const { return trimmed(values_[places_[place]]); }
  Refused wrong(Place place, std::string_view expected) const {
    return frame_.lines().at_value(
        line_, value(place),
        fmt::format("{}: \"{}\" where {} is expected", kNames[place], value(place), expected));
  }
  // In fen; a blank is nothing.
  std::optional<std::int64_t> fen(Place place) const {
    if (value(place).empty()) return 0;
    const auto amount = channel::parse_amount(value(place));
    if (!amount || *amount % channel::kPerMinor != 0) return std::nullopt;
    return *amount / channel::kPerMinor;
  }

  Refused read_line() {
    split(line_, "", values_);
    if (values_.size() != size_)
      return frame_.lines().at(characters(line_),
                               fmt::format("{} values under {} names", values_.size(), size_));
    Entry entry{};
    entry.line = frame_.lines().number();
    const auto when = parse_at(value(at));
    if (!when || value(at).size() == date_text(0).size()) return wrong(at, "a time like 2026-01-02 23:59:59");
    entry.at = *when;
    if (Refused refused = frame_.outside(entry)) return refused;
    if (Refused refused = read_money(entry)) return refused;
    entry.channel_number = value(flow);
    if (entry.channel_number.empty()) return wrong(flow, "the number of the line");
    const bool is_refund = value(type) == kRefund && is_number(value(remark));
    entry.number = is_refund ? value(remark) : value(order);
    if (entry.number.empty()) entry.number = value(business).empty() ? entry.channel_number : value(business);
    return taking_.take(entry, false);
  }

  Refused read_money(Entry& entry) {
    const auto came = fen(in);
    if (!came || *came < 0) return wrong(in, "an amount like 12.34, in yuan,");
    const auto left = fen(out);
    if (!left || *left > 0) return wrong(out, "an amount with a minus, in yuan,");
    if ((*came == 0) == (*left == 0))
      return wrong(in, "money in one of 收入 and 支出, not in both or neither,");
    const auto held = value(balance).empty() ? std::nullopt : fen(balance);
    if (!held) return wrong(balance, "an amount like 12.34, in yuan,");
    const bool is_in = *came != 0;
    const bool is_fee = value(type) == kFee || value(type) == kFeeBack;
    entry.kind = is_in ? (is_fee ? Kind::fee_back : Kind::credit) : (is_fee ? Kind::fee : Kind::debit);
    entry.amount = entry.settled = is_in ? *came : -*left;
    balances_.add(entry.line, *came + *left, *held);
    return std::nullopt;
  }

  Refused read_total(std::string_view name, Kind a, Kind b, std::int64_t sign) {
    const std::string begins = fmt::format("#{}：", name);
    std::string line;
    if (Refused refused = frame_.find(begins, line)) return refused;
    const std::array<std::string_view, 3> words{begins, "笔，共", "元"};
    std::array<std::string_view, 2> values;
    if (!values_between(line, words, values))
      return frame_.lines().at(0, fmt::format("{}N笔，共A元 is expected", begins));
    const Sums& sums = taking_.statement().sums;
    if (Refused refused = compare_total(frame_.lines(), line, values[0], name, channel::Sum::lines,
                                        sums.of(a).lines + sums.of(b).lines))
      return refused;
    return compare_total(frame_.lines(), line, values[1], name, channel::Sum::paid,
                         sign * (sums.of(a).amount + sums.of(b).amount) * channel::kPerMinor);
  }

  AlipayFrame frame_;
  Taking& taking_;
  std::size_t size_ = 0;
  std::array<std::size_t, kNames.size()> places_{};
  std::vector<std::string_view> values_;
  std::string_view line_;
  Balances balances_;
};

}  // namespace

Refused read_alipay_fund(Source& source, Taking& taking) { return AlipayFundReader(source, taking).read(); }

}  // namespace ordeal::reconciliation

#include <array>

#include <fmt/format.h>

#include "core/channel/bill_form.h"
#include "core/reconciliation/balances.h"
#include "core/reconciliation/figures.h"
#include "core/reconciliation/trade_table.h"
#include "core/reconciliation/wechat.h"

namespace ordeal::reconciliation {
namespace {

constexpr std::string_view kMark = "`";
constexpr std::string_view kIn = "收入";
constexpr std::string_view kOut = "支出";
constexpr std::string_view kAmount = "an amount like 12.34, in yuan";

enum Place { at, business, flow, type, direction, amount, balance, voucher };
constexpr std::array<std::string_view, 8> kNames{"记账时间",     "微信支付业务单号", "资金流水单号",
                                                 "业务类型",     "收支类型",         "收支金额(元)",
                                                 "账户结余(元)", "业务凭证号"};

class WechatFundReader {
 public:
  WechatFundReader(Source& source, Taking& taking) : lines_(source, Charset::utf8), taking_(taking) {}

  Refused read() {
    taking_.statement().flow = Flow::funds;
    auto line = lines_.next();
    if (!line) return lines_.refused() ? lines_.refused() : Refusal{.what = "nothing in it, not even names"};
    if (Refused refused = read_names(*line)) return refused;
    for (line = lines_.next(); line && line->starts_with(kMark); line = lines_.next()) {
      line_ = *line;
      if (Refused refused = read_line()) return refused;
    }
    if (!line) return cut();
    if (Refused refused = read_totals(std::string(*line))) return refused;
    if (const auto broke = balances_.break_at())
      return Refusal{.line = *broke, .what = "账户结余: the balance does not follow from the line before it"};
    taking_.statement().opening = balances_.opening();
    taking_.statement().closing = balances_.closing();
    return std::nullopt;
  }

 private:
  Refused cut() const {
    if (lines_.refused()) return lines_.refused();
    return lines_.at(std::nullopt, "the file ends here, without its line of totals: it was cut off");
  }

  Refused read_names(std::string_view names) {
    const Columns columns(names);
    if (const auto name = columns.twice()) return lines_.at(0, "the column " + *name + " is there twice");
    size_ = columns.size();
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      const auto place = columns.find(kNames[i]);
      if (!place) return lines_.at(0, fmt::format("the column {} is not there", kNames[i]));
      places_[i] = *place;
    }
    return std::nullopt;
  }

  std::string_view value(Place place) const { return trimmed(values_[places_[place]]); }
  Refused wrong(Place place, std::string_view expected) const {
    return lines_.at_value(
        line_, value(place),
        fmt::format("{}: \"{}\" where {} is expected", kNames[place], value(place), expected));
  }
  // In fen.
  static std::optional<std::int64_t> fen(std::string_view text) {
    const auto amount = channel::parse_amount(text);
    if (!amount || *amount % channel::kPerMinor != 0) return std::nullopt;
    return *amount / channel::kPerMinor;
  }

  Refused read_line() {
    split(line_, kMark, values_);
    if (values_.size() != size_)
      return lines_.at(characters(line_), fmt::format("{} values under {} names", values_.size(), size_));
    Entry entry{};
    entry.line = lines_.number();
    const auto when = parse_at(value(at));
    if (!when || value(at).size() == date_text(0).size()) return wrong(at, "a time like 2026-01-02 23:59:59");
    entry.at = *when;
    const auto moved = fen(value(amount));
    if (!moved || *moved < 0) return wrong(amount, kAmount);
    const auto left = fen(value(balance));
    if (!left) return wrong(balance, kAmount);
    const bool is_in = value(direction) == kIn;
    if (!is_in && value(direction) != kOut) return wrong(direction, "收入 or 支出");
    const bool is_fee = value(type).find("手续费") != std::string_view::npos;
    entry.kind = is_in ? (is_fee ? Kind::fee_back : Kind::credit) : (is_fee ? Kind::fee : Kind::debit);
    entry.amount = entry.settled = *moved;
    entry.channel_number = value(flow);
    if (entry.channel_number.empty()) return wrong(flow, "the number of the line");
    entry.number = value(voucher).empty() ? value(business) : value(voucher);
    if (entry.number.empty()) entry.number = entry.channel_number;
    balances_.add(entry.line, is_in ? *moved : -*moved, *left);
    return taking_.take(entry, true);
  }

  Refused read_totals(const std::string& names) {
    const Columns columns(names);
    const auto line = lines_.next();
    if (!line) return cut();
    if (!split(*line, kMark, values_)) return lines_.at(0, "the totals begin with `");
    if (values_.size() != columns.size())
      return lines_.at(characters(*line),
                       fmt::format("{} totals under {} names", values_.size(), columns.size()));
    const Sums& sums = taking_.statement().sums;
    const auto both = [&](Kind a, Kind b) {
      return Sums::OfKind{.lines = sums.of(a).lines + sums.of(b).lines,
                          .amount = sums.of(a).amount + sums.of(b).amount};
    };
    const auto in = both(Kind::credit, Kind::fee_back);
    const auto out = both(Kind::debit, Kind::fee);
    struct Total {
      std::string_view name;
      channel::Sum unit;
      std::int64_t value;
    };
    constexpr auto kCount = channel::Sum::lines;
    constexpr auto kMoney = channel::Sum::paid;
    for (const Total& total :
         {Total{"资金流水总笔数", kCount, sums.lines}, Total{"收入笔数", kCount, in.lines},
          Total{"收入金额", kMoney, in.amount * channel::kPerMinor}, Total{"支出笔数", kCount, out.lines},
          Total{"支出金额", kMoney, out.amount * channel::kPerMinor}}) {
      const auto place = columns.find(total.name);
      if (!place) return lines_.at(0, fmt::format("the total {} is not there", total.name));
      if (Refused refused =
              compare_total(lines_, *line, trimmed(values_[*place]), total.name, total.unit, total.value))
        return refused;
    }
    while (const auto more = lines_.next()) {
      if (!trimmed(*more).empty()) return lines_.at(0, "a line below the totals, which are the last one");
    }
    return lines_.refused();
  }

  Lines lines_;
  Taking& taking_;
  std::size_t size_ = 0;
  std::array<std::size_t, kNames.size()> places_{};
  std::vector<std::string_view> values_;
  std::string_view line_;
  Balances balances_;
};

}  // namespace

Refused read_wechat_fund(Source& source, Taking& taking) { return WechatFundReader(source, taking).read(); }

}  // namespace ordeal::reconciliation

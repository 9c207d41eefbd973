// The statement of a day: what a channel says it took and returned on one of its days, a text that is fetched on the
// next morning. Its form is data of the profile:
//
//   #起始日期：2026-01-01                                     not every channel's file says its day
//   完成时间,支付宝交易号,商户订单号,退款批次号/请求号,业务类型,币种,商家实收（元）
//   2026-01-01 23:31:05⇥,0C4…⇥,pay-7KQ2M9ZWX4⇥,⇥,交易⇥,CNY⇥,68.00⇥
//   #业务明细列表结束：笔数,交易合计（元）,退款合计（元）
//   1⇥,68.00⇥,0.00⇥
//
// Facts (domain 2.1, 2.2): details with a mark around each value, a trailer of totals, amounts in yuan where the API
// counts in fen (F-40), fetched after 10:00, WeChat's empty day as an error and no file, its codes NO_STATEMENT_EXIST and
// STATEMENT_CREATING. Simplified: seven of some 27 columns, one trailer for both channels, one currency a file, UTF-8
// text in the answer instead of a GBK archive behind a link; the codes of the other channel and its empty file are ours.
//
// A file says by itself whether it is whole: its last line is the trailer. No part of a text is a statement (F-81).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/channel/day.h"
#include "core/channel/profile.h"

namespace ordeal::channel {

enum class LineKind { payment, refund };
constexpr auto names_of(LineKind) { return std::to_array<std::string_view>({"payment", "refund"}); }

// A detail. Its kind and numbers are its name: no day has two lines of one name.
struct StatementLine {
  LineKind kind = LineKind::payment;
  std::string out_trade_no{};
  std::string out_request_no{};  // refund
  std::string trade_no{};
  Money amount{};
  Instant at{};  // whole seconds

  bool operator==(const StatementLine&) const = default;
};

struct StatementTotals {
  std::int64_t count = 0;
  Money paid{};
  Money refunded{};

  bool operator==(const StatementTotals&) const = default;
};

struct Statement {
  Day day;
  std::vector<StatementLine> lines{};
  StatementTotals totals{};

  bool operator==(const Statement&) const = default;
};

StatementTotals totals_of(const std::vector<StatementLine>& lines);

// malformed      a line that has no place in a statement
// truncated      it ends before its trailer does
// totals_differ  the trailer is not the sum of the details
// line_repeated  two lines of one name
// other_day      it is of another day than the one asked for
enum class StatementError { malformed, truncated, totals_differ, line_repeated, other_day };
constexpr auto names_of(StatementError) {
  return std::to_array<std::string_view>(
      {"malformed", "truncated", "totals differ", "line repeated", "of another day"});
}

// Values hold no comma, line end or mark of the profile.
std::string render(const Statement& statement, const Profile& profile);
Result<Statement, StatementError> parse_statement(std::string_view text, const Profile& profile, Day day);
// One line of details, without its end.
std::optional<StatementLine> parse_detail(std::string_view line, const Profile& profile);

}  // namespace ordeal::channel

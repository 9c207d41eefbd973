// The statement of a day: what a channel says it took and returned on one of its days, a text that is fetched on the
// next morning. Its form is data of the profile (channel/bill_form.h, channel/bill_forms.cc), the channels' own:
//
//   ﻿交易时间,公众账号ID,…,微信订单号,商户订单号,…,交易状态,…,申请退款金额,费率备注          27 columns, CRLF, a byte order mark
//   `2026-01-01 23:31:05,`wx8888888888888888,…,`0C4…,`pay-7KQ2M9ZWX4,…,`SUCCESS,…,`0.00,`
//   总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额
//   `1,`68.00,`0.00,`0.00,`0.00000,`68.00,`0.00
//
// or remarks that begin with # around 25 columns, refunds with a minus, totals in sentences, and the day as a range of two
// midnights (Alipay). An acquirer's has times with their offset, since an hour in autumn is there twice.
//
// Facts (domain 2.1, 2.2): amounts in yuan where the API counts in fen (F-40), what an order costs and what is settled of
// it in columns of their own, fetched after 10:00, WeChat's empty day as an error and no file, its codes NO_STATEMENT_EXIST
// and STATEMENT_CREATING; a refund stands on the day on which it was taken on, and that it was PROCESSING then stays there.
// Simplified: text in the answer instead of a link that is valid for 30 seconds, and UTF-8 where Alipay packs GBK into a
// zip: nothing of money is decided by an archive, and it would bring two libraries into the core. No lines of cancels
// (REVOKED), which are never asked for: a file with one is refused. One currency a file. The codes of the other channel and
// its file of an empty day are ours; so is the channel's number of a refund.
//
// A file says by itself whether it is whole: totals stand below the details. Without them no part of a text is a statement
// (F-81); of what may follow them nothing is read.
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
  Money amount{};  // what the order costs, or what was asked back of it
  Instant at{};    // whole seconds
  // Of a refund: taken on, and the money had not gone back when the file was made. No file says later that it has.
  bool in_process = false;

  bool operator==(const StatementLine&) const = default;
};

struct StatementTotals {
  std::int64_t count = 0;
  std::int64_t refunds = 0;  // of these
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
// truncated      it ends before its totals do
// totals_differ  they are not the sums of the details
// line_repeated  two lines of one name, or one number of the channel in lines of two names
// other_day      it is of another day than the one asked for
enum class StatementError { malformed, truncated, totals_differ, line_repeated, other_day };
constexpr auto names_of(StatementError) {
  return std::to_array<std::string_view>(
      {"malformed", "truncated", "totals differ", "line repeated", "of another day"});
}

// In the profile's first form. Values hold no comma, line end or mark of the profile. What a form tells and a Statement does
// not is written as if there were no coupons and no fees.
std::string render(const Statement& statement, const Profile& profile);
// In any of its forms. A byte order mark, and line ends with or without a carriage return, are all the same.
Result<Statement, StatementError> parse_statement(std::string_view text, const Profile& profile, Day day);

}  // namespace ordeal::channel

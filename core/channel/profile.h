// Profile: what differs between payment channels, as data. No code asks which channel it is talking to
// (I-34).
//
// Sources: domain 2.1 (Alipay), 2.2 (WeChat Pay v3). The trade requests and their meaning are those of Alipay
// for all: the second profile changes every rule a profile can hold, to prove that the rules are data. The third is an
// acquirer in Amsterdam, where a day has 23 or 25 hours twice a year: notices as Adyen sends them
// (docs.adyen.com/development-resources/webhooks/troubleshoot: at 9, 18 and 27 seconds, then after 2 minutes and ever longer
// up to 8 hours; any successful status acknowledges), the columns of its settlement details report, codes and totals of ours.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "core/base/time.h"
#include "core/channel/bill_form.h"
#include "core/channel/day.h"
#include "core/env/http.h"

namespace ordeal::channel {

// How a trade stands at the channel. `finished` is paid and past all refunds.
enum class TradeStatus { wait_buyer_pay, closed, success, finished };

// What a channel answers. The client turns `in_process` and `system_error` into "unknown".
enum class Code {
  ok,
  in_process,    // taken on, the result is not known yet: query
  system_error,  // the channel broke down: it may have happened
  invalid_signature,
  invalid_parameter,
  trade_not_exist,
  trade_has_success,    // paid already; also the refusal of a close
  trade_has_close,      // closed, expired or fully refunded
  trade_differs,        // the same number with another amount or buyer
  declined,             // the buyer cannot pay: surely no debit
  balance_short,        // the merchant's account cannot pay a refund now: surely nothing happened
  refund_differs,       // the same request number with another amount
  refund_exceeds,       // more than was paid
  statement_not_ready,  // the day is not over yet, or its statement is still being made
  no_statement,         // nothing happened on that day
};
inline constexpr std::size_t kCodes = 15;
inline constexpr std::size_t kStatuses = 4;

// exact_body   the body must be just `ack_body`; the HTTP status says nothing
// http_status  200 or 204; the body says nothing
enum class AckRule { exact_body, http_status };

// How a day without any trade is told.
enum class EmptyDay { no_statement, file_of_zeros };

// A daily statement (channel/statement.h).
struct StatementRules {
  const BillLayout* layout;
  EmptyDay empty_day;
  Zone zone;       // where days end
  Duration ready;  // after the end of the day
};

struct Profile {
  std::string_view name;
  AckRule ack_rule;
  int ack_status;
  std::string_view ack_body;
  int refusal_status;
  std::string_view refusal_body;
  std::span<const Duration> notify_gaps;  // after the first send; a notice is sent at most gaps + 1 times
  Duration code_valid;  // a QR code can be paid for this long, if the trade does not expire before
  std::array<std::string_view, kCodes> codes;
  std::array<std::string_view, kStatuses> statuses;
  StatementRules statement;
};

extern const Profile kAlipay;
extern const Profile kWechat;
extern const Profile kAcquirer;

// "alipay", "wechat", "acquirer"; null for an unknown name.
const Profile* find_profile(std::string_view name);

env::HttpResponse acknowledgement(const Profile& profile);
env::HttpResponse refusal(const Profile& profile);
// For the channel's side: may it stop sending?
bool acknowledges(const Profile& profile, const env::HttpResponse& answer);

}  // namespace ordeal::channel

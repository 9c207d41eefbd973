// The trade messages between a merchant system and a payment channel, with codecs for both sides, so that a
// simulated channel and the client cannot disagree about the form.
//
//   merchant → channel   TradeRequest, POST to the channel's gateway URL
//   channel → merchant   TradeReply, the body of the answer
//   channel → merchant   Notice, POST to the request's notify URL (asynchronous, at least once)
//
// All are signed forms. Amounts are minor units with a currency. decode() checks the form first, then the
// signature.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/channel/day.h"
#include "core/channel/profile.h"
#include "core/channel/signer.h"

namespace ordeal::channel {

// precreate  makes a trade that waits to be paid by code; repeated: the same trade and code
// pay        debits the buyer within the call; repeated: the same result
// query      how a trade stands
// close      closes an unpaid trade; a paid one is refused with trade_has_success
// refund     returns money; idempotent by out_request_no, `fund_change` says whether this call moved it
// (domain 2.1)
// statement  the text of a day's statement (channel/statement.h)
enum class Method { precreate, pay, query, close, refund, statement };

struct TradeRequest {
  Method method = Method::query;
  std::string app_id{};
  std::string seller_id{};
  std::string out_trade_no{};
  std::string out_request_no{};  // refund
  Money amount{};                // precreate, pay, refund
  std::string buyer{};           // pay
  Instant expires_at{};          // precreate, pay: the channel takes no money for the trade after it
  std::string notify_url{};      // precreate, pay
  std::optional<Day> day{};      // statement
};

struct TradeReply {
  Code code = Code::system_error;
  TradeStatus status = TradeStatus::wait_buyer_pay;
  std::string out_trade_no{};
  std::string trade_no{};  // the channel's number
  std::string pay_code{};  // precreate
  Money amount{};
  bool fund_change = false;  // refund
  std::optional<Day> day{};  // statement
  std::string statement{};
};

// `notify_id` is the same on every resend of one notice.
struct Notice {
  std::string notify_id{};
  std::string app_id{};
  std::string seller_id{};
  std::string out_trade_no{};
  std::string trade_no{};
  TradeStatus status = TradeStatus::success;
  Money amount{};
};

enum class FormError { malformed, bad_signature, bad_field };

std::string encode(const TradeRequest& request, const Signer& signer);
std::string encode(const TradeReply& reply, const Profile& profile, const Signer& signer);
std::string encode(const Notice& notice, const Profile& profile, const Signer& signer);

Result<TradeRequest, FormError> decode_request(std::string_view body, const Signer& signer);
Result<TradeReply, FormError> decode_reply(std::string_view body, const Profile& profile,
                                           const Signer& signer);
Result<Notice, FormError> decode_notice(std::string_view body, const Profile& profile, const Signer& signer);

}  // namespace ordeal::channel

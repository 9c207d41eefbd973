// The parties' own books: what the channel debited and refunded, what each shopper owns, what the merchant
// heard. Kept outside the trade system, never lost, never wrong: audits compare the trade system with them.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/money.h"
#include "core/base/time.h"

namespace ordeal::scenarios {

enum class TradeState : std::uint8_t { wait_buyer_pay, success, closed };

struct ChannelRefund {
  Money amount;
  Instant at;  // by the channel's clock
};

struct ChannelTrade {
  std::string trade_no;
  std::string shopper;  // empty until somebody pays
  Money amount;
  Money refunded;
  TradeState state = TradeState::wait_buyer_pay;
  std::int64_t debited_at_ns = -1;                         // true time since the trial began; -1: never
  Instant expires_at{};                                    // by the channel's clock
  std::map<std::string, ChannelRefund> refund_requests{};  // by out_request_no
  Instant debited_at{};                                    // by the channel's clock, which decides its day
};

struct Books {
  std::map<std::string, ChannelTrade> trades;   // by out_trade_no
  std::map<std::string, std::int64_t> purses;   // minor units left, by shopper
  std::map<std::string, std::string> accounts;  // the buyer's account as the trade system names it → shopper
  std::int64_t purses_before = 0;               // their sum at the beginning
  std::map<std::int64_t, std::int64_t> notices;  // order → highest version that the merchant heard
};

}  // namespace ordeal::scenarios

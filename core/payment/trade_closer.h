// Seam payment::TradeCloser: what is done with an open attempt when its order's time is over.
//
// Contract: it is over when the channel has closed the trade, or has said that it knows none and can get none; money that is
// found there instead is captured (I-35, I-42). F-95 breaks it: it calls the attempt over here, and the channel goes on
// taking the money.
#pragma once

#include <memory>
#include <string_view>

#include "core/payment/desk.h"

namespace ordeal::payment {

class TradeCloser {
 public:
  virtual ~TradeCloser() = default;
  // Before the order is closed, to know whether money came, and after it, until the attempt is over. May be repeated.
  virtual Standing close(Desk& desk, const AttemptRow& attempt) = 0;
};

// "at_channel"; null for an unknown name.
std::unique_ptr<TradeCloser> make_trade_closer(std::string_view name);

}  // namespace ordeal::payment

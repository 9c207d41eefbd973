// What happens outside the trade system, as monitors see it: the channel's own book, the shoppers' own
// memory, the merchant's own log. Emitted by the parties themselves when it happens; they do not crash, so
// this is the truth to compare with.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/env/message.h"

namespace ordeal::scenarios::facts {

// The channel debited a shopper for the trade that we named out_trade_no.
struct ChannelDebited {
  std::string out_trade_no;
  std::string trade_no;  // the channel's own number
  std::string shopper;   // "shopper-12"
  Money amount;

  static void fields(auto& self, auto&& visit) {
    visit("out_trade_no", self.out_trade_no);
    visit("trade_no", self.trade_no);
    visit("shopper", self.shopper);
    visit("amount", self.amount);
  }
  static const env::MessageType& type();
};

// The channel returned money to the shopper.
struct ChannelRefunded {
  std::string out_trade_no;
  std::string out_request_no;
  Money amount;

  static void fields(auto& self, auto&& visit) {
    visit("out_trade_no", self.out_trade_no);
    visit("out_request_no", self.out_request_no);
    visit("amount", self.amount);
  }
  static const env::MessageType& type();
};

// The channel sent a callback; `genuine` is false when somebody else made it up or changed it on its way.
struct CallbackSent {
  std::string out_trade_no;
  std::int64_t attempt = 0;  // 1 for the first send of this notification
  bool genuine = true;

  static void fields(auto& self, auto&& visit) {
    visit("out_trade_no", self.out_trade_no);
    visit("attempt", self.attempt);
    visit("genuine", self.genuine);
  }
  static const env::MessageType& type();
};

// A shopper was told of an order: the reply to a request with this key.
struct ShopperTold {
  UserId user;
  std::string request_key;
  OrderId order;
  Money total;

  static void fields(auto& self, auto&& visit) {
    visit("user", self.user);
    visit("request_key", self.request_key);
    visit("order", self.order);
    visit("total", self.total);
  }
  static const env::MessageType& type();
};

// The merchant's endpoint took a notice about an order.
struct MerchantHeard {
  OrderId order;
  std::string state;
  std::int64_t version = 0;

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("state", self.state);
    visit("version", self.version);
  }
  static const env::MessageType& type();
};

}  // namespace ordeal::scenarios::facts

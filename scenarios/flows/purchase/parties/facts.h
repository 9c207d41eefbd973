// What happens outside the trade system, as monitors see it: the channel's own book, the shoppers' own
// memory, the merchant's own log. Emitted by the parties themselves when it happens; they do not crash, so
// this is the truth to compare with.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/env/message.h"
#include "core/wire/fields.h"

namespace ordeal::purchase::facts {

// The channel debited a shopper for the trade that we named out_trade_no.
struct ChannelDebited {
  std::string out_trade_no;
  std::string trade_no;  // the channel's own number
  std::string shopper;   // "shopper-12"
  Money amount;
  bool against_its_word = false;  // it had said before that it would not
  ORDEAL_MESSAGE(ChannelDebited, "world.ChannelDebited", out_trade_no, trade_no, shopper, amount,
                 against_its_word);
};

// The channel returned money to the shopper.
struct ChannelRefunded {
  std::string out_trade_no;
  std::string out_request_no;
  Money amount;
  ORDEAL_MESSAGE(ChannelRefunded, "world.ChannelRefunded", out_trade_no, out_request_no, amount);
};

// The channel sent a callback; `genuine` is false when somebody else made it up or changed it on its way.
struct CallbackSent {
  std::string out_trade_no;
  std::int64_t attempt = 0;  // 1 for the first send of this notification
  bool genuine = true;
  bool of_payment = true;  // it says that the trade was paid
  ORDEAL_MESSAGE(CallbackSent, "world.CallbackSent", out_trade_no, attempt, genuine, of_payment);
};

// A callback was answered, and whether the channel takes the answer for an acknowledgement: it never sends that one again.
struct CallbackAnswered {
  std::string out_trade_no;
  bool genuine = true;
  bool acknowledged = false;
  bool of_payment = true;
  ORDEAL_MESSAGE(CallbackAnswered, "world.CallbackAnswered", out_trade_no, genuine, acknowledged, of_payment);
};

// A shopper was told of an order: the reply to a request with this key.
struct ShopperTold {
  UserId user;
  std::string request_key;
  OrderId order;
  Money total;
  ORDEAL_MESSAGE(ShopperTold, "world.ShopperTold", user, request_key, order, total);
};

// The merchant's endpoint took a notice about an order.
struct MerchantHeard {
  OrderId order;
  std::string state;
  std::int64_t version = 0;
  ORDEAL_MESSAGE(MerchantHeard, "world.MerchantHeard", order, state, version);
};

}  // namespace ordeal::purchase::facts

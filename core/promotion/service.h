// The promotion service: knows who may use which coupon, how many points and how many units at a price of their own are
// left, and holds them for orders (api/promotion.h). Every handler is one transaction and may be repeated, come late or come
// in another order: the state of what is held decides, not the message.
#pragma once

#include "core/api/ack.h"
#include "core/api/promotion.h"
#include "core/env/env.h"
#include "core/promotion/ender.h"
#include "core/promotion/holder.h"
#include "core/promotion/holdings.h"

namespace ordeal::promotion {

struct Designs {
  Holder& holder;
  Ender& ender;
};

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs);

  void start();

  api::Offers look(const api::AskOffers& ask);
  api::HoldReply hold(const api::HoldDiscounts& wanted);
  api::Ack on_order_paid(const api::OrderPaid& event);
  api::Ack on_order_ended(OrderId order);  // closed or rejected

 private:
  env::Env& env_;
  env::Database& db_;
  Designs designs_;
};

}  // namespace ordeal::promotion

// The inventory service: holds stock for orders (api/inventory.h). Every handler is one transaction and may
// be repeated, come late or come in another order: the reservation's state decides, not the message.
#pragma once

#include "core/api/ack.h"
#include "core/api/inventory.h"
#include "core/env/env.h"
#include "core/inventory/cart_holds.h"
#include "core/inventory/gate.h"
#include "core/inventory/stock.h"

namespace ordeal::inventory {

struct Designs {
  Gate& gate;
};

struct Config {
  bool carts = false;  // they may hold stock
};

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config = {});

  void start();

  api::ReserveReply reserve(const api::Reserve& request);
  api::Ack on_order_paid(const api::OrderPaid& event);
  api::Ack on_order_ended(OrderId order);  // closed or rejected

  // The run of the worker that ends what carts hold, for tests without tasks.
  std::optional<Instant> run_holds() { return holds_ ? holds_->run_due() : std::nullopt; }

 private:
  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  std::optional<CartHolds> holds_;
};

}  // namespace ordeal::inventory

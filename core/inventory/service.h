// The inventory service: holds stock for orders (api/inventory.h). Every handler is one transaction and may
// be repeated, come late or come in another order: the reservation's state decides, not the message.
#pragma once

#include "core/api/ack.h"
#include "core/api/inventory.h"
#include "core/env/env.h"
#include "core/inventory/gate.h"
#include "core/inventory/stock.h"

namespace ordeal::inventory {

struct Designs {
  Gate& gate;
};

struct Config {};

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config = {});

  void start();

  api::ReserveReply reserve(const api::Reserve& request);
  api::Ack on_order_paid(const api::OrderPaid& event);
  api::Ack on_order_ended(OrderId order);  // closed or rejected

 private:
  env::Env& env_;
  env::Database& db_;
  Designs designs_;
};

}  // namespace ordeal::inventory

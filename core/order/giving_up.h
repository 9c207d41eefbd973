// Seam order::GivingUp: writes down that a shopper gave his order up.
//
// Contract: only that, and only if the order is still UNPAID and nobody noted it before; what others wrote since it was read
// stays (I-03, I-04). F-85 breaks it: it writes back the whole row as it had read it.
#pragma once

#include <memory>
#include <string_view>

#include "core/order/orders.h"

namespace ordeal::order {

class GivingUp {
 public:
  virtual ~GivingUp() = default;
  // Somebody is to look at the order at `due_at`. False: nothing was written.
  virtual bool note(env::Tx& tx, const OrderRow& seen, Instant at, Instant due_at) = 0;
};

// "its_columns"; null for an unknown name.
std::unique_ptr<GivingUp> make_giving_up(std::string_view name);

}  // namespace ordeal::order

// Seam order::MarkPaid: writes down that an order is paid, when money came for it.
//
// Contract: a commit that is reported as failed may have happened (env/database.h), so nothing is built on the failure:
// it rises, payment tells of its money again, and the next look at the order says which it was. F-20 breaks it: it takes
// the failure for certain, and sends the money back.
#pragma once

#include <memory>
#include <string_view>

#include "core/api/payment.h"
#include "core/order/orders.h"

namespace ordeal::order {

struct Context;

class MarkPaid {
 public:
  virtual ~MarkPaid() = default;
  // Moves `seen`, which was UNPAID, to PAID by `money`. False: another was faster, look again.
  virtual bool mark(Context& context, const OrderRow& seen, const api::PaymentCaptured& money) = 0;
};

// "told_again"; null for an unknown name.
std::unique_ptr<MarkPaid> make_mark_paid(std::string_view name);

}  // namespace ordeal::order

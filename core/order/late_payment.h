// Seam order::LatePayment: what happens to money that no order can use: its order is CLOSED or REJECTED, or
// was paid by another attempt.
//
// Contract: exactly one refund of the whole amount is asked for, however often the capture is told (I-35,
// I-32); the request is published in the transaction that notes the capture. F-18 breaks it: it ignores the
// money, since the order is not UNPAID, and acknowledges.
#pragma once

#include <memory>
#include <string_view>

#include "core/api/payment.h"
#include "core/order/orders.h"
#include "core/outbox/outbox.h"

namespace ordeal::order {

class LatePayment {
 public:
  virtual ~LatePayment() = default;
  // True when it asked for a refund now, false when that was done before.
  virtual bool take(env::Tx& tx, outbox::Outlet& outlet, const OrderRow& order,
                    const api::PaymentCaptured& money, api::RefundReason reason) = 0;
};

// "refund"; null for an unknown name.
std::unique_ptr<LatePayment> make_late_payment(std::string_view name);

}  // namespace ordeal::order

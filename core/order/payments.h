// Payments: what captured money does to an order, and how an order that was not paid is closed.
//
//   UNPAID            → PAID, order.paid is published; where stock is taken now and none is left: CLOSED, and it goes back
//   PAID by it        nothing: a repeat
//   PAID by another   the surplus goes back (F-15)
//   CLOSED, REJECTED  the late payment goes back (F-18)
//   DRAFT, no row     not now: the event comes again; so it does while nobody knows whether there is stock
//
// A shopper who cancels ends the time of an unpaid order: it is closed as any other whose time is over, and money that is
// there or comes first makes it PAID all the same (I-04, F-17).
#pragma once

#include <optional>

#include "core/api/payment.h"
#include "core/order/context.h"

namespace ordeal::order {

class Payments : public Closing {
 public:
  explicit Payments(Context& context) : context_(context) {}

  // False: not now, tell it again later.
  bool captured(const api::PaymentCaptured& money);

  api::CancelStatus cancel(OrderId order);

  // Before closing, payment is asked to close the trades at the channel; money that is found there makes the
  // order PAID instead. While payment or the channel is silent the close waits, but no longer than
  // settle_grace.
  void close(OrderId order) override;
  std::optional<Instant> close_due(Duration lag) override;

 private:
  Had stock(const OrderRow& seen);
  // CLOSED, and the money goes back, in one step. False: another was faster, look again.
  bool sold_out(const OrderRow& seen, const api::PaymentCaptured& money);
  // When it has to be looked at again; none when it is settled. `silent` is set when payment did not answer.
  std::optional<Instant> close_one(const OrderRow& seen, bool ask, bool& silent);

  Instant put_off(const OrderRow& seen);

  Context& context_;
};

}  // namespace ordeal::order

// Drafts: brings a DRAFT to UNPAID or REJECTED. The same reserve is repeated until inventory has answered; a
// draft that is too old is REJECTED, and its release (by the order.rejected event) also undoes a reserve that
// happened unseen or comes late.
#pragma once

#include <optional>

#include "core/order/context.h"
#include "core/worker/due_worker.h"

namespace ordeal::order {

class Drafts {
 public:
  explicit Drafts(Context& context);

  void start() { worker_.start(); }
  // In the transaction that writes a DRAFT or finds one: somebody has to look at it by `due`.
  void expect(env::Tx& tx, Instant due) { tx.wake(worker_, due); }
  std::optional<Instant> run_due() { return worker_.run_due(); }

  // One reserve call and its consequence: the state the order is in then, DRAFT when nobody knows.
  OrderState advance(const OrderRow& draft, const std::vector<api::Line>& lines);

 private:
  std::optional<Instant> pass();
  OrderState settle(const OrderRow& draft, OrderState to);

  Context& context_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::order

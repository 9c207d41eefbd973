// Drafts: brings a DRAFT to UNPAID or REJECTED. Stock is asked for first, if it is taken when ordered (deduction.h), then the
// discounts, where there are any; each the same way until it was answered. A draft that is too old is REJECTED, and what it
// holds is given back (by the order.rejected event), also what was taken unseen or comes late.
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

  // One question for each and its consequence: the state the order is in then, DRAFT when nobody knows.
  OrderState advance(const OrderRow& draft, const std::vector<api::Line>& lines);

 private:
  std::optional<Instant> pass();
  Had stock(const OrderRow& draft, const std::vector<api::Line>& lines);
  Had discounts(const OrderRow& draft);
  OrderState settle(const OrderRow& draft, OrderState to, bool discount_gone = false);
  bool move(const OrderRow& draft, const Move& move, bool discount_gone);

  Context& context_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::order

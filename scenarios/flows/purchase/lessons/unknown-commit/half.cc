// It looks before it decides. If the order is PAID all is well; if it is not, the commit has surely failed, and the money goes
// back.
#include "core/order/context.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class LooksThenRefunds final : public order::MarkPaid {
 public:
  bool mark(order::Context& context, const order::OrderRow& seen,
            const api::PaymentCaptured& money) override {
    const order::Move move{
        .to = api::OrderState::paid, .at = context.env.clock.wall_now(), .paid_attempt = money.attempt};
    try {
      return context.move("order.paid", seen, move);
    } catch (const env::DatabaseError&) {  // it may have happened
    }
    return env::in_transaction(context.db, "order.refund", [&](env::Tx& tx) {
      if (order::find_order(tx, seen.id)->state == api::OrderState::paid) return true;
      context.designs.late_payment.take(tx, context.outlet, seen, money, api::RefundReason::late_payment);
      return true;
    });
  }
};

}  // namespace

std::unique_ptr<order::MarkPaid> make_failed_commit_mark() { return std::make_unique<LooksThenRefunds>(); }

}  // namespace ordeal::purchase::planted

// F-20: `try { markPaid(order); } catch (e) { refund(money); }`. An error out of a commit is taken for "it did not happen",
// and what came before is undone. But the commit may have happened, and only its answer was lost: then the order is PAID,
// its goods go out, and the money goes back (I-35).
//
// Whoever reads the order back before he decides is right; so is who does nothing, for payment tells of its money again.
#include "core/order/context.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class FailedCommitMark final : public order::MarkPaid {
 public:
  bool mark(order::Context& context, const order::OrderRow& seen,
            const api::PaymentCaptured& money) override {
    try {
      return context.move(
          "order.paid", seen,
          {.to = api::OrderState::paid, .at = context.env.clock.wall_now(), .paid_attempt = money.attempt});
    } catch (const env::DatabaseError&) {
      context.env.log.line([] { return std::string("the payment could not be booked: it goes back"); });
    }
    env::in_transaction(context.db, "order.refund", [&](env::Tx& tx) {
      context.designs.late_payment.take(tx, context.outlet, seen, money, api::RefundReason::late_payment);
    });
    return true;
  }
};

}  // namespace

std::unique_ptr<order::MarkPaid> make_failed_commit_mark() { return std::make_unique<FailedCommitMark>(); }

}  // namespace ordeal::purchase::planted

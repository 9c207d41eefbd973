// A commit without an answer is neither done nor undone: it is unknown. One look at the order tells which. If it is PAID by
// this money the commit has happened; if not, nothing has, and the caller tries again.
#include "core/order/context.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class LooksBeforeItDecides final : public order::MarkPaid {
 public:
  bool mark(order::Context& context, const order::OrderRow& seen,
            const api::PaymentCaptured& money) override {
    const order::Move move{
        .to = api::OrderState::paid, .at = context.env.clock.wall_now(), .paid_attempt = money.attempt};
    try {
      return context.move("order.paid", seen, move);
    } catch (const env::DatabaseError&) {  // it may have happened
    }
    const auto now = env::in_read(context.db, "order.read", [&](env::Connection& connection) {
      return order::find_order(connection, seen.id);
    });
    return now->state == api::OrderState::paid && now->paid_attempt == money.attempt;
  }
};

}  // namespace

std::unique_ptr<order::MarkPaid> make_failed_commit_mark() {
  return std::make_unique<LooksBeforeItDecides>();
}

}  // namespace ordeal::purchase::planted

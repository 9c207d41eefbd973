// F-86: `if (!order.hasPayed()) order.status = PAID`. A closed order has not been paid, so late money makes it PAID again; but its
// stock went back to the shelf when it was closed, and somebody else may have it (I-04, I-10). Seen in litemall: payNotify
// with OrderUtil.hasPayed.
#include "core/api/facts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr env::Sql kRevive{
    "update orders set state = ?, version = version + 1, paid_attempt = ? where id = ? and state = ?"};

class RevivingLatePayment final : public order::LatePayment {
 public:
  bool take(env::Tx& tx, outbox::Outlet& outlet, const order::OrderRow& order,
            const api::PaymentCaptured& money, api::RefundReason reason) override {
    using api::OrderState;
    if (order.state != OrderState::closed) return refund_->take(tx, outlet, order, money, reason);
    if (tx.exec(kRevive, OrderState::paid, money.attempt, order.id, OrderState::closed) == 0) return false;
    const std::int64_t version = order.version + 1;
    tx.fact(env::Message::of(
        api::facts::OrderMoved{order.id, order.state, OrderState::paid, version, *order.close_at}));
    outlet.publish(tx, api::OrderPaid{order.id, money.attempt, order.total, version, order.merchant});
    return true;
  }

 private:
  std::unique_ptr<order::LatePayment> refund_ = order::make_late_payment("refund");
};

}  // namespace

std::unique_ptr<order::LatePayment> make_reviving_late_payment() {
  return std::make_unique<RevivingLatePayment>();
}

}  // namespace ordeal::purchase::planted

#include "core/order/late_payment.h"

namespace ordeal::order {
namespace {

constexpr env::Sql kNote{
    "insert into late_payment(attempt, order_id, amount, reason) values(?, ?, ?, ?) on conflict do nothing"};

class Refund : public LatePayment {
 public:
  bool take(env::Tx& tx, outbox::Outlet& outlet, const OrderRow& order, const api::PaymentCaptured& money,
            api::RefundReason reason) override {
    if (tx.exec(kNote, money.attempt, order.id, money.amount.minor, reason) == 0) return false;
    outlet.publish(tx, api::RefundRequest{order.id, money.attempt, money.amount, reason});
    return true;
  }
};

}  // namespace

std::unique_ptr<LatePayment> make_late_payment(std::string_view name) {
  return name == "refund" ? std::make_unique<Refund>() : nullptr;
}

}  // namespace ordeal::order

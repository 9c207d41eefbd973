// Money that no order can use goes back. That it came is written down under the attempt's number, and the refund is asked
// for in the same transaction: both stand or neither, and however often the payment is told, the number is there once.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class SendItBack final : public order::LatePayment {
 public:
  bool take(env::Tx& tx, outbox::Outlet& outlet, const order::OrderRow& order,
            const api::PaymentCaptured& money, api::RefundReason reason) override {
    const bool first = tx.exec(kNote, money.attempt, order.id, money.amount.minor, reason) == 1;
    if (first) outlet.publish(tx, api::RefundRequest{order.id, money.attempt, money.amount, reason});
    return first;
  }

 private:
  static constexpr env::Sql kNote{
      "insert into late_payment(attempt, order_id, amount, reason) values(?, ?, ?, ?) "
      "on conflict do nothing"};
};

}  // namespace

std::unique_ptr<order::LatePayment> make_ignoring_late_payment() { return std::make_unique<SendItBack>(); }

}  // namespace ordeal::purchase::planted

// The money goes back, and only once: payments that were dealt with are remembered, so that one told again is not sent back
// again. They are remembered in the process.
#include <set>

#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class RemembersWhatItSentBack final : public order::LatePayment {
 public:
  bool take(env::Tx& tx, outbox::Outlet& outlet, const order::OrderRow& order,
            const api::PaymentCaptured& money, api::RefundReason reason) override {
    if (!seen_.insert(money.attempt).second) return false;  // told again
    outlet.publish(tx, api::RefundRequest{order.id, money.attempt, money.amount, reason});
    return true;
  }

 private:
  std::set<AttemptId> seen_;
};

}  // namespace

std::unique_ptr<order::LatePayment> make_ignoring_late_payment() {
  return std::make_unique<RemembersWhatItSentBack>();
}

}  // namespace ordeal::purchase::planted

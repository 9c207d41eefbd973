// F-18: a payment arrives, its order is not UNPAID any more, the handler finds nothing to do and
// acknowledges. The money stays and there is no order (I-35). Seen in mall: paySuccessByOrderSn finds no row
// with status 0, returns, the notify answers "success".
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class IgnoringLatePayment final : public order::LatePayment {
 public:
  bool take(env::Tx&, outbox::Outlet&, const order::OrderRow&, const api::PaymentCaptured&,
            api::RefundReason) override {
    return false;
  }
};

}  // namespace

std::unique_ptr<order::LatePayment> make_ignoring_late_payment() {
  return std::make_unique<IgnoringLatePayment>();
}

}  // namespace ordeal::purchase::planted

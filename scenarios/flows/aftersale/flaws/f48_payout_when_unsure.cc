// F-48: asks the refund API, and where that does not give the money back, a payout does, "the customer must not wait". The API had said
// nothing, or nothing yet: the refund was on its way, and the buyer is paid by both routes.
#include "scenarios/flows/aftersale/flaws/flaws.h"

namespace ordeal::aftersale::planted {
namespace {

class PayoutWhenUnsure final : public Router {
 public:
  api::BackRoute first(const Payment&, Instant) const override { return api::BackRoute::refund; }
  bool gives_up_the_api(const std::optional<api::GiveBackAnswer>& heard) const override {
    if (!heard || heard->state == api::GivenBack::not_found) return true;
    return closed_for_good(heard);
  }
};

}  // namespace

std::unique_ptr<Router> make_payout_when_unsure() { return std::make_unique<PayoutWhenUnsure>(); }

}  // namespace ordeal::aftersale::planted

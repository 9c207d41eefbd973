// F-16: a timeout is taken for a failure, and the charge is sent again under a new trade number. The channel
// had carried out the first one: the shopper is debited twice (I-32). The WeChat Pay manual warns of exactly
// this; jeepay and others do it.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr int kTries = 3;

class NewNumberPolicy final : public payment::AttemptPolicy {
 public:
  payment::Charge charge(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    payment::AttemptRow current = attempt;
    payment::Charge charge = desk.send(current);
    for (int i = 1; i < kTries && charge.status == api::StartStatus::pending; ++i) {
      current = desk.open_another(current);
      charge = desk.send(current);
    }
    return charge;
  }
};

}  // namespace

std::unique_ptr<payment::AttemptPolicy> make_new_number_policy() {
  return std::make_unique<NewNumberPolicy>();
}

}  // namespace ordeal::purchase::planted

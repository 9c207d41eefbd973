// F-23: `if (status != INIT) return "do not pay twice"; status = PAYING;` and then the channel is called. PAYING is meant to keep a second
// payment away, and nothing ever takes it back: whoever lost the answer, closed the page or asks on his other device is told to wait
// for a payment that nobody makes, until the order is closed (B19). The same number may be asked for its code as often as one likes.
#include <set>

#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class PayingOncePolicy final : public payment::AttemptPolicy {
 public:
  payment::Charge charge(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    if (!paying_.insert(attempt.id).second) return {api::StartStatus::pending, attempt.id, {}};
    return desk.send(attempt);
  }

 private:
  std::set<AttemptId> paying_;
};

}  // namespace

std::unique_ptr<payment::AttemptPolicy> make_paying_once_policy() {
  return std::make_unique<PayingOncePolicy>();
}

}  // namespace ordeal::purchase::planted

// No answer is not a no: the outcome is unknown, and unknown is a state. What is asked next is a question, under the number
// that was sent; only what the channel says ends the attempt. Until then it stays the only one of its order, and whoever
// looks after open attempts goes on asking.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using api::StartStatus;
using payment::Standing;

class SameNumber final : public payment::AttemptPolicy {
 public:
  payment::Charge charge(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    payment::Charge charge = desk.send(attempt);
    if (charge.status != StartStatus::pending) return charge;
    const Standing standing = desk.inquire(attempt);
    if (standing == Standing::captured) charge.status = StartStatus::captured;
    if (standing == Standing::closed) charge.status = StartStatus::declined;
    return charge;  // still pending: wait, under this number
  }
};

}  // namespace

std::unique_ptr<payment::AttemptPolicy> make_new_number_policy() { return std::make_unique<SameNumber>(); }

}  // namespace ordeal::purchase::planted

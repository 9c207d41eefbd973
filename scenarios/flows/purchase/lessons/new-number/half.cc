// After a timeout the channel is asked first. When it knows no such trade, nothing was charged, and a new number is safe.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using api::StartStatus;
using payment::Standing;

class NewNumberIfAbsent final : public payment::AttemptPolicy {
 public:
  payment::Charge charge(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    payment::Charge charge = desk.send(attempt);
    if (charge.status != StartStatus::pending) return charge;
    const Standing standing = desk.inquire(attempt);
    if (standing == Standing::absent) return desk.send(desk.open_another(attempt));
    if (standing == Standing::captured) charge.status = StartStatus::captured;
    if (standing == Standing::closed) charge.status = StartStatus::declined;
    return charge;
  }
};

}  // namespace

std::unique_ptr<payment::AttemptPolicy> make_new_number_policy() {
  return std::make_unique<NewNumberIfAbsent>();
}

}  // namespace ordeal::purchase::planted

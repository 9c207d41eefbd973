// F-26: stock is deducted when the money comes, and what the deduction says is not looked at: the money is there, so the order
// is paid. Two buyers pay for the last unit, one of them for nothing (I-16). Seen in mall, whose paySuccess throws after the
// money was taken.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class PaidAnywayDeduction final : public order::Deduction {
 public:
  order::Had when_ordered(const Take&) override { return order::Had::yes; }
  order::Had when_paid(const Take& take) override {
    take();
    return order::Had::yes;
  }
};

}  // namespace

std::unique_ptr<order::Deduction> make_paid_anyway_deduction() {
  return std::make_unique<PaidAnywayDeduction>();
}

}  // namespace ordeal::purchase::planted

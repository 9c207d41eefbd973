// The answer of the stock is the answer of the order. "Yes": it is paid. "No": the order is closed and the money goes back. Nothing
// heard: nothing decided; the money is told of again, and the stock is asked again, for the same order.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class PaidIfTaken final : public order::Deduction {
 public:
  order::Had when_ordered(const Take&) override { return order::Had::yes; }
  order::Had when_paid(const Take& take) override { return take(); }
};

}  // namespace

std::unique_ptr<order::Deduction> make_paid_anyway_deduction() { return std::make_unique<PaidIfTaken>(); }

}  // namespace ordeal::purchase::planted

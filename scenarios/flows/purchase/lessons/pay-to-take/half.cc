// The answer counts. When none comes it is asked again, three times in all; who has not said yes by then has said no.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr int kTries = 3;

class AsksThreeTimes final : public order::Deduction {
 public:
  order::Had when_ordered(const Take&) override { return order::Had::yes; }
  order::Had when_paid(const Take& take) override {
    for (int i = 0; i < kTries; ++i) {
      const order::Had had = take();
      if (had != order::Had::nobody_knows) return had;
    }
    return order::Had::no;
  }
};

}  // namespace

std::unique_ptr<order::Deduction> make_paid_anyway_deduction() { return std::make_unique<AsksThreeTimes>(); }

}  // namespace ordeal::purchase::planted

// F-63: a bank takes no transfer below zero, so the slip is cut off at zero and closed. On a day with more refunds than sales the merchant keeps
// what the buyers have back.
#include <algorithm>

#include "scenarios/flows/settlement/flaws/flaws.h"

namespace ordeal::settlement::planted {
namespace {

class NeverBelowZero final : public BelowZero {
 public:
  Outcome outcome(std::int64_t items, std::int64_t carry) const override {
    return {std::max<std::int64_t>(items + carry, 0), 0};
  }
};

}  // namespace

std::unique_ptr<BelowZero> make_never_below_zero() { return std::make_unique<NeverBelowZero>(); }

}  // namespace ordeal::settlement::planted

// The price is the one that is computed now, here. What the buyer was shown comes along for one purpose: if it is another, nobody has
// agreed to anything, and he is asked again.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class SamePriceOrNone final : public order::PriceCheck {
 public:
  std::optional<Money> agreed(Money now, Money shown) const override {
    return now == shown ? std::optional(now) : std::nullopt;
  }
};

}  // namespace

std::unique_ptr<order::PriceCheck> make_clients_price_check() { return std::make_unique<SamePriceOrNone>(); }

}  // namespace ordeal::purchase::planted

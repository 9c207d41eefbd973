// Nobody gets it for less than it costs. Who was shown more has agreed to pay more, and may.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class NotForLess final : public order::PriceCheck {
 public:
  std::optional<Money> agreed(Money now, Money shown) const override {
    return shown.minor < now.minor ? std::nullopt : std::optional(shown);
  }
};

}  // namespace

std::unique_ptr<order::PriceCheck> make_clients_price_check() { return std::make_unique<NotForLess>(); }

}  // namespace ordeal::purchase::planted

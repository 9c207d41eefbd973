#include "core/order/price_check.h"

namespace ordeal::order {
namespace {

class AsShown final : public PriceCheck {
 public:
  std::optional<Money> agreed(Money now, Money shown) const override {
    return now == shown ? std::optional(now) : std::nullopt;
  }
};

}  // namespace

std::unique_ptr<PriceCheck> make_price_check(std::string_view name) {
  return name == "as_shown" ? std::make_unique<AsShown>() : nullptr;
}

}  // namespace ordeal::order

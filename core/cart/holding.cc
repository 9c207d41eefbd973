#include "core/cart/holding.h"

namespace ordeal::cart {
namespace {

class ForATime final : public Holding {
 public:
  Instant until(Instant now) const override { return now + kHeldFor; }
};

}  // namespace

std::unique_ptr<Holding> make_holding(std::string_view name) {
  return name == "for_a_time" ? std::make_unique<ForATime>() : nullptr;
}

}  // namespace ordeal::cart

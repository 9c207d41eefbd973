#include "core/settlement/below_zero.h"

#include <algorithm>

namespace ordeal::settlement {
namespace {

class Carried final : public BelowZero {
 public:
  Outcome outcome(std::int64_t items, std::int64_t carry) const override {
    const std::int64_t sum = items + carry;
    return {std::max<std::int64_t>(sum, 0), std::min<std::int64_t>(sum, 0)};
  }
};

}  // namespace

std::unique_ptr<BelowZero> make_below_zero(std::string_view name) {
  if (name == "carried") return std::make_unique<Carried>();
  return nullptr;
}

}  // namespace ordeal::settlement

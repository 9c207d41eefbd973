// Seam order::PriceCheck: at which price an order is made.
//
// Contract: at the price of now if it is the one that the buyer was shown, else at none (I-20). F-41 breaks it: it takes
// the total that the client sends.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/base/money.h"

namespace ordeal::order {

class PriceCheck {
 public:
  virtual ~PriceCheck() = default;
  // What the order will cost; none: the buyer is to be asked again.
  virtual std::optional<Money> agreed(Money now, Money shown) const = 0;
};

// "as_shown"; null for an unknown name.
std::unique_ptr<PriceCheck> make_price_check(std::string_view name);

}  // namespace ordeal::order

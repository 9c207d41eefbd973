// Seam cart::Holding: how long a line keeps its units in stock, where stock is taken when it is put into a cart (A23).
//
// Contract: for a time that ends (I-15): whoever fills carts and buys nothing gives it all back. F-102 breaks it: as long as it lies there.
#pragma once

#include <memory>
#include <string_view>

#include "core/base/time.h"

namespace ordeal::cart {

// As long as an order waits for its money.
inline constexpr Duration kHeldFor{900'000'000'000};

class Holding {
 public:
  virtual ~Holding() = default;
  virtual Instant until(Instant now) const = 0;
};

// "for_a_time": kHeldFor; null for an unknown name.
std::unique_ptr<Holding> make_holding(std::string_view name);

}  // namespace ordeal::cart

// Rulebooks and baskets that RapidCheck draws: few shops and skus, amounts around the bounds of the rules, every kind of
// term, coupons held twice, groups in any order.
#pragma once

#include "tests/pricing/oracle.h"

namespace ordeal::pricing {

struct Drawn {
  Shopkeeping shops{};
  Basket basket{};

  Rulebook book() const;
};

// Within a RapidCheck property alone.
Drawn draw();

}  // namespace ordeal::pricing

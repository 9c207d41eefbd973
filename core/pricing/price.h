// The price of a basket under a rulebook: a pure function, without clock, database or chance. The order of the basket's
// lines and coupons does not matter; a basket that makes no sense is refused with a problem that does not depend on it
// either.
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/pricing/basket.h"
#include "core/pricing/quote.h"
#include "core/pricing/rulebook.h"

namespace ordeal::pricing {

Result<Quote, BasketProblem> price(const Basket& basket, const Rulebook& book);

// What the buyer saw and agreed to. A client that only adds up by itself (A36) has no digest.
struct Shown {
  Money total{};
  std::optional<std::uint64_t> digest{};
};

// 409: nothing is ordered, and the buyer is asked again with the price of now.
struct PriceChanged {
  Quote now{};
};

// The quote of now, if it is what the buyer saw: total and, where known, digest (I-20, F-41). Otherwise it is refused,
// also when it got cheaper: nothing is recomputed silently.
Result<Quote, PriceChanged> confirm(Quote now, const Shown& shown);

}  // namespace ordeal::pricing

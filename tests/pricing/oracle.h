// Prices once more, slowly, from the requirement alone (domain A36 to A39, I-21, I-22): every unit, step and minor unit is
// counted out, every choice is made by looking at all there is. Of core/pricing it knows the words, no function.
#pragma once

#include <vector>

#include "core/pricing/basket.h"
#include "core/pricing/rulebook.h"

namespace ordeal::pricing {

// What a rulebook is made of.
struct Shopkeeping {
  std::vector<Rule> rules{};
  std::vector<FreightTemplate> freight{};
  Stacking stacking{};
};

struct ToldLine {
  SkuId sku{};
  std::int64_t pay = 0, freight = 0, points = 0, promo_units = 0;

  bool operator==(const ToldLine&) const = default;
};

struct Told {
  std::vector<ToldLine> lines{};  // by shop, then sku
  std::vector<CouponId> used{};   // sorted
  std::int64_t total = 0;

  bool operator==(const Told&) const = default;
};

// Of baskets that make sense, with amounts small enough to be counted.
Told told(const Basket& basket, const Shopkeeping& shops);

}  // namespace ordeal::pricing

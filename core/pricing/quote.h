// A quote: what a basket costs, and why. It is what an order stores, per line, so that a later refund gives back what
// was paid, whatever the rules are by then (F-42, F-44).
//
//   gross = unit × units        pay = gross − Σ discounts ≥ 0        total = Σ pay + Σ freight        (I-21)
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/money.h"
#include "core/pricing/basket.h"
#include "core/pricing/rules.h"

namespace ordeal::pricing {

// What one rule took off one line. `coupon` is none where no coupon was used.
struct Discount {
  RuleId rule{};
  CouponId coupon{};
  Money off{};
  // Units at the price of a StockPrice: an order takes them from the counter of this rule, or the quote is void (I-23).
  std::int64_t promo_units = 0;

  bool operator==(const Discount&) const = default;
};

struct QuotedLine {
  SkuId sku{};
  MerchantId shop{};
  std::int64_t units = 0;
  Money unit{};                       // list price
  Money gross{};                      // unit × units
  std::vector<Discount> discounts{};  // in the order in which they were given
  Money pay{};
  Money freight{};          // the line's part of its shop's freight
  std::int64_t points = 0;  // the line's part of the points that are spent
  std::int64_t promo_units =
      0;  // units at the price of a StockPrice: taken from its counter, or the quote is void

  bool operator==(const QuotedLine&) const = default;
};

// A rule that was applied to a bundle: its discounts on lines add up to `off` (I-22).
struct Applied {
  RuleId rule{};
  Group group{};
  CouponId coupon{};
  std::vector<SkuId> lines{};  // the bundle
  Money basis{};               // what was still to pay of the bundle
  Money off{};
  std::int64_t points = 0;  // spent for it

  bool operator==(const Applied&) const = default;
};

struct ParcelFee {
  RuleId form{};
  MerchantId shop{};
  std::int64_t measure = 0;  // grams, pieces or cm³, as the template's row says
  Money fee{};

  bool operator==(const ParcelFee&) const = default;
};

struct Quote {
  std::int64_t rules_version = 0;
  std::vector<QuotedLine> lines{};  // by shop, then sku, each sku once
  std::vector<Applied> applied{};   // in the order in which they were given
  std::vector<ParcelFee> parcels{};
  std::vector<CouponId> unused{};  // coupons that gave nothing: an order must not lock them (I-24)
  Money goods{};                   // Σ pay
  Money freight{};
  Money total{};
  std::int64_t points = 0;  // that are spent
  // Of all that the buyer agrees to: lines with their discounts, freight, points, total. Two quotes with one digest ask the
  // same of the buyer; a new version of the rules, or a stock, that changes nothing for this basket changes no digest.
  std::uint64_t digest = 0;

  bool operator==(const Quote&) const = default;
  const QuotedLine* line(SkuId sku) const;
};

// See Quote::digest; what stands there is not looked at.
std::uint64_t digest_of(const Quote& quote);

}  // namespace ordeal::pricing

// What is priced: the lines that somebody wants to buy, and what counts of the buyer. All of it is a snapshot that the
// caller took, so that a price is a function of (rules, basket) and of nothing else (I-20).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"

namespace ordeal::pricing {

// A kind of goods; its variants are skus (C39: coupons go by SPU, stock by SKU).
struct SpuTag {
  static constexpr std::string_view prefix = "spu";
};
using SpuId = Id<SpuTag>;

// Bounds of a basket. With them no sum or product made here leaves 63 bits.
inline constexpr std::int64_t kMaxLines = 500;
inline constexpr std::int64_t kMaxUnits = 100'000;       // of a line
inline constexpr std::int64_t kMaxSize = 1'000'000'000;  // grams or cm³ of one unit
inline constexpr std::int64_t kMaxPoints = 1'000'000'000'000;

struct Line {
  SkuId sku{};
  SpuId spu{};
  MerchantId shop{};
  Money unit{};            // the list price of one unit, from the catalogue and never from the client (F-41)
  std::int64_t units = 1;  // 1 … kMaxUnits
  std::int64_t grams = 0;  // of one unit
  std::int64_t cm3 = 0;    // of one unit
  std::int64_t stock = 0;  // units left when the basket was put together; StockPrice asks

  bool operator==(const Line&) const = default;
};

// A coupon that the buyer wants to use, and the rule that it was issued under.
struct HeldCoupon {
  CouponId coupon{};
  RuleId rule{};

  bool operator==(const HeldCoupon&) const = default;
};

struct Basket {
  std::vector<Line> lines{};  // in any order; lines of one sku count as one (F-93)
  std::int64_t level = 0;     // of membership; 0 is no member
  std::int64_t points = 0;    // the most points that the buyer wants to spend
  std::vector<HeldCoupon> coupons{};
  // Where it goes: a hierarchical code such as that of GB/T 2260 ("440305": Guangdong, Shenzhen, Nanshan). None is self
  // pick-up (A21), which has no freight.
  std::optional<std::string> destination{};
};

// Every one is final: the same basket fails again for the same reason (I-36).
enum class BasketFault {
  empty,
  too_many_lines,
  units,          // not in 1 … kMaxUnits
  unit_price,     // negative, or more than a document may carry
  size,           // grams, cm³ or stock that cannot be
  currency,       // not that of the rulebook (I-30)
  contradiction,  // two lines of one sku that differ in more than their units
  points,         // not in 0 … kMaxPoints
  coupon_twice,
  coupon_unknown,  // no rule of the rulebook asks for coupons of this kind
  no_template,     // the shop does not say what freight it takes
  not_delivered,   // the shop's template has no row for the destination
  total,           // more than a document may carry
};

struct BasketProblem {
  BasketFault fault{};
  SkuId sku{};        // where one line is meant
  CouponId coupon{};  // where one coupon is meant
  MerchantId shop{};  // where one shop is meant

  bool operator==(const BasketProblem&) const = default;
  // What is wrong, where, and what was expected, as one line.
  std::string text() const;
};

}  // namespace ordeal::pricing

// The rows about prices and discounts, as audits see them. Read only where there are promotions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/promotion/holdings.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::purchase {

struct RestPriced {
  OrderId order;
  std::int64_t rules_version = 0;
  bool gone = false;
};

struct RestLinePrice {
  OrderId order;
  SkuId sku;
  std::int64_t pay = 0;
  std::int64_t points = 0;
};

struct RestDiscount {
  OrderId order;
  SkuId sku;
  RuleId rule;
  CouponId coupon;
  std::int64_t off = 0;
  std::int64_t units = 0;
};

struct RestCoupon {
  CouponId id;
  UserId user;
  RuleId rule;
  promotion::CouponState state{};
  OrderId order;  // none: unused
};

struct RestPoints {
  UserId user;
  std::int64_t available = 0;
  std::int64_t frozen = 0;
  std::int64_t spent = 0;
  std::int64_t granted = 0;
};

struct RestUnits {
  RuleId rule;
  std::int64_t available = 0;
  std::int64_t held = 0;
  std::int64_t used = 0;
  std::int64_t quota = 0;
};

struct RestHold {
  OrderId order;
  UserId user;
  std::int64_t points = 0;
  api::HoldState state{};
};

struct RestHoldUnits {
  OrderId order;
  RuleId rule;
  std::int64_t units = 0;
};

struct RestDiscounts {
  explicit RestDiscounts(const play::Rest& rest);

  const play::Rest& world;
  std::vector<RestPriced> prices;         // by order
  std::vector<RestLinePrice> lines;       // by (order, sku)
  std::vector<RestDiscount> discounts;    // by (order, sku, rule, coupon)
  std::vector<RestCoupon> coupons;        // by id
  std::vector<RestPoints> points;         // by user
  std::vector<RestUnits> units;           // by rule
  std::vector<RestHold> holds;            // by order
  std::vector<RestHoldUnits> hold_units;  // by (order, rule)

  const RestPriced* price(OrderId order) const;
  const RestHold* hold(OrderId order) const;
  std::span<const RestLinePrice> lines_of(OrderId order) const;
  std::span<const RestDiscount> discounts_of(OrderId order) const;
  std::span<const RestHoldUnits> units_of(OrderId order) const;
  // What the price of an order says that it uses.
  api::HoldDiscounts wanted_by(OrderId order) const;
  std::vector<CouponId> coupons_of(OrderId order) const;
};

}  // namespace ordeal::purchase

// What the promotion service hears. It owns what can be used up: coupons, points, and the units that are sold at a price of
// their own; what a discount is worth is not its business (core/pricing). RPC methods of service "promotion":
//
//   look               AskOffers → Offers         what of this buyer's, and of everybody's, is still there
//   hold               HoldDiscounts → HoldReply  idempotent by order: all or nothing
//   on_order_paid      OrderPaid → Ack            held → used, once (I-24)
//   on_order_closed    OrderClosed → Ack          held → given back, once; with nothing held a tombstone stays
//   on_order_rejected  OrderRejected → Ack        the same
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/api/order.h"

namespace ordeal::api {

struct AskOffers {
  UserId user{};
  std::vector<CouponId> coupons{};
  ORDEAL_MESSAGE(AskOffers, "promotion.Ask", user, coupons);
};

struct OwnCoupon {
  CouponId coupon{};
  RuleId rule{};  // that it was issued under

  bool operator==(const OwnCoupon&) const = default;
  ORDEAL_FIELDS(coupon, rule);
};

// Units at the price of a rule.
struct PromoUnits {
  RuleId rule{};
  std::int64_t units = 0;

  bool operator==(const PromoUnits&) const = default;
  ORDEAL_FIELDS(rule, units);
};

struct Offers {
  std::vector<OwnCoupon> coupons{};  // of those asked about: the buyer's own that nobody has used or holds
  std::int64_t points = 0;           // the buyer's, that can be spent
  std::vector<PromoUnits> units{};   // left of each rule that counts them
  ORDEAL_MESSAGE(Offers, "promotion.Offers", coupons, points, units);
};

enum class HoldState { held, used, returned };
constexpr auto names_of(HoldState) { return std::to_array<std::string_view>({"HELD", "USED", "RETURNED"}); }

struct HoldDiscounts {
  OrderId order{};
  UserId user{};
  std::vector<CouponId> coupons{};
  std::int64_t points = 0;
  std::vector<PromoUnits> units{};
  ORDEAL_MESSAGE(HoldDiscounts, "promotion.Hold", order, user, coupons, points, units);
};

// held     final: all of it is this order's, by this request or an earlier one
// gone     final for the order: one of it was not to be had; nothing is held
// refused  final: this order was given up before and gets nothing any more (anti-hanging, I-55)
enum class HoldStatus { held, gone, refused };
constexpr auto names_of(HoldStatus) { return std::to_array<std::string_view>({"held", "gone", "refused"}); }

struct HoldReply {
  HoldStatus status = HoldStatus::gone;
  ORDEAL_MESSAGE(HoldReply, "promotion.HoldReply", status);
};

}  // namespace ordeal::api

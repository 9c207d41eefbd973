#include "core/promotion/ender.h"

#include "core/promotion/holdings.h"

namespace ordeal::promotion {
namespace {

class ByOrder final : public Ender {
 public:
  std::optional<api::facts::DiscountsEnded> end(env::Tx& tx, OrderId order, api::HoldState as) override {
    const auto held = hold_of(tx, order);
    if (!held || !end_hold(tx, order, as)) return std::nullopt;
    api::facts::DiscountsEnded ended{order, as, coupons_of(tx, order), held->points, units_of(tx, order)};
    const bool used = as == api::HoldState::used;
    if (used) use_coupons(tx, order);
    if (used && held->points > 0) use_points(tx, held->user, held->points);
    for (const CouponId coupon : ended.coupons) {
      if (!used) put_back_coupon(tx, coupon, order);
    }
    if (!used && held->points > 0) put_back_points(tx, held->user, held->points);
    for (const api::PromoUnits& units : ended.units) used ? use_units(tx, units) : put_back_units(tx, units);
    return ended;
  }
};

}  // namespace

std::unique_ptr<Ender> make_ender(std::string_view name) {
  return name == "by_order" ? std::make_unique<ByOrder>() : nullptr;
}

}  // namespace ordeal::promotion

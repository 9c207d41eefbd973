// F-87: a closed order gives back the first coupon of that kind which its buyer has in use, not its own: `update(coupon_id,
// member_id, 0)` on `list.get(0)`. Who has two orders with two coupons of one kind can use one again that an order still
// holds, and the other never (I-24). Seen in mall.
#include "core/promotion/holdings.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using api::HoldState;

constexpr env::Sql kFirstOfKind{
    "select id, order_id from coupon where user_id = ?1 and rule = (select rule from coupon where id = ?2) "
    "and state = 1 order by id limit 1"};

class FirstOfKindEnder final : public promotion::Ender {
 public:
  std::optional<api::facts::DiscountsEnded> end(env::Tx& tx, OrderId order, HoldState as) override {
    const auto held = promotion::hold_of(tx, order);
    if (!held || !promotion::end_hold(tx, order, as)) return std::nullopt;
    api::facts::DiscountsEnded ended{order, as, promotion::coupons_of(tx, order), held->points,
                                     promotion::units_of(tx, order)};
    const bool used = as == HoldState::used;
    if (used) promotion::use_coupons(tx, order);
    for (CouponId& coupon : ended.coupons) {
      if (!used) coupon = give_back(tx, coupon, held->user);
    }
    if (held->points > 0)
      used ? promotion::use_points(tx, held->user, held->points)
           : promotion::put_back_points(tx, held->user, held->points);
    for (const api::PromoUnits& units : ended.units)
      used ? promotion::use_units(tx, units) : promotion::put_back_units(tx, units);
    return ended;
  }

 private:
  static CouponId give_back(env::Tx& tx, CouponId coupon, UserId user) {
    CouponId first;
    OrderId holder;
    {
      auto rows = tx.query(kFirstOfKind, user, coupon);
      if (!rows.next()) return coupon;
      first = rows.get<CouponId>(0);
      holder = rows.get<OrderId>(1);
    }
    promotion::put_back_coupon(tx, first, holder);
    return first;
  }
};

}  // namespace

std::unique_ptr<promotion::Ender> make_first_of_kind_ender() { return std::make_unique<FirstOfKindEnder>(); }

}  // namespace ordeal::purchase::planted

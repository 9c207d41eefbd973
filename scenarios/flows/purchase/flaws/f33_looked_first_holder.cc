// F-33: whether the coupon is unused was looked up when the order was priced, and now it is marked: `if (coupon.unused()) …
// coupon.setUsed(); save(coupon)`. Two orders of one buyer are priced side by side, and both have it (I-24). Seen in litemall,
// which sets USED without asking for UNUSED, and in the shops of the ACIDRain study.
#include "core/promotion/holdings.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr env::Sql kMark{"update coupon set state = 1, order_id = ?1 where id = ?2"};

class LookedFirstHolder final : public promotion::Holder {
 public:
  api::HoldStatus hold(env::Database& db, const api::HoldDiscounts& wanted) override {
    return env::in_transaction(db, "promotion.hold", [&](env::Tx& tx) {
      if (const auto earlier = promotion::earlier_answer(tx, wanted.order)) return *earlier;
      if (wanted.points > 0 && !promotion::take_points(tx, wanted.user, wanted.points))
        return api::HoldStatus::gone;
      std::size_t taken = 0;
      while (taken < wanted.units.size() && promotion::take_units(tx, wanted.units[taken])) ++taken;
      if (taken < wanted.units.size()) {
        while (taken-- > 0) promotion::put_back_units(tx, wanted.units[taken]);
        if (wanted.points > 0) promotion::put_back_points(tx, wanted.user, wanted.points);
        return api::HoldStatus::gone;
      }
      for (const CouponId coupon : wanted.coupons) tx.exec(kMark, wanted.order, coupon);
      promotion::hold(tx, wanted);
      return api::HoldStatus::held;
    });
  }
};

}  // namespace

std::unique_ptr<promotion::Holder> make_looked_first_holder() {
  return std::make_unique<LookedFirstHolder>();
}

}  // namespace ordeal::purchase::planted

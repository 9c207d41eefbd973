// F-43: how many units are left at the price was read when the order was priced, and now they are counted down: `if (promo.left
// >= n) price = promo.price; … promo.left -= n`. Two buyers read the last one, and both have it at the price (I-23).
#include "core/promotion/holdings.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr env::Sql kCountDown{
    "update promo_units set available = available - ?1, held = held + ?1 where rule = ?2"};

class ThresholdReadHolder final : public promotion::Holder {
 public:
  api::HoldStatus hold(env::Database& db, const api::HoldDiscounts& wanted) override {
    return env::in_transaction(db, "promotion.hold", [&](env::Tx& tx) {
      if (const auto earlier = promotion::earlier_answer(tx, wanted.order)) return *earlier;
      std::size_t coupons = 0;
      while (coupons < wanted.coupons.size() &&
             promotion::take_coupon(tx, wanted.coupons[coupons], wanted.user, wanted.order))
        ++coupons;
      const bool all = coupons == wanted.coupons.size() &&
                       (wanted.points == 0 || promotion::take_points(tx, wanted.user, wanted.points));
      if (!all) {
        while (coupons-- > 0) promotion::put_back_coupon(tx, wanted.coupons[coupons], wanted.order);
        return api::HoldStatus::gone;
      }
      for (const api::PromoUnits& units : wanted.units) tx.exec(kCountDown, units.units, units.rule);
      promotion::hold(tx, wanted);
      return api::HoldStatus::held;
    });
  }
};

}  // namespace

std::unique_ptr<promotion::Holder> make_threshold_read_holder() {
  return std::make_unique<ThresholdReadHolder>();
}

}  // namespace ordeal::purchase::planted

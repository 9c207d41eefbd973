// F-35: the points are taken in a step of their own, before it is written down for which order: `pointsService.deduct(user,
// n); … insert(order_discount)`. Whoever dies in between has taken them for nothing; asked again, it takes them once more
// (I-25).
#include "core/promotion/holdings.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class PointsFirstHolder final : public promotion::Holder {
 public:
  api::HoldStatus hold(env::Database& db, const api::HoldDiscounts& wanted) override {
    const auto earlier = env::in_read(db, "promotion.earlier", [&](env::Connection& connection) {
      return promotion::earlier_answer(connection, wanted.order);
    });
    if (earlier) return *earlier;
    const bool has_points = env::in_transaction(db, "promotion.points", [&](env::Tx& tx) {
      return wanted.points == 0 || promotion::take_points(tx, wanted.user, wanted.points);
    });
    if (!has_points) return api::HoldStatus::gone;
    api::HoldDiscounts rest = wanted;
    rest.points = 0;
    return env::in_transaction(db, "promotion.rest", [&](env::Tx& tx) {
      if (const auto answer = promotion::earlier_answer(tx, wanted.order)) return *answer;
      std::size_t coupons = 0;
      while (coupons < rest.coupons.size() &&
             promotion::take_coupon(tx, rest.coupons[coupons], wanted.user, wanted.order))
        ++coupons;
      std::size_t units = 0;
      while (coupons == rest.coupons.size() && units < rest.units.size() &&
             promotion::take_units(tx, rest.units[units]))
        ++units;
      if (coupons == rest.coupons.size() && units == rest.units.size()) {
        promotion::hold(tx, wanted);
        return api::HoldStatus::held;
      }
      while (units-- > 0) promotion::put_back_units(tx, rest.units[units]);
      while (coupons-- > 0) promotion::put_back_coupon(tx, rest.coupons[coupons], wanted.order);
      if (wanted.points > 0) promotion::put_back_points(tx, wanted.user, wanted.points);
      return api::HoldStatus::gone;
    });
  }
};

}  // namespace

std::unique_ptr<promotion::Holder> make_points_first_holder() {
  return std::make_unique<PointsFirstHolder>();
}

}  // namespace ordeal::purchase::planted

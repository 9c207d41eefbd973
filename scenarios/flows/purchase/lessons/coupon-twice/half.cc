// The conditional update, once for each thing that is wanted, and all of it given back if one is gone.
#include "core/promotion/holdings.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class TakesIfUnused final : public promotion::Holder {
 public:
  api::HoldStatus hold(env::Database& db, const api::HoldDiscounts& want) override {
    return env::in_transaction(db, "promotion.hold", [&](env::Tx& tx) {
      std::size_t c = 0;
      while (c < want.coupons.size() && promotion::take_coupon(tx, want.coupons[c], want.user, want.order))
        ++c;
      const bool points = c == want.coupons.size() &&
                          (want.points == 0 || promotion::take_points(tx, want.user, want.points));
      std::size_t u = 0;
      while (points && u < want.units.size() && promotion::take_units(tx, want.units[u])) ++u;
      if (points && u == want.units.size()) {
        promotion::hold(tx, want);
        return api::HoldStatus::held;
      }
      while (u-- > 0) promotion::put_back_units(tx, want.units[u]);
      if (points && want.points > 0) promotion::put_back_points(tx, want.user, want.points);
      while (c-- > 0) promotion::put_back_coupon(tx, want.coupons[c], want.order);
      return api::HoldStatus::gone;
    });
  }
};

}  // namespace

std::unique_ptr<promotion::Holder> make_looked_first_holder() { return std::make_unique<TakesIfUnused>(); }

}  // namespace ordeal::purchase::planted

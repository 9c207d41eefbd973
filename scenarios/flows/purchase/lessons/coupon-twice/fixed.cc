// Each thing is taken by a statement that asks and takes: `update coupon set state = HELD, order_id = ? where id = ? and state =
// UNUSED`. The second order finds no row to change. It takes all or nothing, within one transaction, with the row that says for whom.
#include "core/promotion/holdings.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class AllOrNothing final : public promotion::Holder {
 public:
  api::HoldStatus hold(env::Database& db, const api::HoldDiscounts& want) override {
    return env::in_transaction(db, "promotion.hold", [&](env::Tx& tx) {
      if (const auto earlier = promotion::earlier_answer(tx, want.order)) return *earlier;
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

std::unique_ptr<promotion::Holder> make_looked_first_holder() { return std::make_unique<AllOrNothing>(); }

}  // namespace ordeal::purchase::planted

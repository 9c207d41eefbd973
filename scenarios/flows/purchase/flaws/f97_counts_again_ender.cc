// F-97: what an order uses is counted each time its end is told, and news comes at least once: `usage_count += n` in a step
// that is tried again. What is left at the price shrinks by orders that never were (I-23). Seen in Spree, whose plan for it is a
// stored `is_voucher_usage_increased`.
#include "core/promotion/holdings.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using api::HoldState;

class CountsAgainEnder final : public promotion::Ender {
 public:
  std::optional<api::facts::DiscountsEnded> end(env::Tx& tx, OrderId order, HoldState as) override {
    const auto held = promotion::hold_of(tx, order);
    if (!held) return std::nullopt;
    const bool first = promotion::end_hold(tx, order, as);
    api::facts::DiscountsEnded ended{order, as, promotion::coupons_of(tx, order), held->points,
                                     promotion::units_of(tx, order)};
    const bool used = as == HoldState::used;
    for (const api::PromoUnits& units : ended.units)
      used ? promotion::use_units(tx, units) : promotion::put_back_units(tx, units);
    if (!first) {
      if (ended.units.empty()) return std::nullopt;
      return api::facts::DiscountsEnded{order, as, {}, 0, ended.units};
    }
    if (used) promotion::use_coupons(tx, order);
    for (const CouponId coupon : ended.coupons) {
      if (!used) promotion::put_back_coupon(tx, coupon, order);
    }
    if (held->points > 0)
      used ? promotion::use_points(tx, held->user, held->points)
           : promotion::put_back_points(tx, held->user, held->points);
    return ended;
  }
};

}  // namespace

std::unique_ptr<promotion::Ender> make_counts_again_ender() { return std::make_unique<CountsAgainEnder>(); }

}  // namespace ordeal::purchase::planted

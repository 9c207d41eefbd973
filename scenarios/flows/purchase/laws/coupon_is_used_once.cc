// I-24: a coupon is used by at most one order that is not given up, by whom it was issued to; what an order gives back is
// what it holds.
//
// Followed in facts; at rest the rows of the coupons are what became of them.
#include <algorithm>
#include <map>
#include <vector>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/promotions.h"

namespace ordeal::purchase {
namespace {

using api::HoldState;

class CouponIsUsedOnce {
 public:
  explicit CouponIsUsedOnce(const play::Scenario& scenario) : ordered_(scenario) {
    for (const Issued& issued : all_coupons(scenario)) issued_.emplace(issued.coupon, issued);
  }

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }

  void on(const api::facts::DiscountsHeld& held, const sim::Fact& fact, Findings& findings) {
    for (const CouponId coupon : held.coupons) {
      const auto [standing, fresh] = standing_.try_emplace(coupon, Standing{held.order, false, fact.at_ns});
      if (!fresh)
        tell("one coupon is used by two orders", coupon, standing->second, held.order, fact, findings);
      const auto issued = issued_.find(coupon);
      if (issued == issued_.end() || issued->second.user != held.user)
        findings.add(unsafe(kCouponIsUsedOnce, fact.at_ns,
                            "a coupon is used by somebody it was not issued to",
                            ordered_.of(held.order) + Evidence{{"coupon", text(coupon)}}));
    }
  }

  void on(const api::facts::DiscountsEnded& ended, const sim::Fact& fact, Findings& findings) {
    for (const CouponId coupon : ended.coupons) {
      const auto standing = standing_.find(coupon);
      if (standing == standing_.end() || standing->second.order != ended.order || standing->second.used) {
        Evidence evidence = ordered_.of(ended.order);
        evidence.emplace_back("coupon", text(coupon));
        evidence.emplace_back("held by",
                              standing == standing_.end() ? "nobody" : standing->second.order.text());
        findings.add(unsafe(kCouponIsUsedOnce, fact.at_ns,
                            "an order used or gave back a coupon that it does not hold",
                            std::move(evidence)));
        continue;
      }
      if (ended.as == HoldState::returned)
        standing_.erase(standing);
      else
        standing->second.used = true;
    }
    for (const auto& [coupon, standing] : standing_) {
      if (standing.order == ended.order && !standing.used)
        findings.add(unsafe(kCouponIsUsedOnce, fact.at_ns, "an order ended and its coupon stays held",
                            ordered_.of(ended.order) + Evidence{{"coupon", text(coupon)}}));
    }
  }

  void check(const RestDiscounts& rest, Findings& findings) const {
    using promotion::CouponState;
    for (const RestCoupon& row : rest.coupons) {
      const auto standing = standing_.find(row.id);
      const bool mine = standing != standing_.end();
      const CouponState state = !mine                   ? CouponState::unused
                                : standing->second.used ? CouponState::used
                                                        : CouponState::held;
      const auto issued = issued_.find(row.id);
      const bool as_issued =
          issued != issued_.end() && issued->second.user == row.user && issued->second.rule == row.rule;
      if (as_issued && row.state == state && row.order == (mine ? standing->second.order : OrderId{}))
        continue;
      findings.add(unsafe(kCouponIsUsedOnce, rest.world.now_ns, "a coupon's row is not what became of it",
                          Evidence{{"coupon", text(row.id)},
                                   {"row", std::string(wire::name_of(row.state))},
                                   {"should be", std::string(wire::name_of(state))}}));
    }
    if (!rest.coupons.empty() && rest.coupons.size() != issued_.size())
      findings.add(unsafe(kCouponIsUsedOnce, rest.world.now_ns, "there are other coupons than were issued",
                          Evidence{{"there are", std::to_string(rest.coupons.size())},
                                   {"issued", std::to_string(issued_.size())}}));
  }

 private:
  struct Standing {
    OrderId order;
    bool used = false;
    std::int64_t at_ns = 0;  // since when
  };

  // "shopper-3's \"5 off\" no. 2"
  std::string text(CouponId coupon) const {
    const auto issued = issued_.find(coupon);
    if (issued == issued_.end()) return coupon.text();
    return user_text(ordered_.scenario(), issued->second.user) + "'s " +
           name_of(issued->second, ordered_.scenario().setting<PromotionsSpec>());
  }
  void tell(std::string message, CouponId coupon, const Standing& first, OrderId second,
            const sim::Fact& fact, Findings& findings) const {
    findings.add(unsafe(kCouponIsUsedOnce, fact.at_ns, std::move(message),
                        Evidence{{"coupon", text(coupon)},
                                 {"first", first.order.text() + " at " + when(first.at_ns)},
                                 {"order", second.text()},
                                 {"buyer", ordered_.buyer(second)}}));
  }

  Ordered ordered_;
  std::map<CouponId, Issued> issued_;
  std::map<CouponId, Standing> standing_;  // held or used
};

}  // namespace

void watch_coupon_is_used_once(const play::Watching& parts) {
  namespace f = api::facts;
  const auto monitor = std::make_shared<CouponIsUsedOnce>(parts.scenario);
  parts.monitors.add<f::OrderPlaced, f::DiscountsHeld, f::DiscountsEnded>(monitor);
  parts.audit.add<RestDiscounts>(
      kCouponIsUsedOnce, {"promotion"},
      [monitor](const RestDiscounts& rest, Findings& findings) { monitor->check(rest, findings); });
}

}  // namespace ordeal::purchase

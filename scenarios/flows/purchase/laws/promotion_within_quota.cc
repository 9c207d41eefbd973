// I-23: no more units are sold at the price of a rule than the rule has, and each of them was counted.
//
// Units that an order holds or has used are counted from facts; at rest the counters are what the holds come to.
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

class PromotionWithinQuota {
 public:
  explicit PromotionWithinQuota(const play::Scenario& scenario)
      : ordered_(scenario), promotions_(scenario.setting<PromotionsSpec>()) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }
  void on(const api::facts::DiscountsHeld& held, const sim::Fact& fact, Findings& findings) {
    for (const api::PromoUnits& units : held.units) {
      const PromotionSpec* rule = promotion_of(units.rule, promotions_);
      const std::int64_t quota = rule == nullptr ? 0 : quota_of(*rule, ordered_.scenario());
      Taken& taken = taken_[units.rule];
      taken.units += units.units;
      taken.by.push_back({held.order, units.units, fact.at_ns});
      if (taken.units <= quota) continue;
      Evidence evidence{{"rule", rule == nullptr ? "none" : rule->name},
                        {"taken", std::to_string(taken.units)},
                        {"quota", std::to_string(quota)}};
      for (const Share& share : taken.by)
        evidence.emplace_back(ordered_.buyer(share.order), std::to_string(share.units) + " at " +
                                                               when(share.at_ns) + ", " + share.order.text());
      findings.add(unsafe(kPromotionWithinQuota, fact.at_ns,
                          "more units are sold at a price than there are at it", std::move(evidence)),
                   taken.units - quota);
    }
  }
  void on(const api::facts::DiscountsEnded& ended, const sim::Fact& fact, Findings& findings) {
    for (const api::PromoUnits& units : ended.units) {
      Taken& taken = taken_[units.rule];
      const auto share = std::find_if(taken.by.begin(), taken.by.end(),
                                      [&](const Share& one) { return one.order == ended.order; });
      if (share == taken.by.end() || share->used) {
        const PromotionSpec* rule = promotion_of(units.rule, promotions_);
        findings.add(
            unsafe(kPromotionWithinQuota, fact.at_ns,
                   "units at a price are counted again for an order that has ended",
                   ordered_.of(ended.order) + Evidence{{"rule", rule == nullptr ? "none" : rule->name},
                                                       {"units", std::to_string(units.units)}}));
        continue;
      }
      share->used = ended.as == HoldState::used;
      if (share->used) continue;
      taken.units -= share->units;
      taken.by.erase(share);
    }
  }

 private:
  struct Share {
    OrderId order;
    std::int64_t units = 0;
    std::int64_t at_ns = 0;
    bool used = false;
  };
  struct Taken {
    std::int64_t units = 0;
    std::vector<Share> by;  // who has them, in time
  };

  Ordered ordered_;
  const PromotionsSpec& promotions_;
  std::map<RuleId, Taken> taken_;
};

void check_counters(const RestDiscounts& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  for (const RestUnits& row : rest.units) {
    std::int64_t held = 0;
    std::int64_t used = 0;
    for (const RestHoldUnits& units : rest.hold_units) {
      const RestHold* hold = units.rule == row.rule ? rest.hold(units.order) : nullptr;
      if (hold == nullptr) continue;
      held += hold->state == HoldState::held ? units.units : 0;
      used += hold->state == HoldState::used ? units.units : 0;
    }
    const PromotionSpec* rule = promotion_of(row.rule, scenario.setting<PromotionsSpec>());
    const std::int64_t quota = rule == nullptr ? 0 : quota_of(*rule, scenario);
    const std::int64_t left = quota - held - used;
    if (row.held == held && row.used == used && row.available == left && row.quota == quota) continue;
    findings.add(unsafe(kPromotionWithinQuota, rest.world.now_ns,
                        "the counters of units at a price are not what orders hold and used",
                        Evidence{{"rule", rule == nullptr ? "none" : rule->name},
                                 {"quota", against(row.quota, quota)},
                                 {"available", against(row.available, left)},
                                 {"held", against(row.held, held)},
                                 {"used", against(row.used, used)}}));
  }
}

}  // namespace

void watch_promotion_within_quota(const play::Watching& parts) {
  namespace f = api::facts;
  parts.monitors.add<f::OrderPlaced, f::DiscountsHeld, f::DiscountsEnded>(
      std::make_shared<PromotionWithinQuota>(parts.scenario));
  parts.audit.add<RestDiscounts>(kPromotionWithinQuota, {"promotion"}, &check_counters);
}

}  // namespace ordeal::purchase

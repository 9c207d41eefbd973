// I-25: the points of a buyer that are free, frozen and spent are together what he was given; what is frozen or spent is so
// for an order; none of it is below zero, at any moment.
#include <map>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/promotions.h"

namespace ordeal::purchase {
namespace {

using api::HoldState;

// At each moment what a buyer's orders hold and spent is at most what he was given.
class WithinWhatWasGiven {
 public:
  explicit WithinWhatWasGiven(const play::Scenario& scenario)
      : scenario_(scenario), granted_(points_each(scenario.setting<PromotionsSpec>())) {}

  void on(const api::facts::DiscountsHeld& held, const sim::Fact& fact, Findings& findings) {
    users_.try_emplace(held.order, held.user);
    const std::int64_t taken = taken_[held.user] += held.points;
    if (taken <= granted_) return;
    findings.add(unsafe(kPointsAddUp, fact.at_ns, "a buyer's orders use more points than he has",
                        Evidence{{"order", held.order.text()},
                                 {"buyer", user_text(scenario_, held.user)},
                                 {"taken", std::to_string(taken)},
                                 {"granted", std::to_string(granted_)}}),
                 taken - granted_);
  }
  void on(const api::facts::DiscountsEnded& ended, const sim::Fact&, Findings&) {
    const auto user = users_.find(ended.order);
    if (ended.as == HoldState::returned && user != users_.end()) taken_[user->second] -= ended.points;
  }

 private:
  const play::Scenario& scenario_;
  const std::int64_t granted_;
  std::map<OrderId, UserId> users_;
  std::map<UserId, std::int64_t> taken_;
};

void check_points(const RestDiscounts& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  const std::int64_t granted = points_each(scenario.setting<PromotionsSpec>());
  for (const RestPoints& row : rest.points) {
    std::int64_t frozen = 0;
    std::int64_t spent = 0;
    for (const RestHold& hold : rest.holds) {
      if (hold.user != row.user) continue;
      frozen += hold.state == HoldState::held ? hold.points : 0;
      spent += hold.state == HoldState::used ? hold.points : 0;
    }
    const std::int64_t left = granted - frozen - spent;
    const bool is_so =
        row.granted == granted && row.frozen == frozen && row.spent == spent && row.available == left;
    if (is_so && left >= 0) continue;
    findings.add(unsafe(kPointsAddUp, rest.world.now_ns,
                        "a buyer's points are not what his orders hold and spent",
                        Evidence{{"buyer", user_text(scenario, row.user)},
                                 {"granted", against(row.granted, granted)},
                                 {"available", against(row.available, left)},
                                 {"frozen", against(row.frozen, frozen)},
                                 {"spent", against(row.spent, spent)}}));
  }
}

}  // namespace

void watch_points_add_up(const play::Watching& parts) {
  namespace f = api::facts;
  parts.monitors.add<f::DiscountsHeld, f::DiscountsEnded>(
      std::make_shared<WithinWhatWasGiven>(parts.scenario));
  parts.audit.add<RestDiscounts>(kPointsAddUp, {"promotion"}, &check_points);
}

}  // namespace ordeal::purchase

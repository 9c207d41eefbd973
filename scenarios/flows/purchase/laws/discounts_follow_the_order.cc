// I-12 for discounts: at rest an order that stands has just the coupons, points and units that its price says, and nothing
// is held for one that does not.
//
// What is still on its way, before the world has settled, is no breach. And no order is refused for discounts that it held: a
// silence is no answer. Whoever had held them for less than a second may have heard of a question before.
#include <algorithm>
#include <map>
#include <memory>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"

namespace ordeal::purchase {
namespace {

using api::HoldState;
using api::OrderState;

constexpr std::int64_t kMayHaveCrossed = 900'000'000;

// When each order held its discounts, and when it was refused.
class Refusals {
 public:
  void on(const api::facts::DiscountsHeld& held, const sim::Fact& fact, Findings&) {
    held_.try_emplace(held.order, fact.at_ns);
  }
  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings&) {
    if (moved.to == OrderState::rejected) refused_.try_emplace(moved.order, fact.at_ns);
  }
  void check(const RestRows& rest, Findings& findings) const {
    const RestDiscounts& discounts = rest.world.rows<RestDiscounts>();
    for (const RestPriced& price : discounts.prices) {
      const auto held = held_.find(price.order);
      const auto refused = refused_.find(price.order);
      if (!price.gone || held == held_.end() || refused == refused_.end()) continue;
      if (refused->second - held->second < kMayHaveCrossed) continue;
      findings.add(unsafe(kDiscountsFollowTheOrder, refused->second,
                          "an order was refused for discounts that it held",
                          rest.about(price.order) + Evidence{{"held at", when(held->second)}}));
    }
  }

 private:
  std::map<OrderId, std::int64_t> held_;
  std::map<OrderId, std::int64_t> refused_;
};

std::string text(const api::HoldDiscounts& what) {
  std::int64_t units = 0;
  for (const api::PromoUnits& one : what.units) units += one.units;
  return std::to_string(what.coupons.size()) + " coupons, " + std::to_string(what.points) + " points, " +
         std::to_string(units) + " units";
}

api::HoldDiscounts held_by(const RestDiscounts& discounts, OrderId order) {
  api::HoldDiscounts held;
  held.order = order;
  const RestHold* hold = discounts.hold(order);
  if (hold == nullptr || hold->state == HoldState::returned) return held;
  held.coupons = discounts.coupons_of(order);
  held.points = hold->points;
  for (const RestHoldUnits& units : discounts.units_of(order))
    held.units.push_back({units.rule, units.units});
  return held;
}

bool same(const api::HoldDiscounts& a, const api::HoldDiscounts& b) {
  return a.coupons == b.coupons && a.points == b.points && a.units == b.units;
}

void check_order(const RestRows& rest, const RestDiscounts& discounts, const RestOrder& order,
                 Findings& findings) {
  const bool stands = order.state == OrderState::unpaid || order.state == OrderState::paid;
  const api::HoldDiscounts held = held_by(discounts, order.id);
  api::HoldDiscounts wanted = discounts.wanted_by(order.id);
  const RestHold* hold = discounts.hold(order.id);
  const auto differ = [&](std::string message) {
    findings.add(
        unsafe(kDiscountsFollowTheOrder, rest.world.now_ns, std::move(message),
               rest.about(order.id) +
                   Evidence{{"its price says", text(wanted)},
                            {"held", text(held)},
                            {"as", hold == nullptr ? "nothing" : std::string(wire::name_of(hold->state))},
                            {"for", hold == nullptr ? "nobody" : hold->user.text()}}));
  };
  if (stands && !same(held, wanted)) return differ("an order that stands does not have its discounts");
  if (hold == nullptr) return;
  if (hold->state != HoldState::returned && hold->user != order.user)
    return differ("the discounts of an order are another buyer's");
  if (!rest.world.settled || order.state == OrderState::draft) return;
  const HoldState expected = order.state == OrderState::paid     ? HoldState::used
                             : order.state == OrderState::unpaid ? HoldState::held
                                                                 : HoldState::returned;
  if (hold->state != expected) differ("discounts are held, used or free as their order is not");
}

void check(const RestRows& rest, Findings& findings) {
  const RestDiscounts& discounts = rest.world.rows<RestDiscounts>();
  if (discounts.prices.empty() && discounts.holds.empty()) return;
  for (const RestOrder& order : rest.orders) check_order(rest, discounts, order, findings);
  for (const RestHold& hold : discounts.holds) {
    if (rest.order(hold.order) == nullptr)
      findings.add(unsafe(kDiscountsFollowTheOrder, rest.world.now_ns,
                          "discounts are held for an order that does not exist",
                          {{"order", hold.order.text()}}));
  }
}

}  // namespace

void watch_discounts_follow_the_order(const play::Watching& parts) {
  const auto refusals = std::make_shared<Refusals>();
  parts.monitors.add<api::facts::DiscountsHeld, api::facts::OrderMoved>(refusals);
  parts.audit.add<RestRows>(kDiscountsFollowTheOrder, {"order", "promotion"},
                            [refusals](const RestRows& rest, Findings& findings) {
                              check(rest, findings);
                              refusals->check(rest, findings);
                            });
}

}  // namespace ordeal::purchase

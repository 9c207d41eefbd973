// I-15, of stock that lies in carts (A23): what a cart holds it holds for a time. When that is over, or the line has left, others can have
// it; so who fills carts and buys nothing gives everything back. And as long as it holds it is the owner's: who orders in time what his
// cart holds is not refused. A hold is of what its line is of, to the unit.
//
// Followed in facts: a hold is a reservation under an id of its own (core/api/cart_stock.h).
#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "core/api/cart_stock.h"
#include "core/api/facts.h"
#include "core/cart/holding.h"
#include "core/order/context.h"
#include "scenarios/flows/purchase/laws/cart_lines.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"

namespace ordeal::purchase {
namespace {

// A worker looks at the clock as soon as it is time, an unlucky one some seconds later; where machines failed, when it is up again.
constexpr Duration kSoon{10'000'000'000};

class Holds {
 public:
  explicit Holds(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::LinePut& put, const sim::Fact&, Findings&) {
    const OrderId hold = api::cart_hold(put.owner, put.line.version);
    owners_[hold] = put.owner;
    lines_.try_emplace(hold, put.line);
  }
  void on(const api::facts::LineLeft& left, const sim::Fact& fact, Findings&) {
    left_ns_.try_emplace(api::cart_hold(left.owner, left.line.version), fact.at_ns);
  }
  void on(const api::facts::StockReserved& reserved, const sim::Fact& fact, Findings&) {
    if (api::is_cart_hold(reserved.order)) holds_[reserved.order] = {reserved.sku, reserved.qty, fact.at_ns};
  }
  void on(const api::facts::StockReleased& released, const sim::Fact& fact, Findings&) {
    if (const auto hold = holds_.find(released.order); hold != holds_.end())
      hold->second.ended_ns = fact.at_ns;
  }
  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings&) {
    if (moved.to == api::OrderState::rejected)
      refused_.emplace(moved.order, Refused{fact.at_ns, moved.at_wall});
  }

  void check(const RestRows& rest, Findings& findings) const {
    for (const auto& [id, hold] : holds_) {
      const std::int64_t ended_ns = hold.ended_ns < 0 ? rest.world.now_ns : hold.ended_ns;
      const bool in_time = ended_ns - hold.since_ns <= cart::kHeldFor.ns + kSoon.ns;
      const auto left = left_ns_.find(id);
      const bool is_over =
          left != left_ns_.end() && ended_ns > std::max(left->second, hold.since_ns) + kSoon.ns;
      if (rest.world.machines_ran() && !in_time)
        findings.add(late(id, hold, ended_ns, "a cart held stock for longer than its time"));
      else if (rest.world.machines_ran() && is_over)
        findings.add(late(id, hold, ended_ns, "a line left its cart, and its stock stayed held"));
      else if (rest.world.settled && hold.ended_ns < 0)
        findings.add(late(id, hold, ended_ns, "a cart holds stock for ever"));
    }
    if (rest.world.machines_ran()) check_refused(rest, findings);
    check_amounts(findings);
  }

 private:
  struct Hold {
    SkuId sku;
    std::int64_t qty = 0;
    std::int64_t since_ns = 0;
    std::int64_t ended_ns = -1;
  };

  struct Refused {
    std::int64_t at_ns;
    Instant at_wall;
  };

  std::string owner_of(OrderId hold) const {
    const auto found = owners_.find(hold);
    return found == owners_.end() ? "nobody" : user_text(scenario_, found->second);
  }

  sim::Finding late(OrderId id, const Hold& hold, std::int64_t at_ns, std::string message) const {
    return not_live(kCartHoldsEnd, at_ns, std::move(message),
                    {{"owner", owner_of(id)},
                     {"goods", std::to_string(hold.qty) + " " + sku_text(scenario_, hold.sku)},
                     {"held for", how_long(at_ns - hold.since_ns)},
                     {"its time", how_long(cart::kHeldFor.ns)}});
  }

  void check_amounts(Findings& findings) const {
    for (const auto& [id, hold] : holds_) {
      const auto line = lines_.find(id);
      if (line == lines_.end() || (line->second.sku == hold.sku && line->second.qty == hold.qty)) continue;
      findings.add(
          unsafe(kCartHoldsEnd, hold.since_ns, "a cart holds something else than lies in it",
                 {{"owner", owner_of(id)},
                  {"goods", std::to_string(hold.qty) + " " + sku_text(scenario_, hold.sku)},
                  {"line", std::to_string(line->second.qty) + " " + sku_text(scenario_, line->second.sku)}}));
    }
  }

  // Of an order that its cart held all of until it was refused; unless it had been a draft for as long as one may be, or its discounts
  // were gone.
  void check_refused(const RestRows& rest, Findings& findings) const {
    const Duration life = rest.world.knobs.duration("order.draft_life", order::Config{}.draft_life);
    for (const auto& [id, refused] : refused_) {
      const RestOrder* order = rest.order(id);
      if (order == nullptr || refused.at_wall - order->created_at >= life) continue;
      const RestPriced* price = rest.world.rows<RestDiscounts>().price(id);
      if ((price == nullptr || !price->gone) && was_held(rest.world.rows<RestCarts>(), id, refused.at_ns))
        findings.add(unsafe(kCartHoldsEnd, refused.at_ns, "an order was refused whose goods its cart held",
                            rest.about(id)));
    }
  }

  bool was_held(const RestCarts& carts, OrderId order, std::int64_t at_ns) const {
    bool all = false;
    for (const RestOrderedLine& row : carts.ordered) {
      if (row.order != order) continue;
      const auto hold = holds_.find(api::cart_hold(row.user, row.line.version));
      all = hold != holds_.end() && hold->second.since_ns < at_ns &&
            (hold->second.ended_ns < 0 || hold->second.ended_ns > at_ns);
      if (!all) return false;
    }
    return all;
  }

  const play::Scenario& scenario_;
  std::map<OrderId, Hold> holds_;
  std::map<OrderId, UserId> owners_;
  std::map<OrderId, api::CartLine> lines_;
  std::map<OrderId, std::int64_t> left_ns_;  // when its line left
  std::map<OrderId, Refused> refused_;
};

}  // namespace

void watch_cart_holds_end(const play::Watching& parts) {
  const auto holds = std::make_shared<Holds>(parts.scenario);
  parts.monitors.add<api::facts::LinePut, api::facts::LineLeft, api::facts::StockReserved,
                     api::facts::StockReleased, api::facts::OrderMoved>(holds);
  parts.audit.add<RestRows>(
      kCartHoldsEnd, {"order", "inventory", "cart"},
      [holds](const RestRows& rest, Findings& findings) { holds->check(rest, findings); });
}

}  // namespace ordeal::purchase

// How laws put what happened to an order into words: who ordered, what it is called, moves, states, amounts. These build
// text, so they are called only once there is a breach; none of them fails.
#pragma once

#include <cstdint>
#include <string>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "core/base/money.h"
#include "scenarios/play/laws/findings.h"
#include "scenarios/play/scenario.h"

namespace ordeal::purchase {

using play::Evidence;
using play::Findings;
using play::how_long;
using play::not_live;
using play::unsafe;
using play::when;

// "tea", as the scenario's catalogue has it; "sku-0000000009" of what is not in it.
std::string sku_text(const play::Scenario& scenario, SkuId sku);
// "shopper-3", as the scenario's workloads have it; "usr-0000000009" of nobody there.
std::string user_text(const play::Scenario& scenario, UserId user);

// Who ordered what, for monitors whose own facts name an order alone. A monitor that has one hands it the placed orders.
class Ordered {
 public:
  explicit Ordered(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::OrderPlaced& placed) {
    orders_.try_emplace(placed.order, Placed{placed.user, placed.total});
  }
  const play::Scenario& scenario() const { return scenario_; }
  // "shopper-3"; "nobody known" of an order that was never placed.
  std::string buyer(OrderId order) const;
  // {"order", id}, {"buyer", name}, {"total", amount}
  Evidence of(OrderId order) const;

 private:
  struct Placed {
    UserId user;
    Money total;
  };

  const play::Scenario& scenario_;
  tsl::robin_map<OrderId, Placed> orders_;
};
// The rows of `more` after those of `first`.
Evidence operator+(Evidence first, Evidence more);

// "UNPAID → PAID, version 3, at +00:00:12.000000".
std::string move_text(api::OrderState from, api::OrderState to, std::int64_t version, std::int64_t at_ns);
std::string state_text(api::OrderState state);
// What a counter says, and what it should say: "5, should be 6".
std::string against(std::int64_t counter, std::int64_t sum);
// Minor units as an amount of a currency.
std::string amount_text(std::int64_t minor, Currency currency);

}  // namespace ordeal::purchase

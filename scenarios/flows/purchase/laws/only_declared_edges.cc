// I-03: orders move along the edges of core/order/state.h only, from the state they are in, and final states
// are final; from its draft an order is PAID only if it costs nothing. (Reservations have two edges, held →
// consumed and held → released: I-14 watches them.)
#include <tsl/robin_map.h>
#include <tsl/robin_set.h>

#include "core/api/facts.h"
#include "core/order/state.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

class OnlyDeclaredEdges {
 public:
  explicit OnlyDeclaredEdges(const play::Scenario& scenario) : ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) {
    ordered_.on(placed);
    states_.try_emplace(placed.order, api::OrderState::draft);
    if (placed.total.minor == 0) of_nothing_.insert(placed.order);
  }

  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings& findings) {
    const auto known = states_.find(moved.order);
    if (known == states_.end()) {
      tell("an order moves that was never placed", "none", moved, fact, findings);
      states_.emplace(moved.order, moved.to);
      return;
    }
    const api::OrderState state = known->second;
    if (order::is_terminal(state)) {
      tell("an order leaves its final state", state_text(state), moved, fact, findings);
    } else if (moved.from != state) {
      tell("an order moves from a state that it is not in", state_text(state), moved, fact, findings);
    } else if (!is_declared(moved)) {
      tell("an order moves along an edge that is not declared", state_text(state), moved, fact, findings);
    }
    known.value() = moved.to;
  }

 private:
  bool is_declared(const api::facts::OrderMoved& moved) const {
    const bool at_once = moved.from == api::OrderState::draft && moved.to == api::OrderState::paid;
    return order::allowed(moved.from, moved.to) && (!at_once || of_nothing_.contains(moved.order));
  }

  void tell(std::string message, std::string state, const api::facts::OrderMoved& moved,
            const sim::Fact& fact, Findings& findings) const {
    findings.add(unsafe(kOnlyDeclaredEdges, fact.at_ns, std::move(message),
                        ordered_.of(moved.order) +
                            Evidence{{"its state", std::move(state)},
                                     {"move", move_text(moved.from, moved.to, moved.version, fact.at_ns)}}));
  }

  Ordered ordered_;
  tsl::robin_map<OrderId, api::OrderState> states_;
  tsl::robin_set<OrderId> of_nothing_;
};

}  // namespace

void watch_only_declared_edges(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, api::facts::OrderMoved>(
      std::make_shared<OnlyDeclaredEdges>(parts.scenario));
}

}  // namespace ordeal::purchase

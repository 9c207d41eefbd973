// I-04: from one state of an order at most one transition commits; paid and closed exclude each other.
//
// `from` is what a writer had seen. Two moves with the same `from` are two writers that both believed to have
// won: the later one overwrote the earlier (F-17). No edge leads back to a state, so a `from` never repeats
// in a sound history. The second move usually breaks I-03 too, but that one cannot tell a lost race from a
// plain wrong move.
#include <array>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

using api::OrderState;

struct Move {
  OrderState to = OrderState::draft;
  std::int64_t version = 0;
  std::int64_t at_ns = -1;  // -1: did not happen
};
using Moves = std::array<Move, api::names_of(OrderState{}).size()>;  // by the state they came from

class OneTransitionWins {
 public:
  explicit OneTransitionWins(const play::Scenario& scenario) : ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }
  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings& findings) {
    Moves& moves = moves_[moved.order];
    Move& from = moves[static_cast<std::size_t>(moved.from)];
    const bool overwrites = from.at_ns >= 0;
    if (overwrites) {
      tell("two writers moved an order out of the same state", moved, from, moved.from, fact, findings);
    } else if (const OrderState other = rival(moved.to); other != moved.to) {
      for (std::size_t i = 0; i < moves.size(); ++i) {
        if (moves[i].at_ns < 0 || moves[i].to != other) continue;
        tell("an order is both paid and closed", moved, moves[i], static_cast<OrderState>(i), fact, findings);
      }
    }
    from = {moved.to, moved.version, fact.at_ns};
  }

 private:
  static OrderState rival(OrderState state) {
    if (state == OrderState::paid) return OrderState::closed;
    return state == OrderState::closed ? OrderState::paid : state;
  }

  void tell(std::string message, const api::facts::OrderMoved& moved, const Move& first,
            OrderState first_from, const sim::Fact& fact, Findings& findings) const {
    findings.add(
        unsafe(kOneTransitionWins, fact.at_ns, std::move(message),
               ordered_.of(moved.order) +
                   Evidence{{"first", move_text(first_from, first.to, first.version, first.at_ns)},
                            {"second", move_text(moved.from, moved.to, moved.version, fact.at_ns)}}));
  }

  Ordered ordered_;
  tsl::robin_map<OrderId, Moves> moves_;
};

}  // namespace

void watch_one_transition_wins(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, api::facts::OrderMoved>(
      std::make_shared<OneTransitionWins>(parts.scenario));
}

}  // namespace ordeal::purchase

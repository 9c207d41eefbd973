// The machines that people are shown are those of the core: the same states, the same edges.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "core/order/state.h"
#include "core/payment/state.h"
#include "scenarios/flows/flows.h"

namespace ordeal {
namespace {

using Move = std::pair<std::string, std::string>;

// "PENDING, CLOSED or FAILED" are three; "UNPAID" is not "PAID".
bool names(std::string_view list, std::string_view state) {
  const std::size_t at = list.find(state);
  return at != std::string_view::npos && (at == 0 || list[at - 1] == ' ');
}

std::set<Move> shown(const play::MachineRow& machine) {
  std::set<Move> moves;
  for (const play::EdgeRow& edge : machine.edges) {
    for (const std::string_view state : machine.states)
      if (names(edge.from, state)) moves.emplace(state, edge.to);
  }
  return moves;
}

template <class State, class Edges>
std::set<Move> of_the_core(const Edges& edges) {
  const auto names = names_of(State{});
  std::set<Move> moves;
  for (const auto& edge : edges) {
    moves.emplace(names[static_cast<std::size_t>(edge.from)], names[static_cast<std::size_t>(edge.to)]);
  }
  return moves;
}

TEST(Machines, HaveTheEdgesOfTheCore) {
  const play::Flows flows = all_flows();
  EXPECT_EQ(shown(*flows.machine("order")), of_the_core<api::OrderState>(order::kEdges));
  EXPECT_EQ(shown(*flows.machine("attempt")), of_the_core<payment::AttemptState>(payment::kAttemptEdges));
}

TEST(Machines, NameStatesAndServicesThatAreThereAndEachEdgeOnce) {
  const play::Flows flows = all_flows();
  for (const play::MachineRow* machine : flows.machines()) {
    EXPECT_NE(flows.service(machine->service), nullptr) << machine->name;
    std::set<std::string> names;
    for (const play::EdgeRow& edge : machine->edges) {
      EXPECT_TRUE(names.insert(name_of(edge)).second) << name_of(edge);
      EXPECT_NE(std::find(machine->states.begin(), machine->states.end(), edge.to), machine->states.end())
          << name_of(edge);
    }
  }
}

}  // namespace
}  // namespace ordeal

// I-55: each branch goes its way. It is tried, then confirmed or cancelled, once; or it is taken, and may be returned, once; or it is cancelled
// before anything was tried, which changes no amount, and after that nothing is tried or taken of it.
// I-12, and the net effect of I-55: at rest a PLACED order has used all that it wanted at each participant, a REJECTED one has nothing anywhere,
// and nothing is held for an order that is not there.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/wire/names.h"
#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/laws/rest_rows.h"
#include "scenarios/flows/placing/parts.h"

namespace ordeal::placing {
namespace {

using api::BranchState;
using api::PlacedState;
using play::Evidence;
using play::Findings;

using MaybeState = std::optional<BranchState>;

bool may_move(MaybeState from, BranchState to) {
  switch (to) {
    case BranchState::tried:
    case BranchState::taken:
    case BranchState::denied:
      return !from;
    case BranchState::suspended:  // to say it twice moves nothing
      return !from || from == BranchState::suspended;
    case BranchState::confirmed:
    case BranchState::cancelled:
      return from == BranchState::tried;
    case BranchState::returned:
      return from == BranchState::taken || from == BranchState::returned;  // twice is I-78's
  }
  return false;
}

const char* what_is_wrong(MaybeState from, BranchState to) {
  const bool begins = to == BranchState::tried || to == BranchState::taken;
  const bool gives_back = to == BranchState::cancelled || to == BranchState::returned;
  if (!from && gives_back) return "a cancel gave back what was never frozen";
  if (!from) return "what was never tried was confirmed";
  if (begins && from == BranchState::suspended) return "a try came after its cancel and was done";
  if (begins) return "a branch was tried once more";
  return "a branch that had ended ended once more";
}

class Turns {
 public:
  explicit Turns(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::PlacingBegun& begun, const sim::Fact&, Findings&) {
    customers_[begun.order] = customer_text(scenario_, begun.user);
  }
  void on(const api::facts::BranchMoved& moved, const sim::Fact& fact, Findings& findings) {
    MaybeState& state = states_[{moved.service, moved.order}];
    if (!may_move(state, moved.to)) {
      findings.add(play::unsafe(kBranchStepsKeepTheirTurn, fact.at_ns, what_is_wrong(state, moved.to),
                                {{"order", moved.order.text()},
                                 {"customer", customers_[moved.order]},
                                 {"at", std::string(moved.service)},
                                 {"of", pool_text(scenario_, moved.service, moved.pool)},
                                 {"amount", std::to_string(moved.amount)},
                                 {"was", state ? std::string(wire::name_of(*state)) : "nothing"},
                                 {"becomes", std::string(wire::name_of(moved.to))}}));
    }
    state = moved.to;
  }
  MaybeState at(const std::string& service, OrderId order) const {
    const auto found = states_.find({service, order});
    return found == states_.end() ? MaybeState{} : found->second;
  }

 private:
  const play::Scenario& scenario_;
  std::map<std::pair<std::string, OrderId>, MaybeState> states_;
  std::map<OrderId, std::string> customers_;
};

void check_rows(const Turns& turns, const RestRows& rest, Findings& findings) {
  for (const auto& [service, store] : rest.stores) {
    for (const auto& [order, branch] : store.branches) {
      if (turns.at(service, order) == branch.state) continue;
      findings.add(play::unsafe(
          kBranchStepsKeepTheirTurn, rest.world.now_ns, "a branch stands otherwise than it went",
          {{"order", order.text()}, {"at", service}, {"state", std::string(wire::name_of(branch.state))}}));
    }
  }
}

// --- I-12 ---

class Sides {
 public:
  Sides(const RestRows& rest, Findings& findings) : rest_(rest), findings_(findings) {}

  void check_order(const Order& order) {
    for (const api::Part& part : parts_of(order)) {
      const auto& branches = rest_.stores.at(part.service).branches;
      const auto found = branches.find(order.id);
      const BranchRow* branch = found == branches.end() ? nullptr : &found->second;
      if (branch != nullptr && (branch->pool != part.pool || branch->amount != part.amount))
        say("a branch is of something else than its order wants", order, part);
      else if (order.state == PlacedState::placed && (branch == nullptr || !is_used(branch->state)))
        say("an order is placed, and has not all that it wants", order, part);
      else if (order.state == PlacedState::rejected && branch != nullptr && is_held(branch->state))
        say("an order was rejected, and something is still held for it", order, part);
    }
  }
  void check_branch(const std::string& service, OrderId id, const BranchRow& branch) {
    if (!is_held(branch.state)) return;
    const Order* order = rest_.order(id);
    if (order != nullptr) {
      for (const api::Part& part : parts_of(*order)) {
        if (part.service == service) return;
      }
    }
    findings_.add(play::unsafe(kOrderIffBranches, rest_.world.now_ns, "something is held for no order",
                               {{"order", id.text()},
                                {"of", pool_text(rest_.world.scenario(), service, branch.pool)},
                                {"amount", std::to_string(branch.amount)}}));
  }

 private:
  void say(const char* what, const Order& order, const api::Part& part) {
    Evidence evidence = about(rest_.world.scenario(), order);
    evidence.emplace_back("of", pool_text(rest_.world.scenario(), part.service, part.pool));
    evidence.emplace_back("amount", std::to_string(part.amount));
    findings_.add(play::unsafe(kOrderIffBranches, rest_.world.now_ns, what, std::move(evidence)));
  }

  const RestRows& rest_;
  Findings& findings_;
};

void check_sides(const RestRows& rest, Findings& findings) {
  if (!rest.world.settled) return;  // what is still on its way is I-13's
  Sides sides(rest, findings);
  for (const auto& [id, order] : rest.orders) sides.check_order(order);
  for (const auto& [service, store] : rest.stores) {
    for (const auto& [id, branch] : store.branches) sides.check_branch(service, id, branch);
  }
}

}  // namespace

void watch_branch_steps_keep_their_turn(const play::Watching& parts) {
  const auto turns = std::make_shared<Turns>(parts.scenario);
  parts.monitors.add<api::facts::PlacingBegun, api::facts::BranchMoved>(turns);
  parts.audit.add<RestRows>(
      kBranchStepsKeepTheirTurn, {"storeroom", "loyalty"},
      [turns](const RestRows& rest, Findings& findings) { check_rows(*turns, rest, findings); });
}

void watch_order_iff_branches(const play::Watching& parts) {
  parts.audit.add<RestRows>(kOrderIffBranches, {"placing", "storeroom", "loyalty"}, &check_sides);
}

}  // namespace ordeal::placing

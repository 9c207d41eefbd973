// I-04: an order is decided once, and its row is as it was decided.
// I-13: from the first write of an order until it and all of its branches are where they stay, no longer than the bound of its design
// (bounds.h): the inconsistency window.
#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "core/wire/names.h"
#include "scenarios/flows/placing/laws/bounds.h"
#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/laws/rest_rows.h"
#include "scenarios/flows/placing/parts.h"

namespace ordeal::placing {
namespace {

using api::PlacedState;
using play::Findings;

class Decisions {
 public:
  explicit Decisions(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::PlacingBegun& begun, const sim::Fact&, Findings&) {
    customers_[begun.order] = customer_text(scenario_, begun.user);
  }
  void on(const api::facts::PlacingDecided& decided, const sim::Fact& fact, Findings& findings) {
    const auto [first, is_first] = decided_.try_emplace(decided.order, decided);
    if (is_first && decided.state != PlacedState::pending) return;
    findings.add(play::unsafe(kDecidedOnce, fact.at_ns, "an order that was decided was decided once more",
                              {{"order", decided.order.text()},
                               {"customer", customers_[decided.order]},
                               {"was", std::string(wire::name_of(first->second.state))},
                               {"becomes", std::string(wire::name_of(decided.state))}}));
  }
  void check(const RestRows& rest, Findings& findings) const {
    for (const auto& [id, order] : rest.orders) {
      const auto found = decided_.find(id);
      const auto state = found == decided_.end() ? PlacedState::pending : found->second.state;
      const auto lack = found == decided_.end() ? api::Lack::none : found->second.lack;
      if (order.state != state || order.lack != lack ||
          (state == PlacedState::rejected) != (lack != api::Lack::none))
        findings.add(play::unsafe(kDecidedOnce, rest.world.now_ns,
                                  "an order stands otherwise than it was decided", about(scenario_, order)));
    }
  }

 private:
  const play::Scenario& scenario_;
  std::map<OrderId, api::facts::PlacingDecided> decided_;
  std::map<OrderId, std::string> customers_;
};

// --- I-13 ---

class Windows {
 public:
  struct Window {
    std::int64_t begun_ns = 0;
    std::int64_t moved_ns = 0;  // for the last time
  };
  void on(const api::facts::PlacingBegun& begun, const sim::Fact& fact, Findings&) {
    windows_[begun.order] = {fact.at_ns, fact.at_ns};
  }
  void on(const api::facts::PlacingDecided& decided, const sim::Fact& fact, Findings&) {
    move(decided.order, fact.at_ns);
  }
  void on(const api::facts::BranchMoved& moved, const sim::Fact& fact, Findings&) {
    move(moved.order, fact.at_ns);
  }
  const std::map<OrderId, Window>& all() const { return windows_; }

 private:
  void move(OrderId order, std::int64_t at_ns) {
    const auto found = windows_.find(order);
    if (found != windows_.end()) found->second.moved_ns = at_ns;
  }
  std::map<OrderId, Window> windows_;
};

void check_windows(const Windows& windows, const RestRows& rest, Findings& findings) {
  const bool calm = rest.world.undisturbed_at({});
  const Duration bound = calm ? calm_bound_of(rest.world) : bound_of(rest.world);
  for (const auto& [id, window] : windows.all()) {
    const Order* order = rest.order(id);
    if (order == nullptr) continue;
    const std::int64_t since_ns = calm ? window.begun_ns : std::max(window.begun_ns, rest.world.healed_ns);
    const std::int64_t took = window.moved_ns - since_ns;
    if (took <= bound.ns) continue;
    auto evidence = about(rest.world.scenario(), *order);
    evidence.emplace_back("after", play::how_long(took));
    findings.add(play::not_live(kAgreeInTime, window.moved_ns, "an order and its branches agreed too late",
                                std::move(evidence)),
                 took);
  }
  // A world that does not settle is given until the bound is over.
  if (!rest.world.settled && rest.world.now_ns <= rest.world.healed_ns + bound_of(rest.world).ns) return;
  for (const auto& [id, order] : rest.orders) {
    if (order.state != PlacedState::pending) continue;
    findings.add(play::not_live(kAgreeInTime, rest.world.now_ns, "an order is never decided",
                                about(rest.world.scenario(), order)));
  }
  for (const auto& [id, phase] : rest.log) {
    if (const Order* order = rest.order(id); order != nullptr && order->state != PlacedState::pending)
      findings.add(play::not_live(kAgreeInTime, rest.world.now_ns,
                                  "the participants are never told how an order ended",
                                  about(rest.world.scenario(), *order)));
  }
}

}  // namespace

void watch_decided_once(const play::Watching& parts) {
  const auto decisions = std::make_shared<Decisions>(parts.scenario);
  parts.monitors.add<api::facts::PlacingBegun, api::facts::PlacingDecided>(decisions);
  parts.audit.add<RestRows>(kDecidedOnce, {"placing"}, [decisions](const RestRows& rest, Findings& findings) {
    decisions->check(rest, findings);
  });
}

void watch_agree_in_time(const play::Watching& parts) {
  const auto windows = std::make_shared<Windows>();
  parts.monitors.add<api::facts::PlacingBegun, api::facts::PlacingDecided, api::facts::BranchMoved>(windows);
  parts.audit.add<RestRows>(kAgreeInTime, {"placing"}, [windows](const RestRows& rest, Findings& findings) {
    check_windows(*windows, rest, findings);
  });
}

}  // namespace ordeal::placing

// I-13, of what comparing finds: a difference is repaired, or in suspense, within the bound of its design; and in the end it is repaired, and its row
// says so.
// I-78: a repair is done once. What was given back is given back, whoever comes with the same repair again.
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/wire/names.h"
#include "scenarios/flows/placing/laws/bounds.h"
#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/laws/rest_rows.h"
#include "scenarios/flows/placing/parts.h"

namespace ordeal::placing {
namespace {

using api::BranchState;
using api::facts::DifferenceState;
using play::Evidence;
using play::Findings;
using BranchKey = std::pair<OrderId, std::string>;

class Differences {
 public:
  struct One {
    std::int64_t found_ns = 0;
    std::int64_t ended_ns = 0;  // repaired, or in suspense; 0: not yet
    DifferenceState state = DifferenceState::open;
  };
  void on(const api::facts::DifferenceMoved& moved, const sim::Fact& fact, Findings&) {
    One& one = all_[{moved.order, moved.service}];
    if (moved.to == DifferenceState::open) one.found_ns = fact.at_ns;
    if (moved.to != DifferenceState::open && one.ended_ns == 0) one.ended_ns = fact.at_ns;
    one.state = moved.to;
  }
  const std::map<BranchKey, One>& all() const { return all_; }

 private:
  std::map<BranchKey, One> all_;
};

void check_differences(const Differences& differences, const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  const Duration bound = bound_of(rest.world);
  for (const auto& [key, one] : differences.all()) {
    const Order* order = rest.order(key.first);
    if (order == nullptr) continue;
    Evidence evidence = about(scenario, *order);
    evidence.emplace_back("at", key.second);
    evidence.emplace_back("found", play::when(one.found_ns));
    const std::int64_t took = one.ended_ns - std::max(one.found_ns, rest.world.healed_ns);
    if (took > bound.ns) {
      findings.add(play::not_live(kDifferencesAreRepaired, one.ended_ns, "a difference was repaired too late",
                                  evidence),
                   took);
    }
    if (rest.world.settled && one.state != DifferenceState::repaired)
      findings.add(play::not_live(kDifferencesAreRepaired, rest.world.now_ns,
                                  "a difference is never repaired", evidence));
    const auto row = rest.differences.find(key);
    if (row == rest.differences.end() || row->second != one.state)
      findings.add(play::not_live(kDifferencesAreRepaired, rest.world.now_ns,
                                  "a difference stands otherwise than it went", evidence));
  }
}

class Repairs {
 public:
  explicit Repairs(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::PlacingBegun& begun, const sim::Fact&, Findings&) {
    customers_[begun.order] = customer_text(scenario_, begun.user);
  }
  void on(const api::facts::BranchMoved& moved, const sim::Fact& fact, Findings& findings) {
    if (moved.to != BranchState::returned || ++returned_[{moved.order, moved.service}] == 1) return;
    findings.add(play::unsafe(kRepairedOnce, fact.at_ns, "what was given back was given back once more",
                              {{"order", moved.order.text()},
                               {"customer", customers_[moved.order]},
                               {"of", pool_text(scenario_, moved.service, moved.pool)},
                               {"amount", std::to_string(moved.amount)}}));
  }

 private:
  const play::Scenario& scenario_;
  std::map<BranchKey, int> returned_;
  std::map<OrderId, std::string> customers_;
};

}  // namespace

void watch_differences_are_repaired(const play::Watching& parts) {
  const auto differences = std::make_shared<Differences>();
  parts.monitors.add<api::facts::DifferenceMoved>(differences);
  parts.audit.add<RestRows>(kDifferencesAreRepaired, {"placing"},
                            [differences](const RestRows& rest, Findings& findings) {
                              check_differences(*differences, rest, findings);
                            });
}

void watch_repaired_once(const play::Watching& parts) {
  parts.monitors.add<api::facts::PlacingBegun, api::facts::BranchMoved>(
      std::make_shared<Repairs>(parts.scenario));
}

}  // namespace ordeal::placing

// I-25, and I-10 of a storeroom: nothing of a pool is ever held that is not there; at rest what is free, frozen and used is what there was in the
// beginning, none of it is less than nothing, and frozen and used are just what the branches say.
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/laws/rest_rows.h"
#include "scenarios/flows/placing/parts.h"

namespace ordeal::placing {
namespace {

using api::BranchState;
using play::Findings;

class Held {
 public:
  explicit Held(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::BranchMoved& moved, const sim::Fact& fact, Findings& findings) {
    std::int64_t& held = held_[{moved.service, moved.pool}];
    if (moved.to == BranchState::tried || moved.to == BranchState::taken) held += moved.amount;
    if (moved.to == BranchState::cancelled || moved.to == BranchState::returned) held -= moved.amount;
    const std::int64_t there = first_amount(scenario_, moved.service, moved.pool);
    if (held <= there) return;
    findings.add(play::unsafe(kPoolsAddUp, fact.at_ns, "more is held than there is",
                              {{"of", pool_text(scenario_, moved.service, moved.pool)},
                               {"order", moved.order.text()},
                               {"held", std::to_string(held)},
                               {"there is", std::to_string(there)}}),
                 held - there);
  }

 private:
  const play::Scenario& scenario_;
  std::map<std::pair<std::string, PoolId>, std::int64_t> held_;
};

void check_pools(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  for (const auto& [service, store] : rest.stores) {
    std::map<PoolId, PoolRow> by_branches;
    for (const auto& [order, branch] : store.branches) {
      if (branch.state == BranchState::tried) by_branches[branch.pool].frozen += branch.amount;
      if (is_used(branch.state)) by_branches[branch.pool].used += branch.amount;
    }
    for (const auto& [id, pool] : store.pools) {
      const PoolRow& expected = by_branches[id];
      const std::int64_t there = first_amount(scenario, service, id);
      const char* wrong = nullptr;
      if (pool.free + pool.frozen + pool.used != there) wrong = "a pool is not what there was";
      if (pool.frozen != expected.frozen || pool.used != expected.used)
        wrong = "a pool says otherwise than its branches";
      if (pool.free < 0 || pool.frozen < 0 || pool.used < 0) wrong = "a pool has less than nothing";
      if (wrong == nullptr) continue;
      findings.add(play::unsafe(kPoolsAddUp, rest.world.now_ns, wrong,
                                {{"of", pool_text(scenario, service, id)},
                                 {"free", std::to_string(pool.free)},
                                 {"frozen", std::to_string(pool.frozen)},
                                 {"used", std::to_string(pool.used)},
                                 {"there was", std::to_string(there)}}));
    }
  }
}

}  // namespace

void watch_pools_add_up(const play::Watching& parts) {
  parts.monitors.add<api::facts::BranchMoved>(std::make_shared<Held>(parts.scenario));
  parts.audit.add<RestRows>(kPoolsAddUp, {"storeroom", "loyalty"}, &check_pools);
}

}  // namespace ordeal::placing

// What is owed in which cycle, and what stands in whose account, followed by the facts. Facts come in the order of their commits, so at each
// of them this is just what the database holds.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/api/netting.h"
#include "scenarios/flows/netting/parts.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::netting {

// Of the obligations that were taken: those that are not UNPAID count in their cycle.
class WatchedCycles {
 public:
  struct Known {
    api::facts::ObligationTaken what{};
    api::ObligationState state = api::ObligationState::taken;
  };
  void on(const api::facts::ObligationTaken& taken) {
    if (known_.try_emplace(taken.obligation, Known{taken}).second)
      cycles_[taken.cycle].push_back(taken.obligation);
  }
  void on(const api::facts::ObligationEnded& ended) {
    const auto found = known_.find(ended.obligation);
    if (found != known_.end()) found->second.state = ended.state;
  }
  const std::map<ObligationId, Known>& all() const { return known_; }
  const Known* find(ObligationId id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? nullptr : &found->second;
  }
  // By the requirement, and nothing else: what it is owed less what it owes, of what counts.
  std::map<BankId, std::int64_t> nets(CycleId cycle) const;
  std::int64_t gross(CycleId cycle) const;
  std::vector<const Known*> counting(CycleId cycle) const;

 private:
  std::map<ObligationId, Known> known_;
  std::map<CycleId, std::vector<ObligationId>> cycles_;
};

// What stands in each account, from the scenario on.
class WatchedAccounts {
 public:
  using Key = std::pair<std::int64_t, Currency>;
  explicit WatchedAccounts(const play::Scenario& scenario);
  void on(const api::facts::NetEntryPosted& entry, std::int64_t at_ns);
  std::int64_t balance(const Key& of) const;
  // Was there at least as much at every moment from one to the other?
  bool had(const Key& of, std::int64_t amount, std::int64_t from_ns, std::int64_t until_ns) const;

 private:
  struct Change {
    std::int64_t at_ns = 0;
    std::int64_t balance = 0;
  };
  std::map<Key, std::vector<Change>> history_;
};

}  // namespace ordeal::netting

#include "scenarios/flows/netting/laws/watched.h"

namespace ordeal::netting {

std::vector<const WatchedCycles::Known*> WatchedCycles::counting(CycleId cycle) const {
  std::vector<const Known*> all;
  const auto found = cycles_.find(cycle);
  if (found == cycles_.end()) return all;
  for (const ObligationId id : found->second) {
    const Known& one = known_.at(id);
    if (one.state != api::ObligationState::unpaid) all.push_back(&one);
  }
  return all;
}

std::map<BankId, std::int64_t> WatchedCycles::nets(CycleId cycle) const {
  std::map<BankId, std::int64_t> nets;
  for (const Known* one : counting(cycle)) {
    nets[one->what.creditor] += one->what.amount.minor;
    nets[one->what.debtor] -= one->what.amount.minor;
  }
  return nets;
}

std::int64_t WatchedCycles::gross(CycleId cycle) const {
  std::int64_t gross = 0;
  for (const Known* one : counting(cycle)) {
    const std::int64_t minor = one->what.amount.minor;
    gross += minor < 0 ? -minor : minor;
  }
  return gross;
}

WatchedAccounts::WatchedAccounts(const play::Scenario& scenario) {
  const Rules& rules = scenario.setting<NettingSetting>().netting;
  for (std::size_t i = 0; i < rules.banks.size(); ++i) {
    for (const Money& one : amounts_of(rules.banks[i].cover))
      history_[{bank_id(i).value, one.currency}].push_back({0, one.minor});
  }
  for (const Money& one : amounts_of(rules.fund))
    history_[{api::kFund, one.currency}].push_back({0, one.minor});
}

void WatchedAccounts::on(const api::facts::NetEntryPosted& entry, std::int64_t at_ns) {
  const auto add = [&](std::int64_t account, std::int64_t minor) {
    const Key key{account, entry.amount.currency};
    const std::int64_t before = balance(key);
    history_[key].push_back({at_ns, before + minor});
  };
  add(entry.from, -entry.amount.minor);
  add(entry.to, entry.amount.minor);
}

std::int64_t WatchedAccounts::balance(const Key& of) const {
  const auto found = history_.find(of);
  return found == history_.end() ? 0 : found->second.back().balance;
}

bool WatchedAccounts::had(const Key& of, std::int64_t amount, std::int64_t from_ns,
                          std::int64_t until_ns) const {
  const auto found = history_.find(of);
  if (found == history_.end()) return false;
  const auto& all = found->second;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool over = i + 1 < all.size() && all[i + 1].at_ns < from_ns;
    if (over || all[i].at_ns > until_ns) continue;
    if (all[i].balance < amount) return false;
  }
  return true;
}

}  // namespace ordeal::netting

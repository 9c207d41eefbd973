#include "scenarios/flows/payout/laws/watched.h"

#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {

Watched::Watched(const play::Scenario& scenario) {
  const auto& accounts = scenario.setting<PayoutSetting>().payout.accounts;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    terms_[account_id(i)] = {{accounts[i].priority, accounts[i].quota, true}, 1};
    note(account_id(i), 0);
  }
}

void Watched::note(PayAccountId account, std::int64_t at_ns) {
  const api::AccountTerms& terms = terms_[account].terms;
  Change change{at_ns, terms.enabled, terms.quota.minor, {}};
  for (auto at = quotas_.lower_bound({account, INT64_MIN}); at != quotas_.end() && at->first.first == account;
       ++at)
    change.free[at->first.second] = free(at->first);
  history_[account].push_back(std::move(change));
}

// A day that has begun keeps its quota, unless the change is for it; one that has not begun has that of the account.
void Watched::on(const api::facts::AccountConfigured& configured, const sim::Fact& fact) {
  terms_[configured.account] = {configured.terms, configured.version};
  for (auto& [of, quota] : quotas_) {
    if (of.first == configured.account && of.second >= configured.from_day)
      quota = configured.terms.quota.minor;
  }
  note(configured.account, fact.at_ns);
}

void Watched::on(const api::facts::QuotaOccupied& occupied, const sim::Fact& fact) {
  const AccountDay of{occupied.account, occupied.day};
  quotas_.try_emplace(of, quota(of));
  taken_[of] += occupied.amount.minor;
  held_[occupied.occupation] = {occupied, fact.at_ns, false, false, 0};
  current_[occupied.payout] = occupied.occupation;
  note(occupied.account, fact.at_ns);
}

void Watched::on(const api::facts::QuotaUsed& used, const sim::Fact& fact) {
  Held& held = held_[used.occupation];
  held.used = true;
  held.ended_ns = fact.at_ns;
}

void Watched::on(const api::facts::QuotaReleased& released, const sim::Fact& fact) {
  Held& held = held_[released.occupation];
  taken_[{held.what.account, held.what.day}] -= held.what.amount.minor;
  held.released = true;
  held.ended_ns = fact.at_ns;
  if (const auto found = current_.find(held.what.payout);
      found != current_.end() && found->second == released.occupation)
    current_.erase(found);
  note(held.what.account, fact.at_ns);
}

std::int64_t Watched::quota(AccountDay of) const {
  if (const auto found = quotas_.find(of); found != quotas_.end()) return found->second;
  const auto terms = terms_.find(of.first);
  return terms == terms_.end() ? 0 : terms->second.terms.quota.minor;
}

std::int64_t Watched::taken(AccountDay of) const {
  const auto found = taken_.find(of);
  return found == taken_.end() ? 0 : found->second;
}

const Watched::Held* Watched::find(OccupationId occupation) const {
  const auto found = held_.find(occupation);
  return found == held_.end() ? nullptr : &found->second;
}

const Watched::Held* Watched::of_payout(PayoutId payout) const {
  const auto found = current_.find(payout);
  return found == current_.end() ? nullptr : find(found->second);
}

const Watched::Held* Watched::last_of(AccountDay of) const {
  const Held* last = nullptr;
  for (const auto& [id, held] : held_) {
    if (held.released || held.what.account != of.first || held.what.day != of.second) continue;
    if (last == nullptr || last->since_ns < held.since_ns) last = &held;
  }
  return last;
}

bool Watched::had_room(PayAccountId account, std::int64_t day, std::int64_t amount, std::int64_t from_ns,
                       std::int64_t until_ns) const {
  const auto found = history_.find(account);
  if (found == history_.end()) return false;
  const std::vector<Change>& all = found->second;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool over = i + 1 < all.size() && all[i + 1].at_ns < from_ns;
    if (over || all[i].at_ns > until_ns) continue;
    const auto begun = all[i].free.find(day);
    const std::int64_t free = begun == all[i].free.end() ? all[i].quota : begun->second;
    if (!all[i].enabled || free < amount) return false;
  }
  return true;
}

}  // namespace ordeal::payout

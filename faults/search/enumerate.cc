#include "faults/search/enumerate.h"

#include <algorithm>

namespace ordeal::faults {

bool is_crash(const Action& action) { return info(action).like == FaultKind::host_crash; }

bool may_strike(const SiteAsked& site, const Action& action, const Limits& limits) {
  const ActionInfo& row = info(action);
  const bool anywhere = row.question == Question::sending || row.question == Question::fork;
  if (!anywhere && (site.host >= limits.hosts.size() || !limits.hosts[site.host])) return false;
  if (limits.allowed.empty()) return !info(row.like).by_name_only;
  return std::any_of(limits.allowed.begin(), limits.allowed.end(),
                     [&](FaultKind kind) { return may_be_of(row, kind); });
}

std::vector<Single> singles(const std::vector<SiteAsked>& asked, const Limits& limits) {
  std::vector<Single> out;
  for (std::size_t question = 0; question < asked.size(); ++question) {
    const SiteAsked& site = asked[question];
    for (std::size_t action = 0; action < site.applicable.size(); ++action) {
      if (may_strike(site, site.applicable[action], limits)) out.push_back({question, action});
    }
  }
  return out;
}

Strike strike_of(const std::vector<SiteAsked>& asked, const Single& single) {
  const SiteAsked& site = asked[single.question];
  return {site.site, site.occurrence, site.applicable[single.action]};
}

Window all_unsynced_survives() {
  DiskCrashOutcome outcome;
  outcome.kept = Ratio::one();
  outcome.names_kept = Ratio::one();
  Window window;
  window.id = "all-unsynced-survives";
  window.fault = outcome;
  return window;
}

}  // namespace ordeal::faults

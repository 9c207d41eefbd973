// I-81: of every account and day, what is occupied and used never exceeds the quota; an occupation is made of the first account by priority
// that fits and has as much left. At rest the rows say the same as the occupations, and their shares, less what is owed, are the quota.
// I-71, of accounts: an occupation has the version of the terms that were in force, and versions count the changes (D7, F-64).
#include <memory>
#include <set>

#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/laws/rest_rows.h"
#include "scenarios/flows/payout/laws/watched.h"
#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {
namespace {

using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

Money cny(std::int64_t minor) { return {minor, kCurrency}; }

// Forwards every fact to a Watched, after the law has looked at it.
template <class Law>
class Following {
 public:
  explicit Following(const play::Scenario& scenario) : watched_(scenario), law_(scenario) {}
  template <class F>
  void on(const F& what, const Fact& fact, Findings& findings) {
    if constexpr (requires { law_.before(watched_, what, fact, findings); })
      law_.before(watched_, what, fact, findings);
    watched_.on(what, fact);
  }
  const Watched& watched() const { return watched_; }
  const Law& law() const { return law_; }

 private:
  Watched watched_;
  Law law_;
};

template <class Law>
std::shared_ptr<Following<Law>> follow(const play::Watching& parts) {
  const auto monitor = std::make_shared<Following<Law>>(parts.scenario);
  parts.monitors.add<told::AccountConfigured, told::QuotaOccupied, told::QuotaUsed, told::QuotaReleased>(
      monitor);
  return monitor;
}

class Kept {
 public:
  explicit Kept(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Watched& all, const told::QuotaOccupied& o, const Fact& fact, Findings& findings) const {
    const Watched::AccountDay of{o.account, o.day};
    const std::int64_t over = all.taken(of) + o.amount.minor - all.quota(of);
    const Watched::Held* last = over > 0 ? all.last_of(of) : nullptr;
    if (over > 0)
      findings.add(play::unsafe(kQuotaIsKept, fact.at_ns, "more was taken of a quota than there is",
                                {{"account", account_text(scenario_, o.account)},
                                 {"day", day_text(o.day)},
                                 {"quota", cny(all.quota(of)).text()},
                                 {"taken before", cny(all.taken(of)).text()},
                                 {"last for", last == nullptr ? "nobody" : last->what.payout.text()},
                                 {"amount", o.amount.text()},
                                 {"payout", o.payout.text()},
                                 {"at", play::when(fact.at_ns)}}),
                   over);
    const Watched::Held* other = all.of_payout(o.payout);
    if (other != nullptr)
      findings.add(play::unsafe(kQuotaIsKept, fact.at_ns, "a payout has two occupations",
                                {{"payout", o.payout.text()},
                                 {"account", account_text(scenario_, o.account)},
                                 {"other account", account_text(scenario_, other->what.account)},
                                 {"at", play::when(fact.at_ns)}}));
  }

 private:
  const play::Scenario& scenario_;
};

class FirstWithRoom {
 public:
  explicit FirstWithRoom(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Watched& all, const told::QuotaOccupied& o, const Fact& fact, Findings& findings) {
    std::set<PayAccountId>& tried = tried_[o.payout];
    check(all, o, tried, fact, findings);
    tried.insert(o.account);
  }

 private:
  void check(const Watched& all, const told::QuotaOccupied& o, const std::set<PayAccountId>& tried,
             const Fact& fact, Findings& findings) const {
    const AccountSpec* taken = account_spec(scenario_, o.account);
    if (taken == nullptr || o.bound) return;
    const auto& terms = all.terms(o.account).terms;
    if (!terms.enabled)
      return findings.add(play::unsafe(kFirstWithRoomPays, fact.at_ns,
                                       "an account that is out of service was taken", evidence(o, fact)));
    for (const auto& [id, other] : all.all_terms()) {
      const AccountSpec* spec = account_spec(scenario_, id);
      // Of Alipay any, when the code is made; of WeChat what is linked with the app.
      const bool fits = spec != nullptr && spec->way == taken->way &&
                        (taken->way == api::PayWay::alipay || serves(*spec, o.app));
      const bool before = std::pair(other.terms.priority, id) < std::pair(terms.priority, o.account);
      if (id == o.account || !fits || !before || !other.terms.enabled || tried.contains(id)) continue;
      if (all.free({id, o.day}) < o.amount.minor) continue;
      Evidence why = evidence(o, fact);
      why.emplace_back("comes first", account_text(scenario_, id));
      why.emplace_back("it has left", cny(all.free({id, o.day})).text());
      return findings.add(play::unsafe(kFirstWithRoomPays, fact.at_ns,
                                       "an account was passed over that comes first and has room",
                                       std::move(why)));
    }
  }
  Evidence evidence(const told::QuotaOccupied& o, const Fact& fact) const {
    return {{"payout", o.payout.text()},
            {"account", account_text(scenario_, o.account)},
            {"amount", o.amount.text()},
            {"day", day_text(o.day)},
            {"at", play::when(fact.at_ns)}};
  }

  const play::Scenario& scenario_;
  std::map<PayoutId, std::set<PayAccountId>> tried_;
};

class OfTheirVersion {
 public:
  explicit OfTheirVersion(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Watched& all, const told::AccountConfigured& c, const Fact& fact,
              Findings& findings) const {
    if (!all.knows(c.account) || c.version == all.terms(c.account).version + 1) return;
    findings.add(play::unsafe(kTermsAreOfTheirVersion, fact.at_ns,
                              "terms were changed from a version that was over",
                              {{"account", account_text(scenario_, c.account)},
                               {"version", std::to_string(c.version)},
                               {"in force", std::to_string(all.terms(c.account).version)},
                               {"at", play::when(fact.at_ns)}}));
  }
  void before(const Watched& all, const told::QuotaOccupied& o, const Fact& fact, Findings& findings) const {
    if (!all.knows(o.account) || o.version == all.terms(o.account).version) return;
    findings.add(play::unsafe(kTermsAreOfTheirVersion, fact.at_ns,
                              "an occupation was made under terms that were not in force",
                              {{"account", account_text(scenario_, o.account)},
                               {"payout", o.payout.text()},
                               {"version", std::to_string(o.version)},
                               {"in force", std::to_string(all.terms(o.account).version)},
                               {"at", play::when(fact.at_ns)}}));
  }

 private:
  const play::Scenario& scenario_;
};

struct Nothing {
  explicit Nothing(const play::Scenario&) {}
};

void check_terms(const Watched& all, const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  for (const auto& [id, known] : all.all_terms()) {
    const auto found = rest.accounts.find(id);
    const AccountSpec* spec = account_spec(scenario, id);
    if (found == rest.accounts.end() || spec == nullptr) continue;
    const Account& row = found->second;
    const auto apps = rest.apps.find(id);
    const std::size_t served = apps == rest.apps.end() ? 0 : apps->second.size();
    if (row.version == known.version && row.terms == known.terms && row.way == spec->way &&
        served == std::set<std::string>(spec->apps.begin(), spec->apps.end()).size())
      continue;
    findings.add(play::unsafe(kTermsAreOfTheirVersion, rest.world.now_ns,
                              "an account has other terms than it was given",
                              {{"account", account_text(scenario, id)},
                               {"version", std::to_string(row.version)},
                               {"quota", row.terms.quota.text()},
                               {"given", known.terms.quota.text()}}));
  }
  for (const auto& [id, o] : rest.occupations) {
    const Watched::Held* held = all.find(id);
    if (held == nullptr) continue;
    if (held->what.version != o.account_version || held->what.app != o.app)
      findings.add(play::unsafe(kTermsAreOfTheirVersion, rest.world.now_ns,
                                "an occupation says other terms than it was made under",
                                {{"occupation", id.text()}, {"payout", o.payout.text()}}));
  }
}

void check_rows(const Watched& all, const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  auto rows = rest.quota_rows;
  std::map<std::pair<PayAccountId, std::int64_t>, std::int64_t> shares;
  std::map<std::pair<PayAccountId, std::int64_t>, std::int64_t> left;
  for (const auto& [key, row] : rows) {
    shares[{std::get<0>(key), std::get<1>(key)}] += row.share;
    left[{std::get<0>(key), std::get<1>(key)}] += row.share - row.occupied - row.used;
  }
  for (const auto& [id, o] : rest.occupations) {
    const Watched::Held* held = all.find(id);
    if (held == nullptr || held->what.account != o.account || held->what.day != o.day ||
        held->what.amount != o.amount || held->what.payout != o.payout)
      findings.add(play::unsafe(kQuotaRowsAddUp, rest.world.now_ns,
                                "an occupation says otherwise than it was made",
                                {{"occupation", id.text()}, {"account", account_text(scenario, o.account)}}));
    auto& row = rows[{o.account, o.day, o.bucket}];
    if (o.state == OccupationState::occupied) row.occupied -= o.amount.minor;
    if (o.state == OccupationState::used) row.used -= o.amount.minor;
  }
  const auto evidence = [&](PayAccountId account, std::int64_t day) {
    return Evidence{{"account", account_text(scenario, account)}, {"day", day_text(day)}};
  };
  for (const auto& [key, row] : rows) {
    if (row.occupied == 0 && row.used == 0) continue;
    Evidence why = evidence(std::get<0>(key), std::get<1>(key));
    why.emplace_back("occupied too much", cny(row.occupied).text());
    why.emplace_back("used too much", cny(row.used).text());
    findings.add(play::unsafe(kQuotaRowsAddUp, rest.world.now_ns,
                              "a quota row says otherwise than its occupations", std::move(why)));
  }
  for (const auto& [key, row] : rest.quota_rows) {
    if (row.occupied >= 0 && row.used >= 0 && row.occupied + row.used <= row.share) continue;
    findings.add(play::unsafe(kQuotaRowsAddUp, rest.world.now_ns,
                              "more is taken of a quota row than its share",
                              evidence(std::get<0>(key), std::get<1>(key))));
  }
  for (const auto& [of, share] : shares) {
    const auto debt = rest.debts.find(of);
    const std::int64_t owed = debt == rest.debts.end() ? 0 : debt->second;
    const std::int64_t quota = all.quota(of);
    // Nothing is free as long as something is owed.
    if (owed >= 0 && share - owed == quota && (owed == 0 || left[of] == 0)) continue;
    Evidence why = evidence(of.first, of.second);
    why.emplace_back("quota", cny(quota).text());
    why.emplace_back("shares", cny(share).text());
    why.emplace_back("owed", cny(owed).text());
    findings.add(play::unsafe(kQuotaRowsAddUp, rest.world.now_ns, "the shares of a quota are not the quota",
                              std::move(why)));
  }
}

}  // namespace

void watch_quota_is_kept(const play::Watching& parts) { follow<Kept>(parts); }

void watch_first_with_room_pays(const play::Watching& parts) { follow<FirstWithRoom>(parts); }

void watch_quota_rows_add_up(const play::Watching& parts) {
  const auto monitor = follow<Nothing>(parts);
  parts.audit.add<RestRows>(kQuotaRowsAddUp, {"payout"}, [monitor](const RestRows& rest, Findings& findings) {
    check_rows(monitor->watched(), rest, findings);
  });
}

void watch_terms_are_of_their_version(const play::Watching& parts) {
  const auto monitor = follow<OfTheirVersion>(parts);
  parts.audit.add<RestRows>(kTermsAreOfTheirVersion, {"payout"},
                            [monitor](const RestRows& rest, Findings& findings) {
                              check_terms(monitor->watched(), rest, findings);
                            });
}

}  // namespace ordeal::payout

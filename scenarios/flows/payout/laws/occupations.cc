// I-14, of occupations: each ends once, used or released (D6), and a payout's end and its occupation's are one: USED if and only if it is
// PAID.
// I-82: an account serves the app in which the payee is known: Alipay's by the one app that is bound to it, WeChat's by those linked (D2).
// I-83: what a code occupies is free again when its time is over, within a bound, and not before; and nothing is occupied for ever.
#include <algorithm>
#include <memory>

#include "core/wire/names.h"
#include "core/worker/due_worker.h"
#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/laws/rest_rows.h"
#include "scenarios/flows/payout/laws/watched.h"
#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {
namespace {

using namespace ordeal::literals;
using api::PayoutState;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// A worker under a wrong clock looks again after its longest nap; a minute is for a scan that is late by design, and one for the work.
constexpr Duration kBound = worker::kLongestNap + 2_min;
constexpr Duration kCalmBound = 90_s;

// --- I-14 ---

class EndsOnce {
 public:
  explicit EndsOnce(const play::Scenario& scenario) : scenario_(scenario), watched_(scenario) {}

  void on(const told::QuotaOccupied& occupied, const Fact& fact, Findings&) { watched_.on(occupied, fact); }
  void on(const told::QuotaUsed& used, const Fact& fact, Findings& findings) {
    once(used.occupation, "used", fact, findings);
    watched_.on(used, fact);
  }
  void on(const told::QuotaReleased& released, const Fact& fact, Findings& findings) {
    once(released.occupation, "released", fact, findings);
    watched_.on(released, fact);
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    std::map<PayoutId, std::int64_t> used;
    for (const auto& [id, o] : rest.occupations) {
      const Watched::Held* held = watched_.find(id);
      used[o.payout] += o.state == OccupationState::used ? 1 : 0;
      const bool agrees = held != nullptr && held->used == (o.state == OccupationState::used) &&
                          held->released == (o.state == OccupationState::released);
      if (!agrees)
        findings.add(play::unsafe(kOccupationEndsOnce, rest.world.now_ns,
                                  "an occupation stands otherwise than it ended",
                                  {{"occupation", id.text()},
                                   {"payout", o.payout.text()},
                                   {"account", account_text(scenario_, o.account)}}));
    }
    for (const auto& [id, standing] : rest.payouts) {
      const std::int64_t times = used[id];
      const bool paid = standing.payout.state == PayoutState::paid;
      if (times == (paid ? 1 : 0)) continue;
      Evidence evidence = about(scenario_, standing.payout);
      evidence.emplace_back("used", std::to_string(times));
      findings.add(play::unsafe(
          kOccupationEndsOnce, rest.world.now_ns,
          paid ? "what paid a payout is not marked as used" : "what paid nothing is marked as used",
          std::move(evidence)));
    }
    check_account_of_payment(rest, findings);
  }

 private:
  void once(OccupationId occupation, std::string_view then, const Fact& fact, Findings& findings) const {
    const Watched::Held* held = watched_.find(occupation);
    if (held == nullptr || !held->ended()) return;
    findings.add(play::unsafe(kOccupationEndsOnce, fact.at_ns, "an occupation that had ended ended once more",
                              {{"payout", held->what.payout.text()},
                               {"account", account_text(scenario_, held->what.account)},
                               {"ended as", held->used ? "used" : "released"},
                               {"then as", std::string(then)},
                               {"at", play::when(fact.at_ns)}}));
  }
  // The money left through the account that is marked as used.
  void check_account_of_payment(const RestRows& rest, Findings& findings) const {
    for (const auto& [id, o] : rest.occupations) {
      if (o.state != OccupationState::used) continue;
      const auto lines = rest.transfers_of(o.payout);
      const PayAccountId used = o.account;
      const bool paid_here = std::any_of(lines.begin(), lines.end(), [used](const TransferLine* line) {
        return line->times > 0 && line->asked.account == used;
      });
      const bool paid =
          std::any_of(lines.begin(), lines.end(), [](const auto* line) { return line->times > 0; });
      if (paid && !paid_here)
        findings.add(play::unsafe(
            kOccupationEndsOnce, rest.world.now_ns, "another account paid than the one that is used",
            {{"payout", o.payout.text()}, {"account", account_text(scenario_, o.account)}}));
    }
  }

  const play::Scenario& scenario_;
  Watched watched_;
};

// --- I-82 ---

class Fits {
 public:
  explicit Fits(const play::Scenario& scenario) : scenario_(scenario) {}
  void on(const told::PayoutMade& made, const Fact&, Findings&) { made_.emplace(made.payout, made); }
  void on(const told::QuotaOccupied& o, const Fact& fact, Findings& findings) {
    const AccountSpec* spec = account_spec(scenario_, o.account);
    const auto made = made_.find(o.payout);
    const bool fits = spec != nullptr && serves(*spec, o.app) &&
                      (made == made_.end() || (made->second.app == o.app && made->second.way == spec->way));
    if (fits) return;
    findings.add(play::unsafe(
        kAccountFitsTheApp, fact.at_ns, "an account was taken that does not serve the payee's app",
        {{"payout", o.payout.text()},
         {"payee", made == made_.end() ? "nobody" : payee_text(scenario_, made->second.user)},
         {"account", account_text(scenario_, o.account)},
         {"app", made == made_.end() ? o.app : made->second.app},
         {"at", play::when(fact.at_ns)}}));
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    if (rest.channels() == nullptr) return;
    for (const auto& [number, line] : rest.channels()->transfers) {
      const AccountSpec* spec = account_spec(scenario_, line.asked.account);
      if (spec != nullptr && serves(*spec, line.asked.app)) continue;
      findings.add(play::unsafe(kAccountFitsTheApp, line.first_ns,
                                "an account was to pay a payee whom it does not know",
                                {{"payee", payee_text(scenario_, line.asked.payee)},
                                 {"account", account_text(scenario_, line.asked.account)},
                                 {"app", line.asked.app}}));
    }
  }

 private:
  const play::Scenario& scenario_;
  std::map<PayoutId, told::PayoutMade> made_;
};

// --- I-83 ---

class Expiries {
 public:
  explicit Expiries(const play::Scenario& scenario) : scenario_(scenario) {}
  void on(const told::PayoutMade& made, const Fact& fact, Findings&) {
    made_.try_emplace(made.payout, One{made, fact.at_ns, 0});
  }
  void on(const told::PayoutEnded& ended, const Fact& fact, Findings&) {
    const auto found = made_.find(ended.payout);
    if (found != made_.end() && ended.state == PayoutState::expired) found->second.expired_ns = fact.at_ns;
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    const bool calm = rest.world.undisturbed_at({});
    const Duration ttl = scenario_.setting<PayoutSetting>().payout.code_ttl;
    for (const auto& [id, one] : made_) {
      if (one.expired_ns == 0) continue;
      // By the clock of who made it, and by true time: whatever is later.
      const std::int64_t by_clock_ns = (one.made.expires - scenario_.start).ns;
      const std::int64_t true_ns = one.made_ns + ttl.ns;
      const std::int64_t due_ns = std::max({true_ns, by_clock_ns, calm ? 0 : rest.world.healed_ns});
      if (one.expired_ns - due_ns > (calm ? kCalmBound : kBound).ns)
        findings.add(
            play::not_live(kOccupationsEnd, one.expired_ns, "a code that was over was ended too late",
                           evidence(one, one.expired_ns - due_ns)),
            one.expired_ns - due_ns);
      if (rest.world.machines_ran() && std::min(by_clock_ns, true_ns - (5_s).ns) > one.expired_ns)
        findings.add(play::not_live(kOccupationsEnd, one.expired_ns, "a code was ended before its time",
                                    evidence(one, by_clock_ns - one.expired_ns)));
    }
    if (!rest.world.settled) return;
    for (const auto& [id, o] : rest.occupations) {
      const Payout* payout = rest.payout(o.payout);
      // One that is PAYING is another law's, I-40.
      if (o.state != OccupationState::occupied || (payout != nullptr && payout->state == PayoutState::paying))
        continue;
      findings.add(play::not_live(
          kOccupationsEnd, rest.world.now_ns, "a quota is occupied for ever",
          {{"payout", o.payout.text()},
           {"payee", payout == nullptr ? "nobody" : payee_text(scenario_, payout->user)},
           {"account", account_text(scenario_, o.account)},
           {"amount", o.amount.text()},
           {"payout is", payout == nullptr ? "not there" : std::string(wire::name_of(payout->state))}}));
    }
  }

 private:
  struct One {
    told::PayoutMade made{};
    std::int64_t made_ns = 0;
    std::int64_t expired_ns = 0;  // 0: it is not
  };
  Evidence evidence(const One& one, std::int64_t by_ns) const {
    return {{"payout", one.made.payout.text()},
            {"payee", payee_text(scenario_, one.made.user)},
            {"by", play::how_long(by_ns)}};
  }

  const play::Scenario& scenario_;
  std::map<PayoutId, One> made_;
};

template <class Law, class... Facts>
void watch(const play::Watching& parts, std::string_view name) {
  const auto monitor = std::make_shared<Law>(parts.scenario);
  parts.monitors.add<Facts...>(monitor);
  parts.audit.add<RestRows>(name, {"payout"}, [monitor](const RestRows& rest, Findings& findings) {
    monitor->at_rest(rest, findings);
  });
}

}  // namespace

void watch_occupation_ends_once(const play::Watching& parts) {
  watch<EndsOnce, told::QuotaOccupied, told::QuotaUsed, told::QuotaReleased>(parts, kOccupationEndsOnce);
}

void watch_account_fits_the_app(const play::Watching& parts) {
  watch<Fits, told::PayoutMade, told::QuotaOccupied>(parts, kAccountFitsTheApp);
}

void watch_occupations_end(const play::Watching& parts) {
  watch<Expiries, told::PayoutMade, told::PayoutEnded>(parts, kOccupationsEnd);
}

}  // namespace ordeal::payout

// I-36, of payouts: what payees and operators are told is so. "No more today" means that no account that fits had as much left at some
// moment between asking and answer; "too late" that the code was over; a refusal names something that is wrong, and what something is wrong
// with becomes no payout; how a payout stands is how it stood; "done" is in force, and "stale" has a newer version.
#include <algorithm>
#include <memory>

#include "core/wire/names.h"
#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/laws/rest_rows.h"
#include "scenarios/flows/payout/laws/watched.h"
#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {
namespace {

using namespace ordeal::literals;
using api::ClaimStatus;
using api::ConfigureStatus;
using api::MakeStatus;
using api::PayoutProblem;
using api::PayoutState;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// What is known of everything, in true time.
class Known {
 public:
  explicit Known(const play::Scenario& scenario) : scenario_(scenario), watched_(scenario) {
    for (const auto& [id, terms] : watched_.all_terms())
      versions_[id].push_back({terms.version, terms.terms, 0});
  }

  void on(const told::AccountConfigured& c, const Fact& fact, Findings&) {
    watched_.on(c, fact);
    versions_[c.account].push_back({c.version, c.terms, fact.at_ns});
  }
  void on(const told::QuotaOccupied& o, const Fact& fact, Findings&) { watched_.on(o, fact); }
  void on(const told::QuotaUsed& u, const Fact& fact, Findings&) { watched_.on(u, fact); }
  void on(const told::QuotaReleased& r, const Fact& fact, Findings&) { watched_.on(r, fact); }
  void on(const told::PayoutMade& made, const Fact& fact, Findings&) {
    made_.try_emplace(made.payout, made);
    moves_[made.payout].push_back({PayoutState::made, fact.at_ns});
  }
  void on(const told::PayoutClaimed& claimed, const Fact& fact, Findings&) {
    moves_[claimed.payout].push_back({PayoutState::paying, fact.at_ns});
  }
  void on(const told::PayoutEnded& ended, const Fact& fact, Findings&) {
    moves_[ended.payout].push_back({ended.state, fact.at_ns});
  }

  const told::PayoutMade* made(PayoutId payout) const {
    const auto found = made_.find(payout);
    return found == made_.end() ? nullptr : &found->second;
  }
  // Was it in this state at some moment of these?
  bool was(PayoutId payout, PayoutState state, std::int64_t from_ns, std::int64_t until_ns) const {
    const auto found = moves_.find(payout);
    if (found == moves_.end()) return false;
    for (std::size_t i = 0; i < found->second.size(); ++i) {
      const Move& move = found->second[i];
      const std::int64_t over_ns = i + 1 < found->second.size() ? found->second[i + 1].at_ns : INT64_MAX;
      if (move.state == state && move.at_ns <= until_ns && over_ns >= from_ns) return true;
    }
    return false;
  }
  // Did some account that fits have room the whole time? Nothing is said of a time in which the day changes.
  const PayAccountId* had_room(api::PayWay way, const std::string& app, const PayAccountId* only,
                               std::int64_t amount, std::int64_t from_ns, std::int64_t until_ns) const {
    const std::int64_t day = api::business_day(scenario_.start + Duration{from_ns});
    if (day != api::business_day(scenario_.start + Duration{until_ns})) return nullptr;
    for (const auto& [id, terms] : watched_.all_terms()) {
      const AccountSpec* spec = account_spec(scenario_, id);
      if (spec == nullptr || spec->way != way || (!app.empty() && !serves(*spec, app))) continue;
      if (only != nullptr && *only != id) continue;
      if (watched_.had_room(id, day, amount, from_ns, until_ns)) return &id;
    }
    return nullptr;
  }
  bool was_in_force(PayAccountId account, std::int64_t version, const api::AccountTerms& terms,
                    std::int64_t until_ns) const {
    const auto found = versions_.find(account);
    return found != versions_.end() &&
           std::any_of(found->second.begin(), found->second.end(), [&](const Version& one) {
             return one.number == version && one.terms == terms && one.since_ns <= until_ns;
           });
  }
  bool has_version(PayAccountId account, std::int64_t version, std::int64_t until_ns) const {
    const auto found = versions_.find(account);
    return found != versions_.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const Version& one) { return one.number == version && one.since_ns <= until_ns; });
  }
  // The first account that was occupied for it.
  const PayAccountId* bound_to(PayoutId payout) const {
    const Watched::Held* first = nullptr;
    for (const auto& [id, held] : watched_.held()) {
      if (held.what.payout == payout && (first == nullptr || held.since_ns < first->since_ns)) first = &held;
    }
    return first == nullptr ? nullptr : &first->what.account;
  }

 private:
  struct Move {
    PayoutState state;
    std::int64_t at_ns;
  };
  struct Version {
    std::int64_t number;
    api::AccountTerms terms;
    std::int64_t since_ns;
  };
  const play::Scenario& scenario_;
  Watched watched_;
  std::map<PayoutId, told::PayoutMade> made_;
  std::map<PayoutId, std::vector<Move>> moves_;
  std::map<PayAccountId, std::vector<Version>> versions_;
};

bool is_wrong(PayoutProblem problem, const api::MakePayout& r, const play::Scenario& scenario) {
  switch (problem) {
    case PayoutProblem::none:
      return false;
    case PayoutProblem::bad_key:
      return r.request_key.empty() || r.request_key.size() > 64;
    case PayoutProblem::no_user:
      return r.user.value <= 0;
    case PayoutProblem::bad_amount:
      return r.amount.currency != Currency{} || r.amount.minor <= 0 || r.amount.minor >= 200'000;
    case PayoutProblem::bad_app: {
      if (r.way == api::PayWay::alipay) return !r.app.empty();
      const auto& accounts = scenario.setting<PayoutSetting>().payout.accounts;
      return std::none_of(accounts.begin(), accounts.end(), [&](const AccountSpec& account) {
        return account.way == r.way && serves(account, r.app);
      });
    }
  }
  return false;
}

bool anything_wrong(const api::MakePayout& request, const play::Scenario& scenario) {
  for (std::size_t i = 1; i < names_of(PayoutProblem{}).size(); ++i) {
    if (is_wrong(static_cast<PayoutProblem>(i), request, scenario)) return true;
  }
  return false;
}

class Answers {
 public:
  Answers(const Known& known, const RestRows& rest)
      : known_(known), rest_(rest), scenario_(rest.world.scenario()) {}

  const char* untrue(const Said<api::MakePayout, api::MakeReply>& said) const {
    const api::MakePayout& asked = said.request;
    const std::int64_t until_ns = *said.answered_ns;
    switch (said.reply.status) {
      case MakeStatus::unknown:
        return nullptr;
      case MakeStatus::busy:
        return rest_.world.undisturbed_at({}) ? "somebody was put off, and nobody was at work" : nullptr;
      case MakeStatus::no_quota:
        // A clock that is wrong has another day.
        if (!rest_.world.machines_ran()) return nullptr;
        return known_.had_room(asked.way, asked.app, nullptr, asked.amount.minor, said.asked_ns, until_ns) ==
                       nullptr
                   ? nullptr
                   : "a payee was told that no quota is left, and there was";
      case MakeStatus::refused:
        return is_wrong(said.reply.problem, asked, scenario_) ? nullptr
                                                              : "a payee was refused for what is not so";
      case MakeStatus::conflict:
        return key_was_used(asked) ? nullptr : "a payee was told of a conflict that is none";
      case MakeStatus::made: {
        const told::PayoutMade* made = known_.made(said.reply.payout);
        if (made == nullptr || anything_wrong(asked, scenario_)) return "a payee was shown a code of nothing";
        if (!known_.was(said.reply.payout, said.reply.state, said.asked_ns, until_ns))
          return "a payee was told of another state";
        return made->app == said.reply.app && made->expires == said.reply.expires
                   ? nullptr
                   : "a payee was shown another code than was made";
      }
    }
    return nullptr;
  }

  const char* untrue(const Said<api::ClaimPayout, api::ClaimReply>& said) const {
    const api::ClaimPayout& asked = said.request;
    const told::PayoutMade* made = known_.made(asked.payout);
    const bool his = made != nullptr && made->user == asked.user;
    const auto was = [&](PayoutState state) {
      return known_.was(asked.payout, state, said.asked_ns, *said.answered_ns);
    };
    switch (said.reply.status) {
      case ClaimStatus::unknown:
        return nullptr;
      case ClaimStatus::busy:
        return rest_.world.undisturbed_at({}) ? "somebody was put off, and nobody was at work" : nullptr;
      case ClaimStatus::no_such_payout:
        return his ? "a payee was told that his payout is none" : nullptr;
      case ClaimStatus::wrong_app:
        return his && made->app != asked.app ? nullptr : "a payee was told that he has the wrong app";
      case ClaimStatus::too_late: {
        if (!his || !(was(PayoutState::made) || was(PayoutState::expired)))
          return "a payee was told that he is too late";
        const bool over = scenario_.start + Duration{*said.answered_ns} >= made->expires;
        return over || !rest_.world.machines_ran() ? nullptr : "a payee was told that he is too late";
      }
      case ClaimStatus::no_quota: {
        if (!his || !was(PayoutState::made)) return "a payee was told that no quota is left, and there was";
        if (!rest_.world.machines_ran()) return nullptr;
        const PayAccountId* only = made->way == api::PayWay::alipay ? known_.bound_to(asked.payout) : nullptr;
        return known_.had_room(made->way, made->app, only, made->amount.minor, said.asked_ns,
                               *said.answered_ns) == nullptr
                   ? nullptr
                   : "a payee was told that no quota is left, and there was";
      }
      case ClaimStatus::paying:
        return his && made->app == asked.app && was(said.reply.state) &&
                       said.reply.state != PayoutState::made && said.reply.state != PayoutState::expired
                   ? nullptr
                   : "a payee was told that he is being paid, and is not";
    }
    return nullptr;
  }

  const char* untrue(const Said<api::LookAtPayout, api::LookReply>& said) const {
    const told::PayoutMade* made = known_.made(said.request.payout);
    const bool his = made != nullptr && made->user == said.request.user;
    if (!said.reply.found) return his ? "a payee was told that his payout is none" : nullptr;
    return his && known_.was(said.request.payout, said.reply.state, said.asked_ns, *said.answered_ns)
               ? nullptr
               : "a payee was told of another state";
  }

  const char* untrue(const Said<api::ConfigureAccount, api::ConfigureReply>& said) const {
    const api::ConfigureAccount& asked = said.request;
    const bool there = account_spec(scenario_, asked.account) != nullptr;
    const bool good = asked.terms.quota.currency == Currency{} && asked.terms.quota.minor >= 0 &&
                      asked.terms.priority >= 0 && asked.terms.priority <= 1'000;
    switch (said.reply.status) {
      case ConfigureStatus::unknown:
        return nullptr;
      case ConfigureStatus::refused:
        return good ? "good terms were refused" : nullptr;
      case ConfigureStatus::no_such_account:
        return there ? "an operator was told that an account is not there" : nullptr;
      case ConfigureStatus::stale:
        return said.reply.version != asked.seen_version &&
                       known_.has_version(asked.account, said.reply.version, *said.answered_ns)
                   ? nullptr
                   : "an operator was told that somebody was first, and nobody was";
      case ConfigureStatus::done:
        return good && said.reply.version == asked.seen_version + 1 &&
                       known_.was_in_force(asked.account, said.reply.version, asked.terms, *said.answered_ns)
                   ? nullptr
                   : "an operator was told \"done\" of what is not in force";
    }
    return nullptr;
  }

 private:
  bool key_was_used(const api::MakePayout& asked) const {
    const auto& all = rest_.diary()->made;
    return std::any_of(all.begin(), all.end(), [&](const auto& other) {
      const api::MakePayout& r = other.request;
      return r.user == asked.user && r.request_key == asked.request_key &&
             (r.amount != asked.amount || r.way != asked.way || r.app != asked.app);
    });
  }

  const Known& known_;
  const RestRows& rest_;
  const play::Scenario& scenario_;
};

template <class Said>
void check(const Answers& answers, const std::vector<Said>& all, Findings& findings,
           const std::function<Evidence(const Said&)>& about) {
  for (const Said& said : all) {
    if (!said.answered_ns) continue;
    if (const char* what = answers.untrue(said)) {
      Evidence evidence = about(said);
      evidence.emplace_back("asked", play::when(said.asked_ns));
      findings.add(play::unsafe(kPayoutAnswersAreTrue, *said.answered_ns, what, std::move(evidence)));
    }
  }
}

void check_answers(const Known& known, const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr) return;
  const play::Scenario& scenario = rest.world.scenario();
  const Answers answers(known, rest);
  const Diary& diary = *rest.diary();
  using Made = Said<api::MakePayout, api::MakeReply>;
  using Claimed = Said<api::ClaimPayout, api::ClaimReply>;
  using Looked = Said<api::LookAtPayout, api::LookReply>;
  using Configured = Said<api::ConfigureAccount, api::ConfigureReply>;
  check<Made>(answers, diary.made, findings, [&](const Made& said) {
    return Evidence{{"payee", payee_text(scenario, said.request.user)},
                    {"amount", said.request.amount.text()},
                    {"answer", std::string(wire::name_of(said.reply.status))},
                    {"because", std::string(wire::name_of(said.reply.problem))}};
  });
  check<Claimed>(answers, diary.claimed, findings, [&](const Claimed& said) {
    return Evidence{{"payee", payee_text(scenario, said.request.user)},
                    {"payout", said.request.payout.text()},
                    {"answer", std::string(wire::name_of(said.reply.status))}};
  });
  check<Looked>(answers, diary.looked, findings, [&](const Looked& said) {
    return Evidence{{"payee", payee_text(scenario, said.request.user)},
                    {"payout", said.request.payout.text()},
                    {"answer", std::string(wire::name_of(said.reply.state))}};
  });
  check<Configured>(answers, diary.configured, findings, [&](const Configured& said) {
    return Evidence{{"account", account_text(scenario, said.request.account)},
                    {"version", std::to_string(said.reply.version)},
                    {"answer", std::string(wire::name_of(said.reply.status))}};
  });
  for (const auto& [id, standing] : rest.payouts) {
    const Payout& p = standing.payout;
    const api::MakePayout request{p.user, p.way, p.way == api::PayWay::alipay ? std::string() : p.app,
                                  p.amount, p.request_key};
    if (anything_wrong(request, scenario))
      findings.add(play::unsafe(kPayoutAnswersAreTrue, rest.world.now_ns,
                                "what no payout can be made of was made", about(scenario, p)));
    const told::PayoutMade* made = known.made(id);
    if (made != nullptr && (made->user != p.user || made->amount != p.amount || made->app != p.app ||
                            made->way != p.way || made->expires != p.expires))
      findings.add(play::unsafe(kPayoutAnswersAreTrue, rest.world.now_ns,
                                "a payout says otherwise than it was made", about(scenario, p)));
  }
}

}  // namespace

void watch_payout_answers_are_true(const play::Watching& parts) {
  const auto known = std::make_shared<Known>(parts.scenario);
  parts.monitors.add<told::AccountConfigured, told::QuotaOccupied, told::QuotaUsed, told::QuotaReleased,
                     told::PayoutMade, told::PayoutClaimed, told::PayoutEnded>(known);
  parts.audit.add<RestRows>(
      kPayoutAnswersAreTrue, {"payout"},
      [known](const RestRows& rest, Findings& findings) { check_answers(*known, rest, findings); });
}

}  // namespace ordeal::payout

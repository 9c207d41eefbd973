// I-01: for one payee and key there is one payout, and every answer to the key names it; another request under it is a conflict.
// I-04: a payout goes its way once: MADE, then EXPIRED or PAYING, then PAID or FAILED, and nothing after that.
// I-38: a payout moves money once at most, over all accounts and numbers: once when it is PAID, never when it is FAILED or EXPIRED, by the
// channels' own books, to the payee and to the last fen. Each of its attempts has a number and an account of its own: what one account has
// declined goes to another.
// I-40: a payout comes to an end: what was claimed is sent, what the channel knows is asked for, and nothing stays MADE or PAYING.
#include <algorithm>
#include <memory>
#include <set>

#include "core/wire/names.h"
#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/laws/rest_rows.h"
#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {
namespace {

using namespace ordeal::literals;
using api::PayoutState;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// A look that is due may find its worker napping under a wrong clock; the last gap between two looks is an hour.
constexpr Duration kKnownWithin = 1_h + 15_min;
// The transaction, the wake, and the way to the channel.
constexpr Duration kSentWithin = 30_s;

// --- I-01 ---

bool same_request(const Payout& payout, const api::MakePayout& request) {
  return payout.way == request.way && payout.amount == request.amount &&
         (request.app.empty() || payout.app == request.app);
}

void check_requests(const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr) return;
  for (const auto& said : rest.diary()->made) {
    if (!said.answered_ns || said.reply.status != api::MakeStatus::made) continue;
    const Payout* row = rest.request(said.request.user, said.request.request_key);
    const Evidence evidence{{"payee", payee_text(rest.world.scenario(), said.request.user)},
                            {"amount", said.request.amount.text()},
                            {"payout", said.reply.payout.text()},
                            {"asked", play::when(said.asked_ns)}};
    if (row == nullptr || row->id != said.reply.payout)
      findings.add(play::unsafe(kOnePayoutPerRequest, *said.answered_ns,
                                "one request was answered with another payout than its own", evidence));
    else if (!same_request(*row, said.request))
      findings.add(play::unsafe(kOnePayoutPerRequest, *said.answered_ns,
                                "a key that stands for one payout was taken for another", evidence));
  }
}

// --- I-04 ---

class EndsOnce {
 public:
  explicit EndsOnce(const play::Scenario& scenario) : scenario_(scenario) {}
  void on(const told::PayoutMade& made, const Fact& fact, Findings& findings) {
    const auto [at, is_new] = ways_.try_emplace(made.payout, Way{made.user, PayoutState::made, 0});
    if (!is_new) wrong(made.payout, at->second, PayoutState::made, fact, findings);
  }
  void on(const told::PayoutClaimed& claimed, const Fact& fact, Findings& findings) {
    go(claimed.payout, PayoutState::made, PayoutState::paying, fact, findings);
    ways_[claimed.payout].attempt = 1;
  }
  void on(const told::PayoutRerouted& rerouted, const Fact& fact, Findings& findings) {
    Way& way = ways_[rerouted.payout];
    if (way.state != PayoutState::paying || rerouted.attempt != way.attempt + 1)
      wrong(rerouted.payout, way, PayoutState::paying, fact, findings);
    way.attempt = rerouted.attempt;
  }
  void on(const told::PayoutEnded& ended, const Fact& fact, Findings& findings) {
    const PayoutState from = ended.state == PayoutState::expired ? PayoutState::made : PayoutState::paying;
    go(ended.payout, from, ended.state, fact, findings);
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    for (const auto& [id, standing] : rest.payouts) {
      const auto found = ways_.find(id);
      const bool agrees = found != ways_.end() && found->second.state == standing.payout.state &&
                          found->second.attempt == standing.payout.attempt &&
                          standing.looks_due == (standing.payout.state == PayoutState::paying);
      if (!agrees)
        findings.add(play::unsafe(kPayoutEndsOnce, rest.world.now_ns,
                                  "a payout stands otherwise than it went",
                                  about(scenario_, standing.payout)));
    }
  }

 private:
  struct Way {
    UserId user{};
    PayoutState state = PayoutState::made;
    std::int64_t attempt = 0;
  };
  void go(PayoutId payout, PayoutState from, PayoutState to, const Fact& fact, Findings& findings) {
    Way& way = ways_[payout];
    if (way.state != from) wrong(payout, way, to, fact, findings);
    way.state = to;
  }
  void wrong(PayoutId payout, const Way& way, PayoutState to, const Fact& fact, Findings& findings) const {
    findings.add(play::unsafe(kPayoutEndsOnce, fact.at_ns, "a payout went where it must not",
                              {{"payout", payout.text()},
                               {"payee", payee_text(scenario_, way.user)},
                               {"from", std::string(wire::name_of(way.state))},
                               {"to", std::string(wire::name_of(to))},
                               {"at", play::when(fact.at_ns)}}));
  }

  const play::Scenario& scenario_;
  std::map<PayoutId, Way> ways_;
};

// --- I-38 ---

Evidence with_numbers(Evidence evidence, const std::vector<const TransferLine*>& moved,
                      const play::Scenario& scenario) {
  static constexpr std::array<std::string_view, 2> kKeys{"paid from", "and from"};
  for (std::size_t i = 0; i < moved.size() && i < kKeys.size(); ++i)
    evidence.emplace_back(kKeys[i], account_text(scenario, moved[i]->asked.account));
  return evidence;
}

void check_attempts(const RestRows& rest, const Payout& payout, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  std::set<std::string> numbers;
  std::set<PayAccountId> accounts;
  for (const TransferLine* line : rest.transfers_of(payout.id)) {
    Evidence evidence = about(scenario, payout);
    evidence.emplace_back("account", account_text(scenario, line->asked.account));
    if (!numbers.insert(line->asked.number).second)
      findings.add(play::unsafe(kPaidOutOnce, line->first_ns, "two attempts had one number", evidence));
    if (!accounts.insert(line->asked.account).second)
      findings.add(play::unsafe(kPaidOutOnce, line->first_ns,
                                "an account that had declined a payout was asked for it again", evidence));
  }
}

void check_paid_out(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  if (rest.channels() == nullptr) return;
  std::size_t known = 0;
  for (const auto& [id, standing] : rest.payouts) {
    const Payout& payout = standing.payout;
    check_attempts(rest, payout, findings);
    std::vector<const TransferLine*> moved;
    std::int64_t times = 0;
    for (const TransferLine* line : rest.transfers_of(id)) {
      ++known;
      times += line->times;
      if (line->times > 0) moved.push_back(line);
      if (line->asked.amount != payout.amount || line->asked.payee != payout.user)
        findings.add(play::unsafe(kPaidOutOnce, line->first_ns,
                                  "a transfer was for something else than its payout",
                                  about(scenario, payout)));
    }
    const Evidence evidence = with_numbers(about(scenario, payout), moved, scenario);
    if (times > 1) {
      findings.add(play::unsafe(kPaidOutOnce, moved.back()->ended_ns, "a payout was paid twice", evidence),
                   payout.amount.minor);
    } else if (times == 1 && payout.state == PayoutState::failed) {
      findings.add(play::unsafe(kPaidOutOnce, moved.front()->ended_ns,
                                "a payout was called failed, and was paid", evidence));
    } else if (times == 1 && (payout.state == PayoutState::made || payout.state == PayoutState::expired)) {
      findings.add(
          play::unsafe(kPaidOutOnce, moved.front()->ended_ns, "what nobody had claimed was paid", evidence));
    } else if (times == 0 && payout.state == PayoutState::paid) {
      findings.add(
          play::unsafe(kPaidOutOnce, rest.world.now_ns, "a payout was called paid, and was not", evidence));
    }
  }
  if (known < rest.channels()->transfers.size())
    findings.add(play::unsafe(kPaidOutOnce, rest.world.now_ns, "a channel was asked for what is no payout",
                              {{"numbers", std::to_string(rest.channels()->transfers.size() - known)}}));
  for (const auto& [account, number] : rest.channels()->not_the_same)
    findings.add(play::unsafe(kPaidOutOnce, rest.world.now_ns, "one number was used for two transfers",
                              {{"number", number}, {"account", account_text(scenario, account)}}));
}

// --- I-40 ---

class Ends {
 public:
  void on(const told::PayoutClaimed& claimed, const Fact& fact, Findings&) {
    claimed_ns_.try_emplace(claimed.payout, fact.at_ns);
  }
  void on(const told::PayoutEnded& ended, const Fact& fact, Findings&) {
    ended_ns_.try_emplace(ended.payout, fact.at_ns);
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    const play::Scenario& scenario = rest.world.scenario();
    const bool calm = rest.world.undisturbed_at({});
    std::set<PayoutId> occupying;
    for (const auto& [id, o] : rest.occupations) {
      if (o.state == OccupationState::occupied) occupying.insert(o.payout);
    }
    for (const auto& [id, standing] : rest.payouts) {
      const Payout& payout = standing.payout;
      // One that occupies a quota is another law's, I-83.
      if (rest.world.settled && payout.state == PayoutState::made && !occupying.contains(id))
        findings.add(play::not_live(kPayoutsComeToAnEnd, rest.world.now_ns, "a code never comes to an end",
                                    about(scenario, payout)));
      if (rest.world.settled && payout.state == PayoutState::paying) {
        findings.add(play::not_live(kPayoutsComeToAnEnd, rest.world.now_ns,
                                    "a claimed payout never comes to an end", about(scenario, payout)));
        continue;
      }
      const auto claimed = claimed_ns_.find(id);
      const auto ended = ended_ns_.find(id);
      if (claimed == claimed_ns_.end() || ended == ended_ns_.end()) continue;
      std::int64_t known_ns = claimed->second;
      std::int64_t first_ns = INT64_MAX;
      for (const TransferLine* line : rest.transfers_of(id)) {
        known_ns = std::max({known_ns, line->ended_ns, line->blind_until_ns});
        first_ns = std::min(first_ns, line->first_ns);
      }
      if (!calm) known_ns = std::max(known_ns, rest.world.healed_ns);
      if (calm && first_ns != INT64_MAX && first_ns - claimed->second > kSentWithin.ns)
        findings.add(play::not_live(kPayoutsComeToAnEnd, first_ns, "a claimed payout was sent too late",
                                    late(payout, first_ns - claimed->second, scenario)));
      const std::int64_t after = ended->second - known_ns;
      if (after > kKnownWithin.ns)
        findings.add(
            play::not_live(kPayoutsComeToAnEnd, ended->second, "what the channel knew was asked for too late",
                           late(payout, after, scenario)),
            after);
    }
  }

 private:
  static Evidence late(const Payout& payout, std::int64_t by_ns, const play::Scenario& scenario) {
    Evidence evidence = about(scenario, payout);
    evidence.emplace_back("late", play::how_long(by_ns));
    return evidence;
  }
  std::map<PayoutId, std::int64_t> claimed_ns_;
  std::map<PayoutId, std::int64_t> ended_ns_;
};

}  // namespace

void watch_one_payout_per_request(const play::Watching& parts) {
  parts.audit.add<RestRows>(kOnePayoutPerRequest, {"payout"}, &check_requests);
}

void watch_payout_ends_once(const play::Watching& parts) {
  const auto monitor = std::make_shared<EndsOnce>(parts.scenario);
  parts.monitors.add<told::PayoutMade, told::PayoutClaimed, told::PayoutRerouted, told::PayoutEnded>(monitor);
  parts.audit.add<RestRows>(kPayoutEndsOnce, {"payout"}, [monitor](const RestRows& rest, Findings& findings) {
    monitor->at_rest(rest, findings);
  });
}

void watch_paid_out_once(const play::Watching& parts) {
  parts.audit.add<RestRows>(kPaidOutOnce, {"payout"}, &check_paid_out);
}

void watch_payouts_come_to_an_end(const play::Watching& parts) {
  const auto monitor = std::make_shared<Ends>();
  parts.monitors.add<told::PayoutClaimed, told::PayoutEnded>(monitor);
  parts.audit.add<RestRows>(
      kPayoutsComeToAnEnd, {"payout"},
      [monitor](const RestRows& rest, Findings& findings) { monitor->at_rest(rest, findings); });
}

}  // namespace ordeal::payout

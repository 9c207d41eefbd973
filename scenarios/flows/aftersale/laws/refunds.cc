// I-04: a refund goes its way once: WAITING or not, SENDING, then DONE, FAILED or LAPSED, and nothing after that; a payout takes the place of
// the refund API once.
// I-38: a refund moves money once at most, over all numbers and routes: once when it is DONE, otherwise never, by the channels' own books, to
// the last fen; and no payout is sent while its refund may still be done (F-48).
// I-40: a refund comes to an end: what is paid for is sent, what the channel knows is asked for, what nobody pays for lapses in time.
#include <algorithm>
#include <memory>
#include <set>

#include "core/aftersale/wishes.h"
#include "core/wire/names.h"
#include "scenarios/flows/aftersale/laws/laws.h"
#include "scenarios/flows/aftersale/laws/rest_rows.h"
#include "scenarios/flows/aftersale/laws/watched.h"
#include "scenarios/flows/aftersale/parts.h"

namespace ordeal::aftersale {
namespace {

using namespace ordeal::literals;
using api::BackRoute;
using api::BackState;
using api::GivenBack;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// A look that is due may find its worker napping under a wrong clock; the last gap between two looks is an hour.
constexpr Duration kKnownWithin = 1_h + 15_min;
// The transaction, the wake, and the way to the channel.
constexpr Duration kSentWithin = 30_s;
// One refund of a payment after the other.
constexpr Duration kApart = 80_s;
// A worker's nap, and clocks.
constexpr Duration kLapsedWithin = 15_min;

// --- I-04 ---

class EndsOnce {
 public:
  explicit EndsOnce(const play::Scenario& scenario) : scenario_(scenario) {}
  void on(const told::BackAsked& asked, const Fact& fact, Findings& findings) {
    const auto [at, is_new] = ways_.try_emplace(asked.refund, Way{asked, asked.state, asked.route});
    const bool begins = asked.state == BackState::waiting || asked.state == BackState::sending;
    if (!is_new || !begins) wrong(asked.refund, asked.state, fact, findings);
  }
  void on(const told::BackFunded& funded, const Fact& fact, Findings& findings) {
    go(funded.refund, BackState::waiting, BackState::sending, fact, findings);
  }
  void on(const told::BackRerouted& rerouted, const Fact& fact, Findings& findings) {
    Way& way = ways_[rerouted.refund];
    if (way.state != BackState::sending || way.route != BackRoute::refund)
      wrong(rerouted.refund, BackState::sending, fact, findings);
    way.route = BackRoute::payout;
  }
  void on(const told::BackEnded& ended, const Fact& fact, Findings& findings) {
    const BackState from = ended.state == BackState::lapsed ? BackState::waiting : BackState::sending;
    go(ended.refund, from, ended.state, fact, findings);
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    for (const auto& [id, standing] : rest.backs) {
      const Back& back = standing.back;
      const auto found = ways_.find(id);
      const bool open = back.state == BackState::waiting || back.state == BackState::sending;
      const bool agrees = found != ways_.end() && found->second.state == back.state &&
                          found->second.route == back.route && found->second.asked.payment == back.payment &&
                          found->second.asked.merchant == back.merchant &&
                          found->second.asked.amount == back.amount && standing.looks_due == open;
      if (!agrees)
        findings.add(play::unsafe(kRefundEndsOnce, rest.world.now_ns,
                                  "a refund stands otherwise than it went", about(scenario_, back)));
    }
  }

 private:
  struct Way {
    told::BackAsked asked{};
    BackState state = BackState::waiting;
    BackRoute route = BackRoute::refund;
  };
  void go(RefundId refund, BackState from, BackState to, const Fact& fact, Findings& findings) {
    Way& way = ways_[refund];
    if (way.state != from) wrong(refund, to, fact, findings);
    way.state = to;
  }
  void wrong(RefundId refund, BackState to, const Fact& fact, Findings& findings) {
    const Way& way = ways_[refund];
    findings.add(play::unsafe(kRefundEndsOnce, fact.at_ns, "a refund went where it must not",
                              {{"refund", refund.text()},
                               {"buyer", buyer_text(scenario_, way.asked.buyer)},
                               {"from", std::string(wire::name_of(way.state))},
                               {"to", std::string(wire::name_of(to))},
                               {"at", play::when(fact.at_ns)}}));
  }

  const play::Scenario& scenario_;
  std::map<RefundId, Way> ways_;
};

// --- I-38 ---

struct Moved {
  std::int64_t times = 0;
  std::set<BackRoute> routes{};
  std::int64_t last_ns = 0;
};

Moved moved_of(const std::vector<const BackLine*>& lines) {
  Moved moved;
  for (const BackLine* line : lines) {
    if (line->times == 0) continue;
    moved.times += line->times;
    moved.routes.insert(line->route);
    moved.last_ns = std::max(moved.last_ns, line->ended_ns);
  }
  return moved;
}

// Null: the refund API has refused all that it was asked for.
const BackLine* still_at_the_api(const std::vector<const BackLine*>& lines) {
  const auto found = std::find_if(lines.begin(), lines.end(), [](const BackLine* line) {
    return line->route == BackRoute::refund && line->state != GivenBack::refused;
  });
  return found == lines.end() ? nullptr : *found;
}

const char* breach_of(const Back& back, const std::vector<const BackLine*>& lines, const Moved& moved) {
  const bool is_other = std::any_of(lines.begin(), lines.end(), [&](const BackLine* line) {
    return line->asked.amount != back.amount || line->asked.payment != back.payment;
  });
  if (is_other) return "a channel was asked for something else than its refund";
  if (moved.routes.size() > 1) return "a refund was given back by both routes";
  if (moved.times > 1) return "a refund was given back twice";
  if (moved.times == 1 && back.state == BackState::failed)
    return "a refund was called failed, and was given back";
  if (moved.times == 1 && (back.state == BackState::waiting || back.state == BackState::lapsed))
    return "what nobody had paid for was given back";
  if (moved.times == 0 && back.state == BackState::done) return "a refund was called done, and was not";
  const bool paid_out = std::any_of(lines.begin(), lines.end(),
                                    [](const BackLine* line) { return line->route == BackRoute::payout; });
  return paid_out && still_at_the_api(lines) != nullptr ? "a payout was sent while its refund might be done"
                                                        : nullptr;
}

void check_given_back(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  const ChannelBook* book = rest.channels();
  if (book == nullptr) return;
  std::size_t known = 0;
  for (const auto& [id, standing] : rest.backs) {
    const auto lines = rest.lines_of(id);
    known += lines.size();
    const Moved moved = moved_of(lines);
    if (const char* breach = breach_of(standing.back, lines, moved))
      findings.add(play::unsafe(kGivenBackOnce, moved.times > 0 ? moved.last_ns : rest.world.now_ns, breach,
                                about(scenario, standing.back)),
                   standing.back.amount.minor);
  }
  if (known < book->lines.size())
    findings.add(play::unsafe(kGivenBackOnce, rest.world.now_ns, "a channel was asked for what is no refund",
                              {{"numbers", std::to_string(book->lines.size() - known)}}));
  for (const std::string& number : book->not_the_same)
    findings.add(play::unsafe(kGivenBackOnce, rest.world.now_ns, "one number was used for two refunds",
                              {{"number", number}}));
}

// --- I-40 ---

class Ends {
 public:
  explicit Ends(const play::Scenario& scenario) : watched_(scenario) {}
  template <class F>
  void on(const F& fact_body, const Fact& fact, Findings&) {
    watched_.on(fact_body, fact);
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    const play::Scenario& scenario = rest.world.scenario();
    for (const auto& [id, standing] : rest.backs) {
      const Back& back = standing.back;
      const Watched::Refund* refund = watched_.refund(id);
      if (refund == nullptr) continue;
      if (rest.world.settled && (back.state == BackState::waiting || back.state == BackState::sending)) {
        findings.add(play::not_live(kRefundsComeToAnEnd, rest.world.now_ns, "a refund never comes to an end",
                                    about(scenario, back)));
        continue;
      }
      if (back.state == BackState::lapsed) check_lapse(rest, back, *refund, findings);
      if (refund->funded_ns >= 0) check_sending(rest, back, *refund, findings);
    }
  }

 private:
  void check_lapse(const RestRows& rest, const Back& back, const Watched::Refund& refund,
                   Findings& findings) const {
    if (!rest.world.undisturbed_at({})) return;
    const Duration wait = rest.world.scenario().setting<AftersaleSetting>().aftersale.balance_wait;
    const std::int64_t waited = refund.ended_ns - refund.since_ns;
    if (waited < wait.ns - kSentWithin.ns)
      findings.add(play::unsafe(kRefundsComeToAnEnd, refund.ended_ns, "a refund lapsed before its time",
                                about(rest.world.scenario(), back)));
    else if (waited > wait.ns + kLapsedWithin.ns)
      late("a refund lapsed too late", back, waited - wait.ns, refund.ended_ns, rest, findings);
  }
  void check_sending(const RestRows& rest, const Back& back, const Watched::Refund& refund,
                     Findings& findings) const {
    const bool calm = rest.world.undisturbed_at({});
    std::int64_t known_ns = refund.funded_ns;
    std::int64_t first_ns = INT64_MAX;
    for (const BackLine* line : rest.lines_of(back.id)) {
      known_ns = std::max(known_ns, line->ended_ns);
      first_ns = std::min(first_ns, line->first_ns);
    }
    const std::int64_t turn = kSentWithin.ns + kApart.ns * watched_.payment(back.payment).refunds;
    if (calm && first_ns != INT64_MAX && first_ns - refund.funded_ns > turn)
      late("a refund was sent too late", back, first_ns - refund.funded_ns, first_ns, rest, findings);
    if (!calm) known_ns = std::max(known_ns, rest.world.healed_ns);
    if (refund.ended_ns >= 0 && refund.ended_ns - known_ns > kKnownWithin.ns)
      late("what the channel knew of a refund was asked for too late", back, refund.ended_ns - known_ns,
           refund.ended_ns, rest, findings);
  }
  static void late(const char* message, const Back& back, std::int64_t by_ns, std::int64_t at_ns,
                   const RestRows& rest, Findings& findings) {
    Evidence evidence = about(rest.world.scenario(), back);
    evidence.emplace_back("late", play::how_long(by_ns));
    findings.add(play::not_live(kRefundsComeToAnEnd, at_ns, message, std::move(evidence)), by_ns);
  }

  Watched watched_;
};

}  // namespace

void watch_refund_ends_once(const play::Watching& parts) {
  const auto monitor = std::make_shared<EndsOnce>(parts.scenario);
  parts.monitors.add<told::BackAsked, told::BackFunded, told::BackRerouted, told::BackEnded>(monitor);
  parts.audit.add<RestRows>(
      kRefundEndsOnce, {"aftersale"},
      [monitor](const RestRows& rest, Findings& findings) { monitor->at_rest(rest, findings); });
}

void watch_given_back_once(const play::Watching& parts) {
  parts.audit.add<RestRows>(kGivenBackOnce, {"aftersale"}, &check_given_back);
}

void watch_refunds_come_to_an_end(const play::Watching& parts) {
  const auto monitor = std::make_shared<Ends>(parts.scenario);
  parts.monitors.add<told::BackAsked, told::BackFunded, told::BackEnded>(monitor);
  parts.audit.add<RestRows>(
      kRefundsComeToAnEnd, {"aftersale"},
      [monitor](const RestRows& rest, Findings& findings) { monitor->at_rest(rest, findings); });
}

}  // namespace ordeal::aftersale

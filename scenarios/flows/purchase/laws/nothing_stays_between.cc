// I-40: nothing stays in a state on the way (liveness).
//
// At rest no order is a DRAFT, of which nobody knows whether it has its stock, and none was for longer than a draft may live;
// and each day's statement is ACCEPTED or UNRESOLVED, once its tries are over and no sooner; what is there and true is
// believed; and each day on which money moved is among them. States with a promise of their own are not here: an UNPAID order
// is I-41, a payment on its way I-42, an event I-51.
#include <algorithm>
#include <array>
#include <set>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "core/order/context.h"
#include "core/payment/statements.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parties/calendar.h"
#include "scenarios/flows/purchase/parties/channel.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/seams.h"

namespace ordeal::purchase {
namespace {

using namespace literals;

// Beyond the tries themselves: a nap that began before, a download that hangs, the work.
constexpr Duration kSlack = payment::Statements::kLongestNap + 10_min;

// A last question that was on its way, and its worker, who may oversleep.
constexpr Duration kGivingUp = 30_s;

// When a file is asked for that is ready at a certain hour.
constexpr Duration kOnTheWay = 1_s;
constexpr Duration kSoon = 5_min;

// Two days of hourly looks, then it is a matter for people (core/payment/statements.h).
constexpr std::int64_t kLooks = 48;
constexpr std::int64_t kLooksAtAnEmptyDay = 26;

// When it was written down, and when it was known whether it has its stock.
class Drafts {
 public:
  void on(const api::facts::OrderPlaced& placed, const sim::Fact& fact, Findings&) {
    since_ns_.try_emplace(placed.order, fact.at_ns);
  }
  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings&) {
    if (moved.from == api::OrderState::draft) until_ns_.try_emplace(moved.order, fact.at_ns);
  }

  // Where machines run, an order whose stock nobody can tell of is given up in its time.
  void check(const RestRows& rest, Findings& findings) const {
    if (!rest.world.machines_ran()) return;
    const Duration life = rest.world.knobs.duration("order.draft_life", order::Config{}.draft_life);
    // Each that is asked about before it may hold it up for as long as a call to the stock takes.
    const Duration bound =
        life + kGivingUp + order::Config{}.reserve_deadline * static_cast<std::int64_t>(rest.orders.size());
    for (const auto& [order, until_ns] : until_ns_) {
      const auto since = since_ns_.find(order);
      if (since == since_ns_.end() || until_ns - since->second <= bound.ns) continue;
      findings.add(not_live(kNothingStaysBetween, until_ns,
                            "an order was a DRAFT for longer than a draft may live",
                            rest.about(order) + Evidence{{"for", how_long(until_ns - since->second)},
                                                         {"may live", how_long(life.ns)}}));
    }
  }

 private:
  tsl::robin_map<OrderId, std::int64_t> since_ns_;
  tsl::robin_map<OrderId, std::int64_t> until_ns_;
};

void check_orders(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    if (order.state != api::OrderState::draft) continue;
    findings.add(not_live(kNothingStaysBetween, rest.world.now_ns,
                          "an order is still a DRAFT: nobody knows whether it has its stock",
                          rest.about(order.id)));
  }
}

void check_statement(const RestRows& rest, const RestStatement& statement, Findings& findings) {
  const channel::StatementRules* rules = statement_rules(rest.world.scenario(), statement.channel);
  if (rules == nullptr) return;  // I-91
  const Instant ready = midnight_before(statement.day.next(), rules->zone) + rules->ready;
  const std::int64_t from_ns = std::max((ready - rest.world.scenario().start).ns, rest.world.healed_ns);
  const Duration tries = payment::Statements::kAgain * payment::Statements::kTries;
  if (!rest.world.settled && rest.world.now_ns <= from_ns + (tries + kSlack).ns) return;
  findings.add(not_live(kNothingStaysBetween, rest.world.now_ns, "a day's statement is still to be read",
                        {{"channel", statement.channel},
                         {"day", statement.day.text()},
                         {"ready", when((ready - rest.world.scenario().start).ns)},
                         {"tries", std::to_string(statement.tries)},
                         {"faults ended", when(rest.world.healed_ns)}}));
}

// A day is asked for when its file may be there, and soon: neither before, for nothing, nor in the afternoon.
void check_asked_in_time(const RestRows& rest, const std::string& channel, channel::Day day,
                         Findings& findings) {
  const channel::StatementRules& rules = *statement_rules(rest.world.scenario(), channel);
  const auto told = rest.books().told_of_days.find({channel, day});
  if (told == rest.books().told_of_days.end() || told->second.asked_ns < 0) return;
  const Instant ready = midnight_before(day.next(), rules.zone) + rules.ready;
  const std::int64_t ready_ns = (ready - rest.world.scenario().start).ns;
  const std::int64_t asked_ns = told->second.asked_ns;
  if (asked_ns >= ready_ns - kOnTheWay.ns && asked_ns <= ready_ns + kSoon.ns) return;
  findings.add(not_live(
      kNothingStaysBetween, asked_ns, "a day's statement was asked for at another time than when it is ready",
      {{"channel", channel}, {"day", day.text()}, {"ready", when(ready_ns)}, {"asked for", when(asked_ns)}}));
}

// Each day on which money moved has to be asked for. By sound machines: whose clock is wrong by hours looks at other days.
void check_all_days(const RestRows& rest, Findings& findings) {
  if (!rest.world.settled || !machines_were_sound(rest.world) || !reads_statements(rest.world.designer()))
    return;
  std::set<std::pair<std::string, channel::Day>> moved;
  for (const auto& [channel, trades] : rest.books().trades) {
    const channel::StatementRules* rules = statement_rules(rest.world.scenario(), channel);
    if (rules == nullptr) continue;
    const channel::Zone zone = rules->zone;
    for (const auto& [number, trade] : trades) {
      if (trade.debited_at_ns >= 0) moved.emplace(channel, day_of(trade.debited_at, zone));
      for (const auto& [request, refund] : trade.refund_requests)
        moved.emplace(channel, day_of(refund.at, zone));
    }
  }
  for (const auto& [channel, day] : moved) check_asked_in_time(rest, channel, day, findings);
  for (const RestStatement& statement : rest.statements) moved.erase({statement.channel, statement.day});
  for (const auto& [channel, day] : moved)
    findings.add(not_live(kNothingStaysBetween, rest.world.now_ns,
                          "money moved at a channel on a day whose statement nobody asks for",
                          {{"channel", channel}, {"day", day.text()}}));
}

// Refunds are awaited on any day until a statement has told of them, so one of a later day holds an empty day back.
bool is_held_back(const RestRows& rest, const RestStatement& statement) {
  const auto trades = rest.books().trades.find(statement.channel);
  const channel::StatementRules* rules = statement_rules(rest.world.scenario(), statement.channel);
  if (statement.lines != 0 || rules == nullptr || trades == rest.books().trades.end()) return false;
  return std::any_of(trades->second.begin(), trades->second.end(), [&](const auto& trade) {
    const auto& refunds = trade.second.refund_requests;
    return std::any_of(refunds.begin(), refunds.end(), [&](const auto& refund) {
      return day_of(refund.second.at, rules->zone) > statement.day;
    });
  });
}

// Nobody gives up early; and a statement that was there and true at the first look is believed: an empty day at the second,
// or when the next day has told what this one was still asked for. (A payment or refund of which nobody knows the end holds a
// day back, so those who are asked about them have to answer.)
void check_patience(const RestRows& rest, const RestStatement& statement, Findings& findings) {
  static constexpr std::array kForks{kStatementFork, kAnswerFork, kLineFork, kServiceFork, kRefundFork};
  const bool given_up = statement.state == payment::StatementState::unresolved;
  const bool slow_to_believe = rest.world.undisturbed_at(kForks) &&
                               (given_up || statement.tries > kLooksAtAnEmptyDay) &&
                               !is_held_back(rest, statement);
  if (!slow_to_believe && !(given_up && statement.tries < kLooks)) return;
  findings.add(not_live(kNothingStaysBetween, rest.world.now_ns,
                        slow_to_believe ? "a statement that was there and true was not believed"
                                        : "a statement was given up before it had been asked for two days",
                        {{"channel", statement.channel},
                         {"day", statement.day.text()},
                         {"looks", std::to_string(statement.tries)}}));
}

void check_statements(const RestRows& rest, Findings& findings) {
  for (const RestStatement& statement : rest.statements) {
    check_patience(rest, statement, findings);
    if (statement.state == payment::StatementState::due) check_statement(rest, statement, findings);
  }
  check_all_days(rest, findings);
}

}  // namespace

void watch_nothing_stays_between(const play::Watching& parts) {
  const auto drafts = std::make_shared<Drafts>();
  parts.monitors.add<api::facts::OrderPlaced, api::facts::OrderMoved>(drafts);
  parts.audit.add<RestRows>(kNothingStaysBetween, {"order"}, &check_orders);
  parts.audit.add<RestRows>(
      kNothingStaysBetween, {"order"},
      [drafts](const RestRows& rest, Findings& findings) { drafts->check(rest, findings); });
  if (parts.scenario.has_service("payment"))
    parts.audit.add<RestRows>(kNothingStaysBetween, {"payment"}, &check_statements);
}

}  // namespace ordeal::purchase

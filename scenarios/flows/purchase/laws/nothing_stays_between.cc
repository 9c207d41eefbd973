// I-40: nothing stays in a state on the way (liveness).
//
// At rest no order is a DRAFT, of which nobody knows whether it has its stock; and each day's statement is ACCEPTED or
// UNRESOLVED, once its tries are over. States with a promise of their own are not here: an UNPAID order is I-41, a payment
// on its way I-42, an event I-51.
#include <algorithm>

#include "core/payment/statements.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

using namespace literals;

// Beyond the tries themselves: a nap that began before, a download that hangs, the work.
constexpr Duration kSlack = payment::Statements::kLongestNap + 10_min;

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
  const Instant ready = channel::begin_of(statement.day.next(), rules->zone) + rules->ready;
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

void check_statements(const RestRows& rest, Findings& findings) {
  for (const RestStatement& statement : rest.statements) {
    if (statement.state == payment::StatementState::due) check_statement(rest, statement, findings);
  }
}

}  // namespace

void watch_nothing_stays_between(const play::Watching& parts) {
  parts.audit.add<RestRows>(kNothingStaysBetween, {"order"}, &check_orders);
  if (parts.scenario.has_service("payment"))
    parts.audit.add<RestRows>(kNothingStaysBetween, {"payment"}, &check_statements);
}

}  // namespace ordeal::purchase

// I-35: a payment that succeeds on a closed order is refunded exactly once, in full; and a paid order's money
// is not sent back as late. So is one that closes its order, since nothing was left when it came (I-16). Of an order
// that payment knows to be closed none is begun, and its trades are closed.
//
// "Succeeds" is by the channel's book. Exactly once: one refund row of ours, SUCCEEDED, of the whole amount,
// and as much given back at the channel.
#include <algorithm>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

using api::OrderState;
using api::RefundReason;
using namespace literals;

// What closing an order takes when all are there.
constexpr Duration kSoon = 1_min;

// Nothing is begun for an order of which payment knows that it is closed: somebody would pay for nothing.
class Begun {
 public:
  explicit Begun(const play::Scenario& scenario) : ordered_(scenario) {}
  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }
  void on(const api::facts::IntentCancelled& cancelled, const sim::Fact& fact, Findings&) {
    cancelled_.try_emplace(cancelled.order, fact.at_ns);
  }
  void on(const api::facts::AttemptOpened& opened, const sim::Fact& fact, Findings& findings) {
    const auto known = cancelled_.find(opened.order);
    if (known == cancelled_.end()) return;
    findings.add(unsafe(kLatePaymentIsRefunded, fact.at_ns,
                        "a payment was begun for an order that payment knew to be closed",
                        ordered_.of(opened.order) + Evidence{{"attempt", opened.attempt.text()},
                                                             {"known to be closed", when(known->second)},
                                                             {"begun", when(fact.at_ns)}}));
  }

 private:
  Ordered ordered_;
  tsl::robin_map<OrderId, std::int64_t> cancelled_;
};

void check_late_payment(const RestRows& rest, const RestOrder& order, const RestAttempt& attempt,
                        Findings& findings) {
  const auto refunds = rest.refunds_of(attempt.id);
  const ChannelTrade& trade = *attempt.trade;
  const bool once = refunds.size() == 1 && refunds[0].state == refund::State::succeeded &&
                    refunds[0].reason != RefundReason::surplus && refunds[0].amount == trade.amount;
  if (once && trade.refunded == trade.amount) return;

  std::string ours;
  for (const RestRefund& refund : refunds) {
    ours += (ours.empty() ? "" : ", ") + refund.id.text() + " " + std::string(wire::name_of(refund.state)) +
            " of " + refund.amount.text() + " (" + std::string(wire::name_of(refund.reason)) + ")";
  }
  const bool kept = trade.refunded.minor < trade.amount.minor;
  findings.add(
      unsafe(kLatePaymentIsRefunded, rest.world.now_ns,
             kept ? "money came for an order that is " + state_text(order.state) + " and was not given back"
                  : "a late payment was given back, but not by one refund",
             rest.about(order.id) +
                 Evidence{{"state", state_text(order.state)},
                          {"attempt", attempt.id.text()},
                          {"debited", trade.amount.text() + " at " + when(trade.debited_at_ns)},
                          {"given back by the channel", trade.refunded.text()},
                          {"refunds here", ours.empty() ? "none" : std::move(ours)}}),
      trade.amount.minor - trade.refunded.minor);
}

void check_paid_order(const RestRows& rest, const RestOrder& order, const RestAttempt& attempt,
                      Findings& findings) {
  for (const RestRefund& refund : rest.refunds_of(attempt.id)) {
    if (refund.reason == RefundReason::surplus) continue;
    findings.add(unsafe(kLatePaymentIsRefunded, rest.world.now_ns,
                        "money of a paid order was sent back as a late payment",
                        rest.about(order.id) + Evidence{{"attempt", attempt.id.text()},
                                                        {"refund", refund.id.text()},
                                                        {"amount", refund.amount.text()}}),
                 refund.amount.minor);
  }
}

// Closed here, closed at the channel, by us or by its own expiry: while it would still take money somebody pays for nothing.
// Judged where all answer: behind trades that get no answer others wait as long as it takes. That somebody is at work then,
// too, is I-42 (work_is_on_time.cc).
void check_closed_at_channel(const RestRows& rest, const RestOrder& order, const RestAttempt& attempt,
                             Findings& findings) {
  if (!all_answer(rest.world) || order.state != OrderState::closed || !order.close_at) return;
  if (attempt.trade == nullptr || attempt.debited()) return;
  const ChannelTrade& trade = *attempt.trade;
  const auto since_start = [&](Instant at) { return (at - rest.world.scenario().start).ns; };
  const std::int64_t open_ns = std::max(since_start(order.over_at()), trade.opened_ns);
  const std::int64_t bound_ns = open_ns + kSoon.ns;
  const std::int64_t expires_ns = since_start(trade.expires_at);
  const std::int64_t closed_ns =
      trade.closed_at_ns < 0 ? expires_ns : std::min(trade.closed_at_ns, expires_ns);
  if (closed_ns <= bound_ns) return;
  findings.add(unsafe(
      kLatePaymentIsRefunded, rest.world.now_ns, "a closed order could still be paid at its channel",
      rest.about(order.id) +
          Evidence{{"attempt", attempt.id.text()},
                   {"due", when(since_start(order.over_at()))},
                   {"closed at the channel", trade.closed_at_ns < 0 ? "never" : when(trade.closed_at_ns)}}));
}

void check(const RestRows& rest, Findings& findings) {
  for (const RestAttempt& attempt : rest.attempts) {
    const RestOrder* order = rest.order(attempt.order);
    if (order == nullptr || rest.money_in_motion(order->id)) continue;
    const bool ended = order->state == OrderState::closed || order->state == OrderState::rejected;
    if (ended && attempt.debited()) check_late_payment(rest, *order, attempt, findings);
    if (order->state == OrderState::paid) check_paid_order(rest, *order, attempt, findings);
    check_closed_at_channel(rest, *order, attempt, findings);
  }
}

}  // namespace

void watch_late_payment_is_refunded(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, api::facts::IntentCancelled, api::facts::AttemptOpened>(
      std::make_shared<Begun>(parts.scenario));
  parts.audit.add<RestRows>(kLatePaymentIsRefunded, {"order", "payment"}, &check);
}

}  // namespace ordeal::purchase

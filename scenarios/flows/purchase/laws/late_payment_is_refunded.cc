// I-35: a payment that succeeds on a closed order is refunded exactly once, in full; and a paid order's money
// is not sent back as late.
//
// "Succeeds" is by the channel's book. Exactly once: one refund row of ours, SUCCEEDED, of the whole amount,
// and as much given back at the channel.
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

void check_late_payment(const RestRows& rest, const RestOrder& order, const RestAttempt& attempt,
                        Findings& findings) {
  const auto refunds = rest.refunds_of(attempt.id);
  const ChannelTrade& trade = *attempt.trade;
  const bool once = refunds.size() == 1 && refunds[0].state == refund::State::succeeded &&
                    refunds[0].reason == RefundReason::late_payment && refunds[0].amount == trade.amount;
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
    if (refund.reason != RefundReason::late_payment) continue;
    findings.add(unsafe(kLatePaymentIsRefunded, rest.world.now_ns,
                        "money of a paid order was sent back as a late payment",
                        rest.about(order.id) + Evidence{{"attempt", attempt.id.text()},
                                                        {"refund", refund.id.text()},
                                                        {"amount", refund.amount.text()}}),
                 refund.amount.minor);
  }
}

// Closed here, closed at the channel: while it would still take money somebody pays for nothing. When exactly the channel
// hears of it hangs on who answers, so only where all who are asked answer (laws/days.h) it has to be soon after the
// order's time.
void check_closed_at_channel(const RestRows& rest, const RestOrder& order, const RestAttempt& attempt,
                             Findings& findings) {
  if (!all_answer(rest.world) || order.state != OrderState::closed || !order.close_at) return;
  if (attempt.trade == nullptr || attempt.debited()) return;
  const std::int64_t due_ns = (*order.close_at - rest.world.scenario().start).ns;
  const std::int64_t closed_ns = attempt.trade->closed_at_ns;
  if (closed_ns >= 0 && closed_ns <= due_ns + kSoon.ns) return;
  findings.add(unsafe(
      kLatePaymentIsRefunded, rest.world.now_ns, "a closed order could still be paid at its channel",
      rest.about(order.id) + Evidence{{"attempt", attempt.id.text()},
                                      {"due", when(due_ns)},
                                      {"closed at the channel", closed_ns < 0 ? "never" : when(closed_ns)}}));
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
  parts.audit.add<RestRows>(kLatePaymentIsRefunded, {"order", "payment"}, &check);
}

}  // namespace ordeal::purchase

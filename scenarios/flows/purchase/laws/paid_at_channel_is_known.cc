// I-42: what the channel took is known here as paid or refunded within the bound (liveness).
//
// By its answer, a callback, a query, or where statements are read by the statement of its day, T+1 at worst.
//
// For each debited trade of the channel's book at rest: its attempt is SUCCEEDED, and its order is PAID by
// it, or the money went back in full. From a channel that never returns nobody learns what it took, and nothing comes
// back: there the attempt must be known, and what is to go back must have been asked for.
#include <algorithm>

#include "core/payment/attempts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::scenarios {
namespace {

const RestAttempt* find(const std::vector<const RestAttempt*>& by_id, std::string_view out_trade_no) {
  const auto id = payment::attempt_of(out_trade_no);
  const auto at = std::partition_point(by_id.begin(), by_id.end(),
                                       [&](const RestAttempt* attempt) { return attempt->id < id; });
  return id && at != by_id.end() && (*at)->id == *id ? *at : nullptr;
}

bool is_asked_back(const RestRows& rest, const RestAttempt& attempt, Money amount) {
  Money asked;
  for (const RestRefund& refund : rest.refunds_of(attempt.id)) asked = asked + refund.amount;
  return asked == amount;
}

void check(const RestRows& rest, Findings& findings) {
  std::vector<const RestAttempt*> by_id;
  for (const RestAttempt& attempt : rest.attempts) by_id.push_back(&attempt);
  std::sort(by_id.begin(), by_id.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  for (const auto& [out_trade_no, trade] : rest.world.books->trades) {
    if (trade.debited_at_ns < 0) continue;
    const RestAttempt* attempt = find(by_id, out_trade_no);
    const RestOrder* order = attempt == nullptr ? nullptr : rest.order(attempt->order);
    const bool captured = attempt != nullptr && attempt->state == payment::AttemptState::succeeded;
    const bool paid =
        order != nullptr && order->state == api::OrderState::paid && order->paid_attempt == attempt->id;
    const bool returned = trade.refunded == trade.amount;
    if (captured && (paid || returned)) continue;
    if (rest.world.channel_gone && attempt != nullptr &&
        (!captured || is_asked_back(rest, *attempt, trade.amount)))
      continue;

    const char* message = attempt == nullptr ? "the channel took money under a number that nobody here knows"
                          : !captured ? "the channel took money, and the payment service never learned of it"
                                      : "the channel took money that no order has and nobody gave back";
    findings.add(
        not_live(kPaidAtChannelIsKnown, rest.world.now_ns, message,
                 {{"trade", out_trade_no},
                  {"shopper", trade.shopper},
                  {"debited", trade.amount.text() + " at " + when(trade.debited_at_ns)},
                  {"refunded", trade.refunded.text()},
                  {"attempt", attempt == nullptr ? "none" : std::string(wire::name_of(attempt->state))},
                  {"order", order == nullptr ? "none" : order->id.text() + " " + state_text(order->state)}}));
  }
}

}  // namespace

void watch_paid_at_channel_is_known(Parts parts) {
  parts.audit.add(kPaidAtChannelIsKnown, {Store::order, Store::payment}, &check);
}

}  // namespace ordeal::scenarios

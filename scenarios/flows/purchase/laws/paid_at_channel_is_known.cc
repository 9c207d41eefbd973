// I-42: what the channel took is known here as paid or refunded within the bound (liveness).
//
// By its answer, a callback, a query, or where statements are read by the statement of its day, T+1 at worst.
//
// For each debited trade of the channel's book at rest: its attempt is SUCCEEDED, and its order is PAID by
// it, or the money went back in full. From a channel that never returns nobody learns what it took, and nothing comes
// back: there the attempt must be known, and what is to go back must have been asked for. How late the news may be is
// judged in news_travels.cc.
#include <algorithm>

#include "core/payment/attempts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

// What we know of a channel's trade: an attempt at another channel is not it, though it has the number.
const RestAttempt* find(const std::vector<const RestAttempt*>& by_id, std::string_view channel,
                        std::string_view out_trade_no) {
  const auto id = payment::attempt_of(out_trade_no);
  const auto at = std::partition_point(by_id.begin(), by_id.end(),
                                       [&](const RestAttempt* attempt) { return attempt->id < id; });
  const bool known = id && at != by_id.end() && (*at)->id == *id && (*at)->channel == channel;
  return known ? *at : nullptr;
}

bool is_asked_back(const RestRows& rest, const RestAttempt& attempt, Money amount) {
  std::int64_t asked = 0;
  for (const RestRefund& refund : rest.refunds_of(attempt.id)) {
    if (refund.amount.currency != amount.currency) return false;
    asked += refund.amount.minor;
  }
  return asked == amount.minor;
}

void check_channel(const RestRows& rest, const std::string& channel, const ChannelTrades& trades,
                   const std::vector<const RestAttempt*>& by_id, Findings& findings) {
  for (const auto& [out_trade_no, trade] : trades) {
    if (trade.debited_at_ns < 0) continue;
    const RestAttempt* attempt = find(by_id, channel, out_trade_no);
    const RestOrder* order = attempt == nullptr ? nullptr : rest.order(attempt->order);
    const bool captured = attempt != nullptr && attempt->state == payment::AttemptState::succeeded;
    const bool paid =
        order != nullptr && order->state == api::OrderState::paid && order->paid_attempt == attempt->id;
    const bool returned = trade.refunded == trade.amount;
    if (captured && (paid || returned)) continue;
    if (rest.world.is_gone(channel) && attempt != nullptr &&
        (!captured || is_asked_back(rest, *attempt, trade.amount)))
      continue;

    const char* message = attempt == nullptr ? "the channel took money under a number that nobody here knows"
                          : !captured ? "the channel took money, and the payment service never learned of it"
                                      : "the channel took money that no order has and nobody gave back";
    findings.add(
        not_live(kPaidAtChannelIsKnown, rest.world.now_ns, message,
                 {{"channel", channel},
                  {"trade", out_trade_no},
                  {"shopper", trade.shopper},
                  {"debited", trade.amount.text() + " at " + when(trade.debited_at_ns)},
                  {"refunded", trade.refunded.text()},
                  {"attempt", attempt == nullptr ? "none" : std::string(wire::name_of(attempt->state))},
                  {"order", order == nullptr ? "none" : order->id.text() + " " + state_text(order->state)}}));
  }
}

void check(const RestRows& rest, Findings& findings) {
  std::vector<const RestAttempt*> by_id;
  for (const RestAttempt& attempt : rest.attempts) by_id.push_back(&attempt);
  std::sort(by_id.begin(), by_id.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  for (const auto& [channel, trades] : rest.books().trades)
    check_channel(rest, channel, trades, by_id, findings);
}

}  // namespace

void watch_paid_at_channel_is_known(const play::Watching& parts) {
  parts.audit.add<RestRows>(kPaidAtChannelIsKnown, {"order", "payment"}, &check);
  watch_news_travels(parts);
}

}  // namespace ordeal::purchase

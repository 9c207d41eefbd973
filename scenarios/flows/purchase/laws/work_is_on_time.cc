// I-42, the work behind it: what is to be tried again is tried when the schedule says, and an attempt is called over when no
// money can come any more, neither before nor long after.
//
// On a day of sound machines (laws/days.h) a refund takes what its failed tries put it off, and the work; where all who are
// asked answer, the attempts of a closed order end at once. What
// the channel does not know may still be on its way there, until five minutes after it would have expired (A13).
#include <algorithm>
#include <array>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

using namespace literals;
using payment::AttemptState;

constexpr Duration kWork = 30_s;
constexpr std::array<Duration, 6> kRefundGaps{5_s, 30_s, 60_s, 5_min, 10_min, 30_min};
constexpr Duration kAbsenceIsFinal = 5_min;
// At once, or when who is at work has waited for the answers to what was asked before.
constexpr Duration kCloseAsked = 1_min;

class OnTime {
 public:
  explicit OnTime(const play::Scenario& scenario) : ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }
  void on(const api::facts::AttemptOpened& opened, const sim::Fact& fact, Findings&) {
    attempts_[opened.attempt].opened_ns = fact.at_ns;
  }
  void on(const api::facts::PaymentCaptured& captured, const sim::Fact& fact, Findings&) {
    std::int64_t& at_ns = attempts_[captured.attempt].captured_ns;
    if (at_ns < 0) at_ns = fact.at_ns;
  }
  void on(const api::facts::AttemptEnded& ended, const sim::Fact& fact, Findings& findings) {
    Attempt& attempt = attempts_[ended.attempt];
    if (attempt.captured_ns >= 0)
      findings.add(unsafe(kPaidAtChannelIsKnown, fact.at_ns, "an attempt whose money is here was called over",
                          ordered_.of(ended.order) + Evidence{{"attempt", ended.attempt.text()},
                                                              {"captured", when(attempt.captured_ns)},
                                                              {"called over", when(fact.at_ns)}}));
    attempt.ended_ns = fact.at_ns;
    attempt.failed = ended.failed;
  }
  void on(const api::facts::IntentCancelled& cancelled, const sim::Fact& fact, Findings&) {
    cancelled_.try_emplace(cancelled.order, fact.at_ns);
  }
  void on(const api::facts::RefundRequested& requested, const sim::Fact& fact, Findings&) {
    refunds_[requested.refund].asked_ns = fact.at_ns;
  }
  void on(const api::facts::RefundSucceeded& refunded, const sim::Fact& fact, Findings&) {
    refunds_[refunded.refund].done_ns = fact.at_ns;
  }

  void check(const RestRows& rest, Findings& findings) const {
    for (const RestAttempt& row : rest.attempts) check_marked(rest, row, findings);
    if (!machines_were_sound(rest.world)) return;
    for (const RestRefund& refund : rest.refunds) check_refund(rest, refund, findings);
    for (const RestAttempt& row : rest.attempts) {
      const auto known = attempts_.find(row.id);
      if (known == attempts_.end() || known->second.opened_ns < 0) continue;
      check_truly_over(rest, row, known->second, findings);
      check_close_asked(rest, row, known->second, findings);
      check_over_when_told(rest, row, known->second, findings);
      if (all_answer(rest.world)) check_over_in_time(rest, row, known->second, findings);
    }
  }

 private:
  struct Attempt {
    std::int64_t opened_ns = -1;
    std::int64_t captured_ns = -1;
    std::int64_t ended_ns = -1;
    bool failed = false;
  };
  struct Refund {
    std::int64_t asked_ns = -1;
    std::int64_t done_ns = -1;
  };

  std::int64_t cancelled_ns(OrderId order) const {
    const auto known = cancelled_.find(order);
    return known == cancelled_.end() ? -1 : known->second;
  }

  // What is open when payment hears that its order is closed is to be closed from then on, not only asked about.
  void check_marked(const RestRows& rest, const RestAttempt& row, Findings& findings) const {
    const auto known = attempts_.find(row.id);
    const std::int64_t cancelled = cancelled_ns(row.order);
    if (known == attempts_.end() || cancelled < 0 || row.closing) return;
    const Attempt& attempt = known->second;
    const std::int64_t over = attempt.ended_ns < 0 ? attempt.captured_ns : attempt.ended_ns;
    if (over >= 0 && over <= cancelled) return;
    if (over < 0 && row.state != AttemptState::pending) return;  // how it ended was told to nobody
    findings.add(unsafe(kPaidAtChannelIsKnown, rest.world.now_ns,
                        "an attempt was not marked to be closed when its order was",
                        rest.about(row.order) + Evidence{{"attempt", row.id.text()},
                                                         {"order closed", when(cancelled)},
                                                         {"over", over < 0 ? "never" : when(over)}}));
  }

  void check_close_asked(const RestRows& rest, const RestAttempt& row, const Attempt& attempt,
                         Findings& findings) const {
    const std::int64_t cancelled = cancelled_ns(row.order);
    const std::int64_t bound = cancelled + kCloseAsked.ns;
    const auto is_soon = [&](std::int64_t at_ns) { return at_ns >= 0 && at_ns <= bound; };
    if (cancelled < 0 || row.trade == nullptr || row.trade->opened_ns > cancelled) return;
    if (is_soon(attempt.ended_ns) || is_soon(attempt.captured_ns)) return;
    // One of the channel's trades that did not get an answer makes the others wait; somebody is at work all the same.
    for (const auto& [number, trade] : rest.books().trades.at(row.channel)) {
      const auto& asked = trade.close_asked_ns;
      if (std::any_of(asked.begin(), asked.end(),
                      [&](std::int64_t at_ns) { return at_ns >= cancelled && at_ns <= bound; }))
        return;
    }
    findings.add(not_live(kPaidAtChannelIsKnown, bound,
                          "a channel was not asked to close the trade of a closed order",
                          rest.about(row.order) + Evidence{{"attempt", row.id.text()},
                                                           {"order closed", when(cancelled)},
                                                           {"to be asked by", when(bound)}}));
  }

  void check_refund(const RestRows& rest, const RestRefund& row, Findings& findings) const {
    const auto known = refunds_.find(row.id);
    if (known == refunds_.end() || known->second.done_ns < 0 || known->second.asked_ns < 0) return;
    Duration bound = kWork;
    for (std::int64_t i = 0; i < row.tries; ++i)
      bound = bound + kRefundGaps[std::min(static_cast<std::size_t>(i), kRefundGaps.size() - 1)] + kWork;
    const std::int64_t took = known->second.done_ns - known->second.asked_ns;
    if (took <= bound.ns) return;
    findings.add(not_live(kPaidAtChannelIsKnown, known->second.done_ns,
                          "a refund was not tried again in time",
                          rest.about(row.order) + Evidence{{"refund", row.id.text()},
                                                           {"failed tries", std::to_string(row.tries)},
                                                           {"took", how_long(took)},
                                                           {"bound", how_long(bound.ns)}}));
  }

  // Who calls an attempt over gives its order another, or closes it: what the channel would still take is a second debit.
  void check_truly_over(const RestRows& rest, const RestAttempt& row, const Attempt& attempt,
                        Findings& findings) const {
    if (attempt.ended_ns < 0) return;
    const auto since_start = [&](Instant at) { return (at - rest.world.scenario().start).ns; };
    const ChannelTrade* trade = row.trade;
    const bool there = trade != nullptr && trade->opened_ns <= attempt.ended_ns;
    const bool is_paid = there && !trade->against_its_word && trade->debited_at_ns >= 0 &&
                         trade->debited_at_ns + kWork.ns < attempt.ended_ns;
    if (there && !is_paid) {
      if (trade->against_its_word || since_start(trade->expires_at) <= attempt.ended_ns) return;
      if (trade->closed_at_ns >= 0 && trade->closed_at_ns <= attempt.ended_ns) return;
    } else if (!is_paid &&
               (attempt.failed || since_start(row.expires_at) + kAbsenceIsFinal.ns <= attempt.ended_ns)) {
      return;
    }
    if (there && !is_paid && trade->debited_at_ns > attempt.ended_ns) {
      findings.add(unsafe(kPaidAtChannelIsKnown, trade->debited_at_ns,
                          "an attempt was called over, and its channel took the money after that",
                          rest.about(row.order) + Evidence{{"attempt", row.id.text()},
                                                           {"channel", row.channel},
                                                           {"called over", when(attempt.ended_ns)},
                                                           {"debited", trade->amount.text()},
                                                           {"at", when(trade->debited_at_ns)}}));
      return;
    }
    findings.add(
        unsafe(kPaidAtChannelIsKnown, attempt.ended_ns,
               is_paid ? "an attempt was called over whose money had been taken"
               : there ? "an attempt was called over that its channel would still have taken money for"
                       : "an attempt was called over that might still have been on its way to the channel",
               rest.about(row.order) + Evidence{{"attempt", row.id.text()},
                                                {"called over", when(attempt.ended_ns)},
                                                {"expires", when(since_start(row.expires_at))}}));
  }

  // What the channel has said to be closed is over, here too: as long as it is not, the order can be paid in no other way.
  void check_over_when_told(const RestRows& rest, const RestAttempt& row, const Attempt& attempt,
                            Findings& findings) const {
    if (row.trade == nullptr || row.trade->told_closed_ns < 0 || attempt.captured_ns >= 0) return;
    const std::int64_t bound = row.trade->told_closed_ns + kWork.ns;
    if (attempt.ended_ns >= 0 && attempt.ended_ns <= bound) return;
    findings.add(not_live(
        kPaidAtChannelIsKnown, bound, "an attempt was left open whose channel had said that it is closed",
        rest.about(row.order) + Evidence{{"attempt", row.id.text()},
                                         {"told to be closed", when(row.trade->told_closed_ns)},
                                         {"over", attempt.ended_ns < 0 ? "never" : when(attempt.ended_ns)}}));
  }

  void check_over_in_time(const RestRows& rest, const RestAttempt& row, const Attempt& attempt,
                          Findings& findings) const {
    const std::int64_t cancelled = cancelled_ns(row.order);
    if (cancelled < 0 || row.state == AttemptState::succeeded) return;
    const bool never = attempt.ended_ns < 0;
    // What never came to the channel is waited for.
    if (row.trade == nullptr || (!never && attempt.ended_ns <= cancelled + kWork.ns)) return;
    findings.add(
        not_live(kPaidAtChannelIsKnown, never ? rest.world.now_ns : attempt.ended_ns,
                 "an attempt of a closed order was left open",
                 rest.about(row.order) + Evidence{{"attempt", row.id.text()},
                                                  {"order closed", when(cancelled)},
                                                  {"over", never ? "never" : when(attempt.ended_ns)}}));
  }

  Ordered ordered_;
  tsl::robin_map<AttemptId, Attempt> attempts_;
  tsl::robin_map<OrderId, std::int64_t> cancelled_;
  tsl::robin_map<RefundId, Refund> refunds_;
};

}  // namespace

void watch_work_is_on_time(const play::Watching& parts) {
  namespace f = api::facts;
  const auto on_time = std::make_shared<OnTime>(parts.scenario);
  parts.monitors.add<f::OrderPlaced, f::AttemptOpened, f::PaymentCaptured, f::AttemptEnded,
                     f::IntentCancelled, f::RefundRequested, f::RefundSucceeded>(on_time);
  parts.audit.add<RestRows>(
      kPaidAtChannelIsKnown, {"order", "payment"},
      [on_time](const RestRows& rest, Findings& findings) { on_time->check(rest, findings); });
}

}  // namespace ordeal::purchase

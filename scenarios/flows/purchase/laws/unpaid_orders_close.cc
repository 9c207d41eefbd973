// I-41: an unpaid order is closed within its time and the lateness bound (liveness).
//
// The bound, from the schedules of order::Config: while payment is silent a close waits for settle_grace, is
// tried every settle_retry, and a minute is for the backstop scan behind a lost timer, one for the work
// itself. A worker that fell asleep under a wrong clock looks again after worker::kLongestNap at the latest.
// It counts from the order's deadline or from the healing of the faults, whichever is later. A clock that was
// wrong moved the deadline itself, so a close counts as late only if it is late by true time and by the order
// host's own clock.
//
// Where machines are sound (laws/days.h) nobody falls asleep and no timer is lost; and where all who are asked answer, an order
// is closed within half a minute of its time. And never before its time: the shopper was promised it, by true time or by the
// order host's own clock. A shopper who gives an order up ends its time; so does money that finds nothing left, where stock
// is taken at payment: whether nothing was left is I-16.
#include <algorithm>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "core/order/context.h"
#include "core/worker/due_worker.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

using api::OrderState;
using namespace literals;

constexpr Duration kBackstopAndWork = 2_min;
// What asking payment, and payment asking the channel, takes when all of them answer.
constexpr Duration kCalmBound = 30_s;

// What was on its way to the channel when the order's time ended may come there after the question whether it is there.
constexpr Duration kOnItsWay = 50_ms;
// The order's time begins a little before others see that it is UNPAID.
constexpr Duration kCommit = 2_ms;

// On a day of sound machines: what a close is put off while payment is silent, and how long each order that is looked at before
// it may hold it up.
Duration sound_bound(std::size_t orders) {
  const order::Config times;
  return times.settle_grace + times.settle_retry + kCalmBound +
         times.settle_deadline * static_cast<std::int64_t>(2 * orders);
}

struct Schedule {
  Duration pay_window;
  Duration bound;
};

Schedule schedule_of(const order::Config& times) {
  return {times.pay_window, times.settle_grace + times.settle_retry + worker::kLongestNap + kBackstopAndWork};
}

// Notes the closes that came late. Whether a fault excuses them is known only in the end.
class Closes {
 public:
  struct Late {
    OrderId order;
    std::int64_t due_ns;
    std::int64_t closed_ns;
    Duration by_its_clock;
  };

  struct Closed {
    std::int64_t due_ns;
    std::int64_t at_ns;
  };

  Closes(Schedule schedule, const play::Scenario& scenario) : schedule_(schedule), ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }

  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings&) {
    if (moved.to == OrderState::unpaid) unpaid_.try_emplace(moved.order, Since{fact.at_ns, moved.at_wall});
    if (moved.to != OrderState::closed) return;
    const auto since = unpaid_.find(moved.order);
    if (since == unpaid_.end()) return;
    std::int64_t due_ns = since->second.at_ns + schedule_.pay_window.ns;
    Instant due_wall = since->second.at_wall + schedule_.pay_window;
    if (const auto given_up = given_up_.find(moved.order); given_up != given_up_.end()) {
      due_ns = std::min(due_ns, given_up->second.at_ns);
      due_wall = std::min(due_wall, given_up->second.at_wall);
    }
    closed_.try_emplace(moved.order, Closed{due_ns, fact.at_ns});
    const Duration by_its_clock = moved.at_wall - due_wall;
    if (fact.at_ns - due_ns > kCalmBound.ns && by_its_clock > kCalmBound)
      late_.push_back({moved.order, due_ns, fact.at_ns, by_its_clock});
    if (fact.at_ns < due_ns && by_its_clock < Duration{})
      early_.push_back({moved.order, due_ns, fact.at_ns, by_its_clock});
  }

  void on(const api::facts::OrderCancelled& cancelled, const sim::Fact& fact, Findings&) {
    given_up_.try_emplace(cancelled.order, Since{fact.at_ns, cancelled.at_wall});
  }

  void on(const api::facts::PaymentCaptured& captured, const sim::Fact& fact, Findings&) {
    captured_ns_.try_emplace(captured.attempt, fact.at_ns);
  }

  // Payment had the money on its books before then.
  bool was_here_before(AttemptId attempt, std::int64_t at_ns) const {
    const auto known = captured_ns_.find(attempt);
    return known != captured_ns_.end() && known->second < at_ns;
  }

  // Null when it was not.
  const Closed* closed(OrderId order) const {
    const auto found = closed_.find(order);
    return found == closed_.end() ? nullptr : &found->second;
  }
  const std::vector<Late>& late() const { return late_; }
  const std::vector<Late>& early() const { return early_; }
  const Ordered& ordered() const { return ordered_; }

 private:
  struct Since {
    std::int64_t at_ns;
    Instant at_wall;
  };

  Schedule schedule_;
  Ordered ordered_;
  tsl::robin_map<OrderId, Since> unpaid_;
  tsl::robin_map<OrderId, Since> given_up_;
  tsl::robin_map<OrderId, Closed> closed_;
  tsl::robin_map<AttemptId, std::int64_t> captured_ns_;
  std::vector<Late> late_;
  std::vector<Late> early_;
};

void check_early(const Closes& closes, const RestRows& rest, Findings& findings) {
  for (const Closes::Late& early : closes.early()) {
    if (rest.is_sold_out(early.order)) continue;
    findings.add(not_live(kUnpaidOrdersClose, early.closed_ns, "an unpaid order was closed before its time",
                          closes.ordered().of(early.order) +
                              Evidence{{"due", when(early.due_ns)}, {"closed", when(early.closed_ns)}}));
  }
}

void check_closed(const Closes& closes, Schedule schedule, const RestRows& rest, Findings& findings) {
  const bool nothing_excuses = all_answer(rest.world);
  const bool sound = machines_were_sound(rest.world);
  if (sound) schedule.bound = std::min(schedule.bound, sound_bound(rest.orders.size()));
  if (nothing_excuses) schedule.bound = kCalmBound;
  for (const Closes::Late& late : closes.late()) {
    if (rest.is_sold_out(late.order)) continue;  // it was paid for, and waited for an answer
    const std::int64_t excused_until = sound ? late.due_ns : std::max(late.due_ns, rest.world.healed_ns);
    const std::int64_t lateness = std::min(late.closed_ns - excused_until, late.by_its_clock.ns);
    if (lateness <= schedule.bound.ns) continue;
    findings.add(
        not_live(kUnpaidOrdersClose, late.closed_ns, "an unpaid order was closed too late",
                 closes.ordered().of(late.order) + Evidence{{"due", when(late.due_ns)},
                                                            {"faults ended", when(rest.world.healed_ns)},
                                                            {"closed", when(late.closed_ns)},
                                                            {"late", how_long(lateness)},
                                                            {"bound", how_long(schedule.bound.ns)}}),
        lateness);
  }
}

// Paid in time by the channel's book, and closed: that may happen only when payment could not say so for as long as the order
// waits for it (A20); or when the channel took what it had said that it did not. Machines that run bring an answer at once or one
// that says nothing, however unlucky the program is.
void check_too_soon(const Closes& closes, const RestRows& rest, Findings& findings) {
  if (!rest.world.machines_ran()) return;
  const Duration grace = order::Config{}.settle_grace;
  for (const RestAttempt& attempt : rest.attempts) {
    const Closes::Closed* closed = closes.closed(attempt.order);
    const RestOrder* order = rest.order(attempt.order);
    if (order == nullptr || !order->close_at) continue;
    // As the shopper was told; that it is UNPAID may have been seen a second later.
    const std::int64_t due_ns = (order->over_at() - rest.world.scenario().start).ns;
    if (closed == nullptr || !attempt.debited() || attempt.trade->against_its_word) continue;
    const bool was_there = attempt.trade->debited_at_ns < due_ns - kOnItsWay.ns;
    if (!was_there && !closes.was_here_before(attempt.id, due_ns - kCommit.ns)) continue;
    if (closed->at_ns >= due_ns + grace.ns) continue;
    if (rest.is_sold_out(attempt.order)) continue;
    findings.add(not_live(kUnpaidOrdersClose, closed->at_ns,
                          "an order was closed before payment had had its time to say that it was paid",
                          rest.about(attempt.order) + Evidence{{"due", when(due_ns)},
                                                               {"paid", when(attempt.trade->debited_at_ns)},
                                                               {"closed", when(closed->at_ns)}}));
  }
}

void check_unpaid(Schedule schedule, const RestRows& rest, Findings& findings) {
  const std::int64_t last_ns = rest.world.healed_ns + schedule.pay_window.ns + schedule.bound.ns;
  if (!rest.world.settled && rest.world.now_ns <= last_ns) return;
  for (const RestOrder& order : rest.orders) {
    if (order.state != OrderState::unpaid) continue;
    findings.add(not_live(
        kUnpaidOrdersClose, rest.world.now_ns, "an unpaid order is never closed",
        rest.about(order.id) +
            Evidence{{"to be closed",
                      order.close_at
                          ? when((*order.close_at - rest.world.scenario().start).ns) + " by its host's clock"
                          : "never"},
                     {"faults ended", when(rest.world.healed_ns)}}));
  }
}

}  // namespace

void watch_unpaid_orders_close(const play::Watching& parts) {
  const Schedule schedule = schedule_of(order::Config{});
  const auto closes = std::make_shared<Closes>(schedule, parts.scenario);
  parts.monitors.add<api::facts::OrderPlaced, api::facts::OrderMoved, api::facts::OrderCancelled,
                     api::facts::PaymentCaptured>(closes);
  parts.audit.add<RestRows>(kUnpaidOrdersClose, {"order"},
                            [closes, schedule](const RestRows& rest, Findings& findings) {
                              check_early(*closes, rest, findings);
                              check_closed(*closes, schedule, rest, findings);
                              check_too_soon(*closes, rest, findings);
                              check_unpaid(schedule, rest, findings);
                            });
}

}  // namespace ordeal::purchase

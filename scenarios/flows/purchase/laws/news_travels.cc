// I-42, the other half: what the channel took is known here, by its order and by whom it goes back to, in time.
//
// Judged where nothing but people and unasked-for news was strange (laws/days.h): there each way that is left has a bound of
// its own. A callback that never comes is made up for by the questions of B25: 20 s, 1, 3 and 10 minutes after an attempt was
// opened, then every half an hour. And they are asked no oftener than that (F-92, and the channels' limits in domain 2.1, 2.2),
// nor less often.
#include <algorithm>
#include <array>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

using namespace literals;

constexpr std::array<Duration, 4> kQuestions{20_s, 1_min, 3_min, 10_min};
constexpr Duration kThenEvery = 30_min;
// What the work itself takes, on a day on which a channel answers in milliseconds.
constexpr Duration kWork = 30_s;

// The first question that is due at or after `age`, counted from the opening of the attempt.
Duration next_question(Duration age) {
  for (const Duration at : kQuestions) {
    if (age <= at) return at;
  }
  const std::int64_t beyond = age.ns - kQuestions.back().ns;
  return kQuestions.back() + kThenEvery * ((beyond + kThenEvery.ns - 1) / kThenEvery.ns);
}

std::int64_t questions_until(Duration age) {
  std::int64_t asked = 0;
  for (Duration at = kQuestions.front(); at <= age; at = next_question(at + 1_ns)) ++asked;
  return asked;
}

class News {
 public:
  void on(const api::facts::AttemptOpened& opened, const sim::Fact& fact, Findings&) {
    Payment& payment = payments_[opened.attempt.text()];
    payment.order = opened.order;
    payment.opened_ns = fact.at_ns;
  }
  void on(const facts::ChannelDebited& debited, const sim::Fact& fact, Findings&) {
    payments_[debited.out_trade_no].debited_ns = fact.at_ns;
  }
  void on(const api::facts::PaymentCaptured& captured, const sim::Fact& fact, Findings&) {
    std::int64_t& known_ns = payments_[captured.attempt.text()].known_ns;
    if (known_ns < 0) known_ns = fact.at_ns;
  }
  void on(const api::facts::AttemptEnded& ended, const sim::Fact& fact, Findings&) {
    payments_[ended.attempt.text()].over_ns = fact.at_ns;
  }
  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings&) {
    if (moved.to != api::OrderState::draft && moved.to != api::OrderState::unpaid)
      ended_.try_emplace(moved.order, fact.at_ns);
  }
  void on(const api::facts::RefundRequested& requested, const sim::Fact& fact, Findings&) {
    refunds_.try_emplace(requested.refund, Refund{requested.order, fact.at_ns, -1});
  }
  void on(const api::facts::RefundSucceeded& refunded, const sim::Fact& fact, Findings&) {
    const auto refund = refunds_.find(refunded.refund);
    if (refund != refunds_.end() && refund->second.done_ns < 0) refund->second.done_ns = fact.at_ns;
  }
  void on(const facts::CallbackAnswered& answered, const sim::Fact& fact, Findings&) {
    if (answered.genuine && !answered.acknowledged) refused_.push_back({answered.out_trade_no, fact.at_ns});
  }

  void check(const RestRows& rest, Findings& findings) const {
    if (!all_answer(rest.world)) return;
    for (const RestAttempt& attempt : rest.attempts) {
      const auto payment = payments_.find(attempt.id.text());
      if (payment == payments_.end() || payment->second.opened_ns < 0) continue;
      check_found(rest, attempt, payment->second, findings);
      check_told(rest, attempt, payment->second, findings);
      check_questions(rest, attempt, payment->second, findings);
    }
    for (const auto& [id, refund] : refunds_) {
      if (refund.done_ns >= 0 && refund.done_ns - refund.asked_ns <= kWork.ns) continue;
      findings.add(not_live(kPaidAtChannelIsKnown, refund.asked_ns, "a refund took too long",
                            rest.about(refund.order) +
                                Evidence{{"asked for", when(refund.asked_ns)},
                                         {"done", refund.done_ns < 0 ? "never" : when(refund.done_ns)}}));
    }
    for (const Refused& refused : refused_)
      findings.add(not_live(kPaidAtChannelIsKnown, refused.at_ns,
                            "a channel's own callback was taken in and not acknowledged",
                            {{"trade", refused.trade}, {"answered", when(refused.at_ns)}}));
  }

 private:
  struct Payment {
    OrderId order;
    std::int64_t opened_ns = -1;
    std::int64_t debited_ns = -1;
    std::int64_t known_ns = -1;
    std::int64_t over_ns = -1;  // without money
  };
  struct Refund {
    OrderId order;
    std::int64_t asked_ns;
    std::int64_t done_ns;
  };
  struct Refused {
    std::string trade;
    std::int64_t at_ns;
  };

  void check_found(const RestRows& rest, const RestAttempt& attempt, const Payment& payment,
                   Findings& findings) const {
    if (payment.debited_ns < 0 || payment.known_ns < 0) return;  // never known: the half in its own file
    const Duration age{payment.debited_ns - payment.opened_ns};
    const std::int64_t bound_ns = payment.opened_ns + (next_question(age) + kWork).ns;
    if (payment.known_ns <= bound_ns) return;
    findings.add(not_live(kPaidAtChannelIsKnown, payment.known_ns,
                          "a payment was found later than the schedule of questions finds it",
                          rest.about(attempt.order) +
                              Evidence{{"attempt", attempt.id.text()},
                                       {"paid", when(payment.debited_ns)},
                                       {"to be known by", when(bound_ns)},
                                       {"known", when(payment.known_ns)},
                                       {"after", how_long(payment.known_ns - payment.debited_ns)},
                                       {"within", how_long(bound_ns - payment.debited_ns)}}),
                 payment.known_ns - bound_ns);
  }

  void check_told(const RestRows& rest, const RestAttempt& attempt, const Payment& payment,
                  Findings& findings) const {
    const RestOrder* order = rest.order(attempt.order);
    if (payment.known_ns < 0 || order == nullptr || order->paid_attempt != attempt.id) return;
    const auto ended = ended_.find(attempt.order);
    if (ended == ended_.end() || ended->second - payment.known_ns <= kWork.ns) return;
    findings.add(not_live(kPaidAtChannelIsKnown, ended->second, "an order learned of its payment too late",
                          rest.about(attempt.order) +
                              Evidence{{"known", when(payment.known_ns)}, {"paid", when(ended->second)}}));
  }

  // Each instance follows the schedule. Besides it somebody may ask when the buyer asks to pay or gives the order up, and
  // when the order or its trade is to be closed.
  void check_questions(const RestRows& rest, const RestAttempt& attempt, const Payment& payment,
                       Findings& findings) const {
    if (attempt.trade == nullptr) return;
    const std::int64_t until = payment.known_ns < 0 ? rest.world.now_ns : payment.known_ns;
    const auto ended = ended_.find(attempt.order);
    const std::int64_t looked_after =
        ended == ended_.end() ? until : std::min(until, ended->second + kWork.ns);
    const Duration life{std::max<std::int64_t>(0, looked_after - payment.opened_ns)};
    check_asked_enough(rest, attempt, payment, ended == ended_.end() ? until : std::min(until, ended->second),
                       findings);
    const RestOrder* order = rest.order(attempt.order);
    const auto visit = rest.books().diary.visits.find(order == nullptr ? "" : rest.buyer(*order));
    const std::size_t asked_by_its_buyer =
        visit == rest.books().diary.visits.end()
            ? 0
            : visit->second.paying.size() + visit->second.cancelling.size();
    const std::int64_t bound =
        questions_until(life) * static_cast<std::int64_t>(rest.world.scenario().instances_of("payment")) +
        static_cast<std::int64_t>(asked_by_its_buyer) + 2;
    if (attempt.trade->questions <= bound) return;
    findings.add(
        not_live(kPaidAtChannelIsKnown, rest.world.now_ns,
                 "a channel was asked about a payment oftener than the schedule says",
                 rest.about(attempt.order) + Evidence{{"channel", attempt.channel},
                                                      {"questions", std::to_string(attempt.trade->questions)},
                                                      {"schedule", std::to_string(bound)}}));
  }

  void check_asked_enough(const RestRows& rest, const RestAttempt& attempt, const Payment& payment,
                          std::int64_t until_ns, Findings& findings) const {
    if (payment.over_ns >= 0) until_ns = std::min(until_ns, payment.over_ns);
    const std::int64_t due = questions_until({until_ns - payment.opened_ns - kWork.ns});
    if (attempt.trade->questions >= due) return;
    findings.add(
        not_live(kPaidAtChannelIsKnown, until_ns,
                 "a channel was asked about a payment less often than the schedule says",
                 rest.about(attempt.order) + Evidence{{"channel", attempt.channel},
                                                      {"questions", std::to_string(attempt.trade->questions)},
                                                      {"schedule", std::to_string(due)}}));
  }

  tsl::robin_map<std::string, Payment> payments_;  // by out_trade_no
  tsl::robin_map<OrderId, std::int64_t> ended_;
  std::map<RefundId, Refund> refunds_;
  std::vector<Refused> refused_;
};

}  // namespace

void watch_news_travels(const play::Watching& parts) {
  namespace f = api::facts;
  const auto news = std::make_shared<News>();
  parts.monitors.add<f::AttemptOpened, facts::ChannelDebited, f::PaymentCaptured, f::AttemptEnded,
                     f::OrderMoved, f::RefundRequested, f::RefundSucceeded, facts::CallbackAnswered>(news);
  parts.audit.add<RestRows>(
      kPaidAtChannelIsKnown, {"order", "payment"},
      [news](const RestRows& rest, Findings& findings) { news->check(rest, findings); });
  watch_work_is_on_time(parts);
}

}  // namespace ordeal::purchase

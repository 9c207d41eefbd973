// I-37: refunds of a payment that have not failed add up to at most what it brought in, at every instant; and I-38 at the
// channel: it moves money back once for each refund of ours, under that refund's number and with its amount. That
// it is done is noted once, whoever else was at it.
#include <algorithm>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

class RefundsWithinCapture {
 public:
  void on(const api::facts::AttemptOpened& opened, const sim::Fact&, Findings&) {
    payments_[opened.attempt].amount = opened.amount;
  }
  void on(const api::facts::RefundRequested& requested, const sim::Fact& fact, Findings& findings) {
    const auto known = payments_.find(requested.attempt);
    if (known == payments_.end()) {
      return findings.add(unsafe(kRefundsWithinCapture, fact.at_ns,
                                 "a refund was asked for of a payment that was never begun",
                                 {{"order", requested.order.text()},
                                  {"refund", requested.refund.text()},
                                  {"amount", requested.amount.text()}}));
    }
    Payment& payment = known.value();
    payment.asked_back += requested.amount.minor;
    const std::int64_t excess = payment.asked_back - payment.amount.minor;
    if (excess <= 0) return;
    findings.add(
        unsafe(kRefundsWithinCapture, fact.at_ns, "more is asked back of a payment than it brought in",
               {{"order", requested.order.text()},
                {"attempt", requested.attempt.text()},
                {"brought in", payment.amount.text()},
                {"asked back", amount_text(payment.asked_back, payment.amount.currency)}}),
        excess);
  }

  void on(const api::facts::RefundSucceeded& refunded, const sim::Fact& fact, Findings& findings) {
    const auto [known, fresh] = done_.try_emplace(refunded.refund, fact.at_ns);
    if (fresh) return;
    findings.add(unsafe(kRefundsWithinCapture, fact.at_ns, "a refund was noted as done twice",
                        {{"order", refunded.order.text()},
                         {"refund", refunded.refund.text()},
                         {"first", when(known->second)},
                         {"again", when(fact.at_ns)}}));
  }

 private:
  struct Payment {
    Money amount;
    std::int64_t asked_back = 0;
  };
  tsl::robin_map<AttemptId, Payment> payments_;
  tsl::robin_map<RefundId, std::int64_t> done_;
};

void check_movement(const RestRows& rest, const std::string& channel, const std::string& trade,
                    const std::string& number, Money amount, Findings& findings) {
  const bool ours = std::any_of(rest.refunds.begin(), rest.refunds.end(), [&](const RestRefund& refund) {
    return refund.id.text() == number && refund.attempt.text() == trade && refund.channel == channel &&
           refund.amount == amount;
  });
  if (ours) return;
  findings.add(unsafe(
      kRefundsWithinCapture, rest.world.now_ns, "a channel gave money back for which there is no refund",
      {{"channel", channel}, {"trade", trade}, {"number", number}, {"given back", amount.text()}}));
}

void check(const RestRows& rest, Findings& findings) {
  for (const auto& [channel, trades] : rest.books().trades) {
    for (const auto& [trade, at_channel] : trades) {
      for (const auto& [number, refund] : at_channel.refund_requests)
        check_movement(rest, channel, trade, number, refund.amount, findings);
    }
  }
}

}  // namespace

void watch_refunds_within_capture(const play::Watching& parts) {
  parts.monitors.add<api::facts::AttemptOpened, api::facts::RefundRequested, api::facts::RefundSucceeded>(
      std::make_shared<RefundsWithinCapture>());
  parts.audit.add<RestRows>(kRefundsWithinCapture, {"payment"}, &check);
}

}  // namespace ordeal::purchase

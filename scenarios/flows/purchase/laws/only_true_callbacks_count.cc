// I-33: no state changes by a message whose signature, merchant, order or amount does not match.
//
// What the trade system believes of the channel must be what the channel did: a capture needs an earlier
// debit of the same trade, for the same order, amount and channel number; a refund that is called done needs
// the channel's refund under the same request number and amount. A forged message that counted has no such
// deed behind it. A capture by callback needs a genuine callback that was sent before: that the money is there is no excuse
// for having believed a stranger. And what is not genuine is never acknowledged.
#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

class OnlyTrueCallbacksCount {
 public:
  explicit OnlyTrueCallbacksCount(const play::Scenario& scenario) : ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }
  void on(const api::facts::AttemptOpened& opened, const sim::Fact&, Findings&) {
    trades_[opened.attempt.text()].order = opened.order;
  }
  void on(const facts::ChannelDebited& debited, const sim::Fact& fact, Findings&) {
    Trade& trade = trades_[debited.out_trade_no];
    trade.debited = debited.amount;
    trade.trade_no = debited.trade_no;
    trade.at_ns = fact.at_ns;
  }
  void on(const facts::ChannelRefunded& refunded, const sim::Fact&, Findings&) {
    refunds_.try_emplace(refunded.out_request_no, refunded.amount);
  }
  void on(const facts::CallbackSent& sent, const sim::Fact&, Findings&) {
    if (sent.genuine && sent.of_payment) trades_[sent.out_trade_no].called_back = true;
  }
  void on(const facts::CallbackAnswered& answered, const sim::Fact& fact, Findings& findings) {
    if (answered.genuine || !answered.acknowledged) return;
    findings.add(unsafe(kOnlyTrueCallbacksCount, fact.at_ns,
                        "a callback that is not the channel's was acknowledged",
                        {{"trade", answered.out_trade_no}}));
  }

  void on(const api::facts::PaymentCaptured& captured, const sim::Fact& fact, Findings& findings) {
    const Trade none;
    const auto known = trades_.find(captured.attempt.text());
    const Trade& trade = known == trades_.end() ? none : known->second;
    if (trade.at_ns < 0) {
      tell("a payment was captured that the channel never took", captured, trade, fact, findings);
    } else if (trade.debited != captured.amount) {
      tell("a payment was captured with another amount than the channel took", captured, trade, fact,
           findings);
    } else if (trade.order && trade.order != captured.order) {
      tell("a payment was captured for another order than it was made for", captured, trade, fact, findings);
    } else if (!captured.trade_no.empty() && trade.trade_no != captured.trade_no) {
      tell("a payment was captured under another number than the channel's", captured, trade, fact, findings);
    } else if (captured.via == api::facts::CapturedVia::callback && !trade.called_back) {
      tell("a payment was captured by a callback that the channel never sent", captured, trade, fact,
           findings);
    }
  }

  void on(const api::facts::RefundSucceeded& refunded, const sim::Fact& fact, Findings& findings) {
    const auto known = refunds_.find(refunded.refund.text());
    const bool happened = known != refunds_.end();
    if (happened && known->second == refunded.amount) return;
    findings.add(unsafe(kOnlyTrueCallbacksCount, fact.at_ns,
                        "a refund counts as done that the channel did not make, or not of this amount",
                        ordered_.of(refunded.order) +
                            Evidence{{"refund", refunded.refund.text()},
                                     {"amount here", refunded.amount.text()},
                                     {"amount at the channel", happened ? known->second.text() : "none"}}));
  }

 private:
  struct Trade {
    OrderId order;  // none: no attempt of ours
    Money debited;
    std::string trade_no;
    std::int64_t at_ns = -1;  // of the debit; -1: none
    bool called_back = false;
  };

  void tell(std::string message, const api::facts::PaymentCaptured& captured, const Trade& trade,
            const sim::Fact& fact, Findings& findings) const {
    const bool debited = trade.at_ns >= 0;
    findings.add(unsafe(
        kOnlyTrueCallbacksCount, fact.at_ns, std::move(message),
        ordered_.of(captured.order) +
            Evidence{{"attempt", captured.attempt.text()},
                     {"captured", captured.amount.text() + " by " + std::string(wire::name_of(captured.via)) +
                                      ", number \"" + captured.trade_no + "\", at " + when(fact.at_ns)},
                     {"debited", debited ? trade.debited.text() + ", number \"" + trade.trade_no + "\", at " +
                                               when(trade.at_ns)
                                         : "never"},
                     {"the attempt's order", trade.order ? trade.order.text() : "none"}}));
  }

  Ordered ordered_;
  tsl::robin_map<std::string, Trade> trades_;   // by out_trade_no
  tsl::robin_map<std::string, Money> refunds_;  // by out_request_no
};

}  // namespace

void watch_only_true_callbacks_count(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, api::facts::AttemptOpened, facts::ChannelDebited,
                     facts::ChannelRefunded, facts::CallbackSent, facts::CallbackAnswered,
                     api::facts::PaymentCaptured, api::facts::RefundSucceeded>(
      std::make_shared<OnlyTrueCallbacksCount>(parts.scenario));
}

}  // namespace ordeal::purchase

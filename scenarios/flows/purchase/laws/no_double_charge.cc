// I-32: what the channel took for an order, less refunds, is nothing or the order's total.
//
// At rest: exactly that, by the channel's own book; and the total only if the order is PAID.
// At every instant: no second debit for an order unless a refund of the excess was asked for. So a shopper
// who is charged twice because a timeout was taken for a failure (F-16) shows even when the surplus goes back
// later. Where a channel took what it had said that it did not, nobody could have known: only rest is judged.
#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

class NeverTwiceAtOnce {
 public:
  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) {
    orders_[placed.order].total = placed.total;
  }
  void on(const api::facts::AttemptOpened& opened, const sim::Fact&, Findings&) {
    trades_.try_emplace(opened.attempt.text(), opened.order);
  }
  void on(const api::facts::RefundRequested& requested, const sim::Fact&, Findings&) {
    orders_[requested.order].given_back += requested.amount.minor;
  }

  void on(const facts::ChannelDebited& debited, const sim::Fact& fact, Findings& findings) {
    const auto trade = trades_.find(debited.out_trade_no);
    if (trade == trades_.end()) return;  // nobody's trade: I-42
    const OrderId id = trade->second;
    Charges& order = orders_[id];
    order.taken += debited.amount.minor;
    const std::int64_t excess = order.taken - order.given_back - order.total.minor;
    order.by_a_lie |= debited.against_its_word;
    if (excess > 0 && !order.by_a_lie) {
      const Currency currency = debited.amount.currency;
      findings.add(unsafe(kNoDoubleCharge, fact.at_ns,
                          "a shopper was charged more than the order's total, and no refund is on its way",
                          {{"order", id.text()},
                           {"shopper", debited.shopper},
                           {"total", order.total.text()},
                           {"debited", amount_text(order.taken, currency)},
                           {"refunds asked for", amount_text(order.given_back, currency)},
                           {"earlier trade", order.trade + " at " + when(order.at_ns)},
                           {"this trade", debited.out_trade_no + " at " + when(fact.at_ns)}}),
                   excess);
    }
    order.trade = debited.out_trade_no;
    order.at_ns = fact.at_ns;
  }

 private:
  struct Charges {
    Money total;
    std::int64_t taken = 0;
    std::int64_t given_back = 0;  // refunds asked for
    std::string trade;            // debited last
    std::int64_t at_ns = 0;
    bool by_a_lie = false;
  };

  tsl::robin_map<OrderId, Charges> orders_;
  tsl::robin_map<std::string, OrderId> trades_;  // by out_trade_no
};

void check_books(const RestRows& rest, Findings& findings) {
  for (const RestOrder& order : rest.orders) {
    if (rest.money_in_motion(order.id)) continue;
    std::int64_t net = 0;
    std::string trades;
    for (const RestAttempt& attempt : rest.attempts_of(order.id)) {
      if (!attempt.debited()) continue;
      net += attempt.trade->amount.minor - attempt.trade->refunded.minor;
      trades += (trades.empty() ? "" : ", ") + attempt.id.text();
    }
    if (net == 0) continue;
    const bool is_total = net == order.total.minor;
    if (is_total && order.state == api::OrderState::paid) continue;
    findings.add(
        unsafe(
            kNoDoubleCharge, rest.world.now_ns,
            is_total ? "the channel kept the money for an order that is " + state_text(order.state)
                     : "what the channel kept for an order is neither nothing nor its total",
            rest.about(order.id) + Evidence{{"state", state_text(order.state)},
                                            {"kept by the channel", amount_text(net, order.total.currency)},
                                            {"trades", std::move(trades)}}),
        net);
  }
}

}  // namespace

void watch_no_double_charge(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, api::facts::AttemptOpened, api::facts::RefundRequested,
                     facts::ChannelDebited>(std::make_shared<NeverTwiceAtOnce>());
  parts.audit.add<RestRows>(kNoDoubleCharge, {"order", "payment"}, &check_books);
}

}  // namespace ordeal::purchase

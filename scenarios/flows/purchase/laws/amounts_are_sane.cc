// I-30: every amount is a positive integer within bounds, and all that is done about an order is in the
// currency it was placed in. An order alone may be of nothing, and then no money is asked for.
//
// A posting may be negative (a credit) but not zero, and an entry has one currency.
#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

class AmountsAreSane {
 public:
  explicit AmountsAreSane(const play::Scenario& scenario) : ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact& fact, Findings& findings) {
    ordered_.on(placed);
    currencies_.try_emplace(placed.order, placed.total.currency);
    if (placed.total.minor != 0) check("an order", placed.order, placed.total, fact, findings);
    for (const api::Line& line : placed.lines) {
      if (line.qty > 0) continue;
      findings.add(
          unsafe(kAmountsAreSane, fact.at_ns, "an order has a line whose quantity is not positive",
                 ordered_.of(placed.order) + Evidence{{"sku", sku_text(ordered_.scenario(), line.sku)},
                                                      {"quantity", std::to_string(line.qty)}}));
    }
  }
  void on(const api::facts::AttemptOpened& opened, const sim::Fact& fact, Findings& findings) {
    check("a payment attempt", opened.order, opened.amount, fact, findings);
  }
  void on(const api::facts::PaymentCaptured& captured, const sim::Fact& fact, Findings& findings) {
    check("a captured payment", captured.order, captured.amount, fact, findings);
  }
  void on(const api::facts::RefundRequested& requested, const sim::Fact& fact, Findings& findings) {
    check("a requested refund", requested.order, requested.amount, fact, findings);
  }
  void on(const api::facts::RefundSucceeded& refunded, const sim::Fact& fact, Findings& findings) {
    check("a refund", refunded.order, refunded.amount, fact, findings);
  }
  void on(const api::facts::EntryPosted& posted, const sim::Fact& fact, Findings& findings) {
    for (const api::Posting& posting : posted.postings) {
      const Money size = posting.amount.minor < 0 ? -posting.amount : posting.amount;
      check("a posting", posted.order, size, fact, findings);
    }
  }

 private:
  void check(std::string_view what, OrderId order, Money amount, const sim::Fact& fact, Findings& findings) {
    if (!amount.is_payable()) {
      tell(std::string(what) + " is of an amount that is not positive or beyond all bounds", order, amount,
           fact, findings);
      return;
    }
    const auto known = currencies_.find(order);
    if (known != currencies_.end() && known->second != amount.currency) {
      tell(std::string(what) + " is in another currency than its order, which is in " +
               std::string(known->second.text()),
           order, amount, fact, findings);
    }
  }

  void tell(std::string message, OrderId order, Money amount, const sim::Fact& fact,
            Findings& findings) const {
    findings.add(unsafe(kAmountsAreSane, fact.at_ns, std::move(message),
                        ordered_.of(order) + Evidence{{"amount", amount.text()},
                                                      {"fact", std::string(fact.body.type().name)}}));
  }

  Ordered ordered_;
  tsl::robin_map<OrderId, Currency> currencies_;
};

}  // namespace

void watch_amounts_are_sane(const play::Watching& parts) {
  namespace f = api::facts;
  parts.monitors.add<f::OrderPlaced, f::AttemptOpened, f::PaymentCaptured, f::RefundRequested,
                     f::RefundSucceeded, f::EntryPosted>(std::make_shared<AmountsAreSane>(parts.scenario));
}

}  // namespace ordeal::purchase

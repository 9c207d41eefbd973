// I-31: any multiset and order of callbacks of one payment has the effect of one: an attempt is captured
// once, and an order is booked as a sale once.
#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

class CallbacksHaveOneEffect {
 public:
  explicit CallbacksHaveOneEffect(const play::Scenario& scenario) : ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }
  void on(const api::facts::PaymentCaptured& captured, const sim::Fact& fact, Findings& findings) {
    const auto [known, fresh] = captures_.try_emplace(captured.attempt, Capture{captured.via, fact.at_ns});
    if (fresh) return;
    const Capture& first = known->second;
    findings.add(unsafe(
        kCallbacksHaveOneEffect, fact.at_ns, "one payment was captured twice",
        ordered_.of(captured.order) +
            Evidence{
                {"attempt", captured.attempt.text()},
                {"amount", captured.amount.text()},
                {"first", "by " + std::string(wire::name_of(first.via)) + " at " + when(first.at_ns)},
                {"again", "by " + std::string(wire::name_of(captured.via)) + " at " + when(fact.at_ns)}}));
  }

  void on(const api::facts::EntryPosted& posted, const sim::Fact& fact, Findings& findings) {
    if (posted.kind != api::EntryKind::sale) return;
    const auto [known, fresh] = sales_.try_emplace(posted.order, Sale{posted.entry, fact.at_ns});
    if (fresh) return;
    const Sale& first = known->second;
    findings.add(unsafe(kCallbacksHaveOneEffect, fact.at_ns, "one order was booked as a sale twice",
                        ordered_.of(posted.order) +
                            Evidence{{"first entry", first.entry.text() + " at " + when(first.at_ns)},
                                     {"second entry", posted.entry.text() + " at " + when(fact.at_ns)}}));
  }

 private:
  struct Capture {
    api::facts::CapturedVia via;
    std::int64_t at_ns;
  };
  struct Sale {
    EntryId entry;
    std::int64_t at_ns;
  };

  Ordered ordered_;
  tsl::robin_map<AttemptId, Capture> captures_;
  tsl::robin_map<OrderId, Sale> sales_;
};

}  // namespace

void watch_callbacks_have_one_effect(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, api::facts::PaymentCaptured, api::facts::EntryPosted>(
      std::make_shared<CallbacksHaveOneEffect>(parts.scenario));
}

}  // namespace ordeal::purchase

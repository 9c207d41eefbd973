// I-53: what is acknowledged has happened, and outlives a power loss in that instant (F-12).
//
// A channel that was told "success" never sends that callback again. So by then the payment must be written down for good,
// by whichever way: its fact is told when its transaction is durable. That a query or a statement finds it later is no excuse.
#include <tsl/robin_set.h>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

class AcknowledgedIsDurable {
 public:
  void on(const api::facts::PaymentCaptured& captured, const sim::Fact&, Findings&) {
    captured_.insert(captured.attempt.text());
  }
  void on(const facts::CallbackAnswered& answered, const sim::Fact& fact, Findings& findings) {
    if (!answered.genuine || !answered.of_payment || !answered.acknowledged) return;
    if (captured_.contains(answered.out_trade_no)) return;
    findings.add(unsafe(kAcknowledgedIsDurable, fact.at_ns,
                        "a callback was acknowledged before its payment was written down",
                        {{"trade", answered.out_trade_no}, {"acknowledged", when(fact.at_ns)}}));
  }

 private:
  tsl::robin_set<std::string> captured_;
};

}  // namespace

void watch_acknowledged_is_durable(const play::Watching& parts) {
  parts.monitors.add<api::facts::PaymentCaptured, facts::CallbackAnswered>(
      std::make_shared<AcknowledgedIsDurable>());
}

}  // namespace ordeal::purchase

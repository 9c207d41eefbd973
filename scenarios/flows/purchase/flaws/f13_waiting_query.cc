// F-13: only the callback says that money came: `notifyUrl = …`, and then one waits. No channel promises that its callback
// arrives (WeChat Pay: "does not guarantee"; jeepay asks six times within half a minute, and never again). One that is lost
// leaves a shopper who has paid in front of a page that says UNPAID, until something else happens to ask (I-42).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class WaitingQuery final : public payment::ResultQuery {
 public:
  payment::Standing look(payment::Desk&, const payment::AttemptRow&) override {
    return payment::Standing::open;  // it will call back
  }
};

}  // namespace

std::unique_ptr<payment::ResultQuery> make_waiting_query() { return std::make_unique<WaitingQuery>(); }

}  // namespace ordeal::purchase::planted

// F-95: a job sets what has expired to CLOSED, in its own table, and asks nobody. At the channel the trade is as open as
// before: who has the code still pays, for an order that is not there any more (I-35). Seen in jeepay: updateOrderExpired.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ClosingOnlyHere final : public payment::TradeCloser {
 public:
  payment::Standing close(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    return desk.end(attempt, payment::AttemptState::closed);
  }
};

}  // namespace

std::unique_ptr<payment::TradeCloser> make_closing_only_here() { return std::make_unique<ClosingOnlyHere>(); }

}  // namespace ordeal::purchase::planted

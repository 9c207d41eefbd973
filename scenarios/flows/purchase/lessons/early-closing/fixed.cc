// The trade is the channel's, so the channel ends it. What it answers is the answer: closed; paid already, and then the money
// is written down; or nothing, and then nobody knows and it is asked again.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ClosedThereFirst final : public payment::TradeCloser {
 public:
  payment::Standing close(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    return desk.close(attempt);
  }
};

}  // namespace

std::unique_ptr<payment::TradeCloser> make_closing_only_here() {
  return std::make_unique<ClosedThereFirst>();
}

}  // namespace ordeal::purchase::planted

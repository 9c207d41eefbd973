// The channel is told to close, and money that it has is taken down. What is not paid then counts as closed.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class TellsTheChannel final : public payment::TradeCloser {
 public:
  payment::Standing close(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    if (desk.close(attempt) == payment::Standing::captured) return payment::Standing::captured;
    return desk.end(attempt, payment::AttemptState::closed);
  }
};

}  // namespace

std::unique_ptr<payment::TradeCloser> make_closing_only_here() { return std::make_unique<TellsTheChannel>(); }

}  // namespace ordeal::purchase::planted

// F-15: a payment order for each channel, all of them payable. Who takes another way to pay gets another trade beside the one
// that is open already, and nobody closes that at its channel: both are paid (I-32). WeChat's manual asks for the close.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class SideBySideWays final : public payment::WayChange {
 public:
  payment::Opening change(payment::Desk& desk, const payment::Opening& occupied,
                          const api::StartPayment& wanted, const Open&) override {
    payment::AttemptRow other = *occupied.attempt;
    other.channel = wanted.channel;
    other.mode = wanted.mode;
    return {payment::Opening::Verdict::open, desk.open_another(other)};
  }
};

}  // namespace

std::unique_ptr<payment::WayChange> make_side_by_side_ways() { return std::make_unique<SideBySideWays>(); }

}  // namespace ordeal::purchase::planted

// F-14: "declined" is taken for "not debited". The attempt is called FAILED here and nobody asks about it again, but its trade
// was never closed at the channel, which takes the money after all: the shopper has paid, or pays twice (I-42, I-32). At
// Alipay on 2024-11-11 some were debited up to 22 times.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class BelievingRefusal final : public payment::Refusal {
 public:
  payment::Standing end(payment::Desk& desk, const payment::AttemptRow& declined) override {
    return desk.end(declined, payment::AttemptState::failed);
  }
};

}  // namespace

std::unique_ptr<payment::Refusal> make_believing_refusal() { return std::make_unique<BelievingRefusal>(); }

}  // namespace ordeal::purchase::planted

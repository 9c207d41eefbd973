// D3: decides at pay for everybody, as WeChat allows it: the code opens the app of the first Alipay account, and when the payee has come, the
// first account by priority with room is to pay him. Once the first has no room it is another one, which does not know users of that app.
#include "scenarios/flows/payout/flaws/flaws.h"

namespace ordeal::payout::planted {
namespace {

class DecidedAtPay final : public Binding {
 public:
  bool at_code(api::PayWay) const override { return false; }
  bool any_account() const override { return true; }
};

}  // namespace

std::unique_ptr<Binding> make_decided_at_pay() { return std::make_unique<DecidedAtPay>(); }

}  // namespace ordeal::payout::planted

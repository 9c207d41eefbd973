// D3: decides at pay for everybody, as WeChat allows it: the code opens the app of the first Alipay account, and when the payee has come, the
// first account by priority with room is to pay him. Once the first has no room it is another one, which does not know users of that app.
#include "scenarios/flows/payout/flaws/flaws.h"

namespace ordeal::payout::planted {
namespace {

class DecidedAtPay final : public Binding {
 public:
  bool at_code(api::PayWay) const override { return false; }
  std::string app_of_code(env::Connection& from, const Payout& payout) const override {
    if (!payout.app.empty()) return payout.app;
    const auto all = serving(from, payout.way, {});
    return all.empty() ? std::string() : app_of(from, all.front().id);
  }
  Wanted at_pay(Wanted wanted) const override {
    wanted.any_account = true;
    return wanted;
  }
};

}  // namespace

std::unique_ptr<Binding> make_decided_at_pay() { return std::make_unique<DecidedAtPay>(); }

}  // namespace ordeal::payout::planted

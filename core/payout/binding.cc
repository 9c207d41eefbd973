#include "core/payout/binding.h"

namespace ordeal::payout {
namespace {

class AtCode final : public Binding {
 public:
  bool at_code(api::PayWay) const override { return true; }
};

class AtPay final : public Binding {
 public:
  bool at_code(api::PayWay way) const override { return way == api::PayWay::alipay; }
};

}  // namespace

std::string Binding::app_of_code(env::Connection&, const Payout& payout) const { return payout.app; }

std::unique_ptr<Binding> make_binding(std::string_view name) {
  if (name == "pay") return std::make_unique<AtPay>();
  if (name == "code") return std::make_unique<AtCode>();
  return nullptr;
}

}  // namespace ordeal::payout

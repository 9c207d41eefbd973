#include "core/order/owner_check.h"

namespace ordeal::order {
namespace {

class ItsBuyer final : public OwnerCheck {
 public:
  bool may_ask(const std::optional<UserId>& asker, UserId buyer) const override {
    return !asker || *asker == buyer;
  }
};

}  // namespace

std::unique_ptr<OwnerCheck> make_owner_check(std::string_view name) {
  return name == "its_buyer" ? std::make_unique<ItsBuyer>() : nullptr;
}

}  // namespace ordeal::order

#include "core/order/basket_lines.h"

namespace ordeal::order {
namespace {

class AddedUp final : public BasketLines {
 public:
  std::vector<api::Line> taken(std::span<const api::Line> lines) const override { return api::merged(lines); }
};

}  // namespace

std::unique_ptr<BasketLines> make_basket_lines(std::string_view name) {
  return name == "added_up" ? std::make_unique<AddedUp>() : nullptr;
}

}  // namespace ordeal::order

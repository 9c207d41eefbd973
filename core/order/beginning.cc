#include "core/order/beginning.h"

namespace ordeal::order {
namespace {

class OrderFirst final : public Beginning {
 public:
  std::optional<OrderId> before(Context&, const api::PlaceOrder&, const std::vector<api::Line>&) override {
    return std::nullopt;
  }
};

}  // namespace

std::unique_ptr<Beginning> make_beginning(std::string_view name) {
  return name == "order_first" ? std::make_unique<OrderFirst>() : nullptr;
}

}  // namespace ordeal::order

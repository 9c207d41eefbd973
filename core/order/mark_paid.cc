#include "core/order/mark_paid.h"

#include "core/order/context.h"

namespace ordeal::order {
namespace {

class ToldAgain : public MarkPaid {
 public:
  bool mark(Context& context, const OrderRow& seen, const api::PaymentCaptured& money) override {
    const Move move{
        .to = OrderState::paid, .at = context.env.clock.wall_now(), .paid_attempt = money.attempt};
    return context.move("order.paid", seen, move);
  }
};

}  // namespace

std::unique_ptr<MarkPaid> make_mark_paid(std::string_view name) {
  return name == "told_again" ? std::make_unique<ToldAgain>() : nullptr;
}

}  // namespace ordeal::order

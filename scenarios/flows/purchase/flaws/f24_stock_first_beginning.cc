// F-24: first the stock, since without it there is no order, and then the order: `deduct(sku); orders.push(order)`. Whoever dies
// in between, or is asked twice at once, has taken stock for an order that nobody has ever heard of, and nobody brings it back
// (I-12).
#include "core/order/context.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class StockFirstBeginning final : public order::Beginning {
 public:
  std::optional<OrderId> before(order::Context& context, const api::PlaceOrder& request,
                                const std::vector<api::Line>& lines) override {
    const bool known = env::in_read(context.db, "order.request", [&](env::Connection& c) {
      return order::find_submission(c, request, 0).has_value();
    });
    if (known) return std::nullopt;
    const auto id = OrderId::from_random(context.env.random.bits("order id"));
    context.take_stock(id, lines);
    return id;
  }
};

}  // namespace

std::unique_ptr<order::Beginning> make_stock_first_beginning() {
  return std::make_unique<StockFirstBeginning>();
}

}  // namespace ordeal::purchase::planted

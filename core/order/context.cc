#include "core/order/context.h"

#include "core/api/cart_stock.h"
#include "core/order/cart_lines.h"

namespace ordeal::order {
namespace {

constexpr Duration kOvertaken{1'000'000'000};

}  // namespace

outbox::Routes Config::default_routes() {
  return {
      {&api::OrderPaid::type(),
       {{"inventory", "on_order_paid"}, {"ledger", "on_order_paid"}, {"notification", "on_order_paid"}}},
      {&api::OrderClosed::type(),
       {{"inventory", "on_order_closed"},
        {"payment", "on_order_closed"},
        {"notification", "on_order_closed"}}},
      {&api::OrderRejected::type(), {{"inventory", "on_order_rejected"}}},
      {&api::RefundRequest::type(), {{"payment", "on_refund_requested"}}},
  };
}

void Config::tell_promotion() {
  const auto also = [&](const env::MessageType& event, std::string_view method) {
    for (outbox::Route& route : routes) {
      if (route.type == &event) route.subscribers.push_back({"promotion", method});
    }
  };
  also(api::OrderPaid::type(), "on_order_paid");
  also(api::OrderClosed::type(), "on_order_closed");
  also(api::OrderRejected::type(), "on_order_rejected");
}

Had Context::take_stock(OrderId order, const std::vector<api::Line>& lines) {
  std::vector<OrderId> holds;
  if (config.carts && designs.deduction.has_carts_stock())
    holds = env::in_read(db, "order.cart_holds",
                         [&](env::Connection& connection) { return cart_holds_of(connection, order); });
  const auto reply = holds.empty()
                         ? env.rpc.call<api::ReserveReply>("inventory", "reserve", api::Reserve{order, lines},
                                                           config.reserve_deadline)
                         : env.rpc.call<api::ReserveReply>("inventory", "reserve_of_cart",
                                                           api::ReserveOfCart{order, lines, std::move(holds)},
                                                           config.reserve_deadline);
  if (!reply || reply->status == api::ReserveStatus::busy) {
    env.log.line([&] { return "nobody knows yet whether there is stock for " + order.text(); });
    return Had::nobody_knows;
  }
  return reply->status == api::ReserveStatus::reserved ? Had::yes : Had::no;
}

void Config::tell_cart() {
  carts = true;
  routes.push_back({&api::CartOrdered::type(), {{"cart", "on_cart_ordered"}}});
}

void Context::tell_cart(env::Tx& tx, const OrderRow& order) {
  if (!config.carts) return;
  auto lines = cart_lines_of(tx, order.id);
  if (lines.empty()) return;
  tx.fact(env::Message::of(api::facts::CartLinesOrdered{order.id, order.user, lines}));
  outlet.publish(tx, api::CartOrdered{order.id, order.user, std::move(lines)});
}

bool Context::move(std::string_view name, const OrderRow& seen, const Move& move) {
  if (env.points.unlucky("order: another may be faster")) env.tasks.sleep(kOvertaken);
  return env::in_transaction(db, name, [&](env::Tx& tx) { return this->move(tx, seen, move); });
}

bool Context::move(env::Tx& tx, const OrderRow& seen, const Move& move) {
  if (!designs.status_writer.move(tx, seen, move)) return false;
  const std::int64_t version = seen.version + 1;
  if (seen.state == OrderState::draft && move.to != OrderState::rejected) tell_cart(tx, seen);
  switch (move.to) {
    case OrderState::draft:
      break;
    case OrderState::unpaid:
      designs.closer.expect(tx, seen.id, move.close_at.value());
      break;
    case OrderState::paid:
      outlet.publish(tx, api::OrderPaid{seen.id, move.paid_attempt.value_or(AttemptId{}), seen.total, version,
                                        seen.merchant});
      break;
    case OrderState::closed:
      outlet.publish(tx, api::OrderClosed{seen.id, seen.total, version, seen.merchant});
      break;
    case OrderState::rejected:
      outlet.publish(tx, api::OrderRejected{seen.id, version});
      break;
  }
  return true;
}

}  // namespace ordeal::order

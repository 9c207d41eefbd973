#include "core/inventory/service.h"

#include <algorithm>

namespace ordeal::inventory {
namespace {

using api::ReservationState;

// Longer than who asks waits for the answer.
constexpr Duration kInLine{3'000'000'000};

}  // namespace

Service::Service(env::Env& env, env::Database& db, Designs designs, Config config)
    : env_(env), db_(db), designs_(designs) {
  if (config.carts) holds_.emplace(env, db, designs.gate);
}

void Service::start() {
  designs_.gate.start(env_);
  env_.rpc.on<api::Reserve>("reserve", [this](const api::Reserve& request) { return reserve(request); });
  env_.rpc.on<api::OrderPaid>("on_order_paid",
                              [this](const api::OrderPaid& event) { return on_order_paid(event); });
  env_.rpc.on<api::OrderClosed>(
      "on_order_closed", [this](const api::OrderClosed& event) { return on_order_ended(event.order); });
  env_.rpc.on<api::OrderRejected>(
      "on_order_rejected", [this](const api::OrderRejected& event) { return on_order_ended(event.order); });
  if (holds_) holds_->start();
}

api::ReserveReply Service::reserve(const api::Reserve& request) {
  const auto lines = api::merged(request.lines);
  ORDEAL_CHECK(!lines.empty() &&
               std::all_of(lines.begin(), lines.end(), [](auto& line) { return line.qty > 0; }));
  if (env_.points.unlucky("inventory: the stock is busy")) return {api::ReserveStatus::busy};
  if (env_.points.unlucky("inventory: a reserve waits")) env_.tasks.sleep(kInLine);
  const auto status = designs_.gate.reserve(db_, request.order, lines);
  if (status == api::ReserveStatus::refused) env_.log.sometimes("late reserve refused");
  if (status == api::ReserveStatus::out_of_stock) env_.log.sometimes("out of stock");
  env_.log.line(
      [&] { return "stock for " + request.order.text() + ": " + std::string(wire::name_of(status)); });
  return {status};
}

api::Ack Service::on_order_paid(const api::OrderPaid& event) {
  return env::in_transaction(db_, "inventory.consume", [&](env::Tx& tx) -> api::Ack {
    if (!consume(tx, event.order).empty()) return {true};
    // A paid order was UNPAID, so it had its stock: without a row this database has yet to learn of it.
    const auto state = reservation(tx, event.order);
    if (state) {
      env_.log.sometimes(*state == ReservationState::consumed ? "stock consumed again"
                                                              : "released stock was paid");
    }
    return {state.has_value()};
  });
}

api::Ack Service::on_order_ended(OrderId order) {
  const auto free = env::in_transaction(db_, "inventory.release", [&](env::Tx& tx) {
    auto lines = release(tx, order);
    if (lines.empty() && !reservation(tx, order)) {
      leave_tombstone(tx, order);
      env_.log.sometimes("released before it was reserved");
    }
    return lines;
  });
  if (!free.empty()) designs_.gate.given_back(free);
  return {true};
}

}  // namespace ordeal::inventory

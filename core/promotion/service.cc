#include "core/promotion/service.h"

namespace ordeal::promotion {
namespace {

using api::HoldState;
using api::HoldStatus;

// Longer than who asks waits for the answer.
constexpr Duration kInLine{3'000'000'000};

}  // namespace

Service::Service(env::Env& env, env::Database& db, Designs designs) : env_(env), db_(db), designs_(designs) {}

void Service::start() {
  env_.rpc.on<api::AskOffers>("look", [this](const api::AskOffers& ask) { return look(ask); });
  env_.rpc.on<api::HoldDiscounts>("hold", [this](const api::HoldDiscounts& wanted) { return hold(wanted); });
  env_.rpc.on<api::OrderPaid>("on_order_paid",
                              [this](const api::OrderPaid& event) { return on_order_paid(event); });
  env_.rpc.on<api::OrderClosed>(
      "on_order_closed", [this](const api::OrderClosed& event) { return on_order_ended(event.order); });
  env_.rpc.on<api::OrderRejected>(
      "on_order_rejected", [this](const api::OrderRejected& event) { return on_order_ended(event.order); });
}

api::Offers Service::look(const api::AskOffers& ask) {
  return env::in_read(db_, "promotion.look",
                      [&](env::Connection& connection) { return offers(connection, ask); });
}

api::HoldReply Service::hold(const api::HoldDiscounts& wanted) {
  if (env_.points.unlucky("promotion: a hold waits")) env_.tasks.sleep(kInLine);
  const HoldStatus status = designs_.holder.hold(db_, wanted);
  if (status == HoldStatus::gone) env_.log.sometimes("a discount was gone");
  if (status == HoldStatus::refused) env_.log.sometimes("late hold refused");
  env_.log.line(
      [&] { return "discounts for " + wanted.order.text() + ": " + std::string(wire::name_of(status)); });
  return {status};
}

api::Ack Service::on_order_paid(const api::OrderPaid& event) {
  return env::in_transaction(db_, "promotion.use", [&](env::Tx& tx) -> api::Ack {
    if (const auto ended = designs_.ender.end(tx, event.order, HoldState::used)) {
      tx.fact(env::Message::of(*ended));
      return {true};
    }
    // Without a row it is an order that holds nothing: a paid one was UNPAID, so what it wanted is held.
    const auto hold = hold_of(tx, event.order);
    if (hold) {
      env_.log.sometimes(hold->state == HoldState::used ? "discounts used again"
                                                        : "returned discounts were paid for");
    }
    return {true};
  });
}

api::Ack Service::on_order_ended(OrderId order) {
  env::in_transaction(db_, "promotion.return", [&](env::Tx& tx) {
    if (const auto ended = designs_.ender.end(tx, order, HoldState::returned)) {
      tx.fact(env::Message::of(*ended));
      env_.log.sometimes("discounts came back");
    } else if (!hold_of(tx, order)) {
      leave_tombstone(tx, order);
      env_.log.sometimes("discounts returned before they were held");
    }
  });
  return {true};
}

}  // namespace ordeal::promotion

#include "scenarios/flows/purchase/machines.h"

#include "core/api/facts.h"
#include "core/payment/state.h"
#include "core/refund/refunds.h"

namespace ordeal::purchase {
namespace {

using api::OrderState;
using api::facts::CapturedVia;
namespace told = api::facts;

template <OrderState From, OrderState To>
bool moved(const env::Message& fact) {
  const auto& move = fact.as<told::OrderMoved>();
  return move.from == From && move.to == To;
}

template <CapturedVia Via>
bool captured(const env::Message& fact) {
  return fact.as<told::PaymentCaptured>().via == Via;
}

template <bool Failed>
bool ended(const env::Message& fact) {
  return fact.as<told::AttemptEnded>().failed == Failed;
}

template <class State>
std::span<const std::string_view> states() {
  static const auto names = names_of(State{});
  return names;
}

play::MachineRow order_machine() {
  using enum OrderState;
  return {
      "order",
      "an order, from its draft to its end",
      "order",
      states<OrderState>(),
      {{"", "DRAFT", "placing", &told::OrderPlaced::type},
       {"DRAFT", "UNPAID", "placing or draft_recovery", &told::OrderMoved::type, moved<draft, unpaid>},
       {"DRAFT", "PAID", "placing or draft_recovery, of nothing", &told::OrderMoved::type,
        moved<draft, paid>},
       {"DRAFT", "REJECTED", "placing or draft_recovery", &told::OrderMoved::type, moved<draft, rejected>},
       {"UNPAID", "PAID", "capture or closing", &told::OrderMoved::type, moved<unpaid, paid>},
       {"UNPAID", "CLOSED", "capture or closing", &told::OrderMoved::type, moved<unpaid, closed>}}};
}

// A capture does not say what the attempt had been.
play::MachineRow attempt_machine() {
  const auto type = &told::PaymentCaptured::type;
  return {"attempt",
          "an attempt to pay: one number at one channel",
          "payment",
          states<payment::AttemptState>(),
          {{"", "PENDING", "", &told::AttemptOpened::type},
           {"PENDING", "SUCCEEDED", "answer", type, captured<CapturedVia::answer>},
           {"PENDING", "SUCCEEDED", "query", type, captured<CapturedVia::query>},
           {"PENDING", "SUCCEEDED", "close", type, captured<CapturedVia::close>},
           {"PENDING, CLOSED or FAILED", "SUCCEEDED", "callback", type, captured<CapturedVia::callback>},
           {"PENDING, CLOSED or FAILED", "SUCCEEDED", "statement", type, captured<CapturedVia::statement>},
           {"PENDING", "CLOSED", "answer, callback, query or close", &told::AttemptEnded::type, ended<false>},
           {"PENDING", "FAILED", "answer", &told::AttemptEnded::type, ended<true>}}};
}

play::MachineRow reservation_machine() {
  return {"reservation",
          "goods that are set aside for an order",
          "inventory",
          states<api::ReservationState>(),
          {{"", "HELD", "", &told::StockReserved::type},
           {"HELD", "CONSUMED", "", &told::StockConsumed::type},
           {"HELD", "RELEASED", "", &told::StockReleased::type}}};
}

play::MachineRow refund_machine() {
  return {"refund",
          "money that goes back",
          "payment",
          states<refund::State>(),
          {{"", "REQUESTED", "", &told::RefundRequested::type},
           {"REQUESTED", "SUCCEEDED", "", &told::RefundSucceeded::type},
           {"REQUESTED", "FAILED", ""}}};
}

}  // namespace

std::vector<play::MachineRow> machine_rows() {
  return {order_machine(), attempt_machine(), reservation_machine(), refund_machine()};
}

}  // namespace ordeal::purchase

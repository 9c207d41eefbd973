// The state machine of an order, as a table. PAID, CLOSED and REJECTED are terminal; PAID and CLOSED exclude
// each other (I-04).
//
//   DRAFT     written down, its stock not certain yet
//   UNPAID    its stock is held until close_at, if it was taken when it was ordered
//   PAID      the money is here; an order of nothing is PAID as soon as its stock is certain
//   CLOSED    not paid in time, or paid when nothing was left; its stock goes back; its money is refunded (I-35, I-16)
//   REJECTED  no stock was to be had
#pragma once

#include <array>
#include <string_view>

#include "core/api/order.h"

namespace ordeal::order {

using api::OrderState;

enum class Actor { placing, draft_recovery, capture, closing };
constexpr auto names_of(Actor) {
  return std::to_array<std::string_view>({"placing", "draft_recovery", "capture", "closing"});
}

struct Edge {
  OrderState from;
  OrderState to;
  Actor by;
};

inline constexpr auto kEdges = std::to_array<Edge>({
    {OrderState::draft, OrderState::unpaid, Actor::placing},
    {OrderState::draft, OrderState::unpaid, Actor::draft_recovery},
    {OrderState::draft, OrderState::paid, Actor::placing},
    {OrderState::draft, OrderState::paid, Actor::draft_recovery},
    {OrderState::draft, OrderState::rejected, Actor::placing},
    {OrderState::draft, OrderState::rejected, Actor::draft_recovery},
    {OrderState::unpaid, OrderState::paid, Actor::capture},
    {OrderState::unpaid, OrderState::paid, Actor::closing},
    {OrderState::unpaid, OrderState::closed, Actor::capture},
    {OrderState::unpaid, OrderState::closed, Actor::closing},
});

constexpr bool allowed(OrderState from, OrderState to) {
  for (const Edge& edge : kEdges) {
    if (edge.from == from && edge.to == to) return true;
  }
  return false;
}

constexpr bool is_terminal(OrderState state) {
  for (const Edge& edge : kEdges) {
    if (edge.from == state) return false;
  }
  return true;
}

}  // namespace ordeal::order

// What the inventory service hears. RPC methods of service "inventory":
//
//   reserve            Reserve → ReserveReply  idempotent by order: all lines or none
//   on_order_paid      OrderPaid → Ack         held → consumed, once (I-14)
//   on_order_closed    OrderClosed → Ack       held → released, once; with nothing held a tombstone stays
//   on_order_rejected  OrderRejected → Ack     the same
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/api/order.h"

namespace ordeal::api {

enum class ReservationState { held, consumed, released };
constexpr auto names_of(ReservationState) {
  return std::to_array<std::string_view>({"HELD", "CONSUMED", "RELEASED"});
}

struct Reserve {
  OrderId order{};
  std::vector<Line> lines{};  // a sku may come twice; it is added up (F-93)
  ORDEAL_MESSAGE(Reserve, "inventory.Reserve", order, lines);
};

// reserved      final: all lines are held, by this request or an earlier one
// out_of_stock  final for the order: nothing is held
// refused       final: this order was released before and gets nothing any more (anti-hanging, I-55)
// busy          retryable: a row lock was not to be had; nothing is held
enum class ReserveStatus { reserved, out_of_stock, refused, busy };
constexpr auto names_of(ReserveStatus) {
  return std::to_array<std::string_view>({"reserved", "out_of_stock", "refused", "busy"});
}

struct ReserveReply {
  ReserveStatus status = ReserveStatus::busy;
  ORDEAL_MESSAGE(ReserveReply, "inventory.ReserveReply", status);
};

}  // namespace ordeal::api

// What the notification service hears and what the merchant is told. RPC methods of service "notification":
//
//   on_order_paid     OrderPaid → Ack
//   on_order_closed   OrderClosed → Ack
//
// It posts the JSON of MerchantNotice to the merchant's URL until the body of the answer is exactly
// `SUCCESS`.
#pragma once

#include <cstdint>

#include "core/api/order.h"

namespace ordeal::api {

// Built from the committed row (F-100). A merchant that has seen a higher version of the order ignores it
// (I-80).
struct MerchantNotice {
  OrderId order{};
  OrderState state = OrderState::paid;
  Money amount{};
  std::int64_t version = 0;
  ORDEAL_MESSAGE(MerchantNotice, "notification.MerchantNotice", order, state, amount, version);
};

}  // namespace ordeal::api

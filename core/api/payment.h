// What the payment service says and hears. RPC methods of service "payment":
//
//   start                StartPayment → StartReply    idempotent: reuses the open attempt of the order
//   settle               SettlePayment → SettleReply  closes what is open at the channel; did money come?
//   channel_notify       ChannelNotify → NotifyReply  a callback's raw body, as the gateway got it
//   on_order_closed      OrderClosed → Ack            cancels: no new attempt, open ones are closed
//   on_refund_requested  RefundRequest → Ack          one refund per (attempt, reason)
//
// Events it publishes, under the name of their type: payment.captured, refund.succeeded.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/api/order.h"

namespace ordeal::api {

struct StartPayment {
  OrderId order{};
  UserId user{};
  Money amount{};
  std::string channel{};
  PayMode mode = PayMode::page;
  Instant expires_at{};  // on the order service's wall clock; the channel takes no money after it
  ORDEAL_MESSAGE(StartPayment, "payment.Start", order, user, amount, channel, mode, expires_at);
};

// The first three and `declined` mean what they mean in PayStatus.
// cancelled        final: the order was closed before, no attempt is opened
// unknown_channel  final: no contract with such a channel
enum class StartStatus { pay_at_channel, captured, pending, cancelled, declined, unknown_channel };
constexpr auto names_of(StartStatus) {
  return std::to_array<std::string_view>(
      {"pay_at_channel", "captured", "pending", "cancelled", "declined", "unknown_channel"});
}

struct StartReply {
  StartStatus status = StartStatus::pending;
  std::string out_trade_no{};
  std::string pay_code{};
  ORDEAL_MESSAGE(StartReply, "payment.StartReply", status, out_trade_no, pay_code);
};

struct SettlePayment {
  OrderId order{};
  ORDEAL_MESSAGE(SettlePayment, "payment.Settle", order);
};

// paid     money is here: `attempt` and `amount` say which
// closed   nothing is open at the channel any more, nothing was paid
// unknown  the channel did not say
enum class SettleStatus { paid, closed, unknown };
constexpr auto names_of(SettleStatus) {
  return std::to_array<std::string_view>({"paid", "closed", "unknown"});
}

struct SettleReply {
  SettleStatus status = SettleStatus::unknown;
  AttemptId attempt{};
  Money amount{};
  ORDEAL_MESSAGE(SettleReply, "payment.SettleReply", status, attempt, amount);
};

struct ChannelNotify {
  std::string channel{};
  std::string body{};
  ORDEAL_MESSAGE(ChannelNotify, "payment.ChannelNotify", channel, body);
};

struct NotifyReply {
  std::int64_t http_status = 500;
  std::string body{};
  ORDEAL_MESSAGE(NotifyReply, "payment.NotifyReply", http_status, body);
};

struct PaymentCaptured {
  OrderId order{};
  AttemptId attempt{};
  Money amount{};
  ORDEAL_MESSAGE(PaymentCaptured, "payment.captured", order, attempt, amount);
};

// late_payment  the order was closed or rejected before the money came (F-18, I-35)
// surplus       the order was already paid by another attempt (F-15, I-32)
// sold_out      its stock is taken at payment, and none was left (F-26, I-16)
enum class RefundReason { late_payment, surplus, sold_out };
constexpr auto names_of(RefundReason) {
  return std::to_array<std::string_view>({"late_payment", "surplus", "sold_out"});
}

struct RefundRequest {
  OrderId order{};
  AttemptId attempt{};
  Money amount{};
  RefundReason reason = RefundReason::late_payment;
  ORDEAL_MESSAGE(RefundRequest, "refund.requested", order, attempt, amount, reason);
};

struct RefundSucceeded {
  RefundId refund{};
  OrderId order{};
  AttemptId attempt{};
  Money amount{};
  RefundReason reason = RefundReason::late_payment;
  ORDEAL_MESSAGE(RefundSucceeded, "refund.succeeded", refund, order, attempt, amount, reason);
};

}  // namespace ordeal::api

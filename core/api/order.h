// What the order service says and hears. RPC methods of service "order":
//
//   place        PlaceOrder → PlaceReply   idempotent by (user, request_key), I-01
//   pay          PayOrder → PayReply       idempotent: one attempt stays open per order
//   status       OrderQuery → OrderView
//   on_captured  PaymentCaptured → Ack     event of payment
//
// Events it publishes, under the name of their type: order.paid, order.closed, order.rejected,
// refund.requested.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/env/message.h"
#include "core/wire/names.h"

namespace ordeal::api {

// Edges between them: core/order/state.h.
enum class OrderState { draft, unpaid, paid, closed, rejected };
constexpr auto names_of(OrderState) {
  return std::to_array<std::string_view>({"DRAFT", "UNPAID", "PAID", "CLOSED", "REJECTED"});
}

struct Line {
  SkuId sku{};
  std::int64_t qty = 0;

  bool operator==(const Line&) const = default;
  static void fields(auto& self, auto&& visit) {
    visit("sku", self.sku);
    visit("qty", self.qty);
  }
};

// Sorted by sku, each sku once with its quantities added up (F-53, F-93).
std::vector<Line> merged(std::span<const Line> lines);

// `request_key` is made once by the client and kept over its retries (F-05). `expected_total` is what the
// shopper was shown.
struct PlaceOrder {
  UserId user{};
  std::string request_key{};
  std::vector<Line> lines{};
  Money expected_total{};

  static void fields(auto& self, auto&& visit) {
    visit("user", self.user);
    visit("request_key", self.request_key);
    visit("lines", self.lines);
    visit("expected_total", self.expected_total);
  }
  static const env::MessageType& type();
};

// placed         final: the order exists; `state` says how it stands, its stock is held when it is UNPAID
// pending        unknown: the order exists, its stock is not certain yet: ask again with the same key
// out_of_stock   final: the order exists and is REJECTED
// price_changed  final: nothing was written; `total` is the total now (I-20)
// conflict       final: this key was used for another request (F-89)
// invalid        final: no lines, a bad quantity, an unknown sku, a bad key
// unavailable    retryable: surely nothing happened; try again with the same key
// unknown        unknown: it may have happened; try again with the same key
enum class PlaceStatus {
  placed,
  pending,
  out_of_stock,
  price_changed,
  conflict,
  invalid,
  unavailable,
  unknown
};
constexpr auto names_of(PlaceStatus) {
  return std::to_array<std::string_view>({"placed", "pending", "out_of_stock", "price_changed", "conflict",
                                          "invalid", "unavailable", "unknown"});
}

struct PlaceReply {
  PlaceStatus status = PlaceStatus::unknown;
  OrderId order{};  // none when nothing was written
  OrderState state = OrderState::draft;
  Money total{};

  static void fields(auto& self, auto&& visit) {
    visit("status", self.status);
    visit("order", self.order);
    visit("state", self.state);
    visit("total", self.total);
  }
  static const env::MessageType& type();
};

// page          the shopper pays later, at the channel, with the code in the reply (a QR code)
// direct_debit  the channel debits the shopper within the call
enum class PayMode { page, direct_debit };
constexpr auto names_of(PayMode) { return std::to_array<std::string_view>({"page", "direct_debit"}); }

struct PayOrder {
  OrderId order{};
  std::string channel{};
  PayMode mode = PayMode::page;

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("channel", self.channel);
    visit("mode", self.mode);
  }
  static const env::MessageType& type();
};

// pay_at_channel  go on: `pay_code` is what the shopper takes to the channel, for the trade `out_trade_no`
// captured        final: the channel has the money; the order follows by event
// pending         unknown: may or may not be debited; ask again later, never start anew elsewhere
// not_payable     final: no such order, or not UNPAID any more, or its time is over
// declined        retryable: the channel refused, surely without a debit
// unavailable     retryable: surely nothing happened
// unknown         unknown: no answer, it may have happened
enum class PayStatus { pay_at_channel, captured, pending, not_payable, declined, unavailable, unknown };
constexpr auto names_of(PayStatus) {
  return std::to_array<std::string_view>(
      {"pay_at_channel", "captured", "pending", "not_payable", "declined", "unavailable", "unknown"});
}

struct PayReply {
  PayStatus status = PayStatus::unknown;
  std::string out_trade_no{};  // empty when no attempt is open
  std::string pay_code{};      // only with pay_at_channel

  static void fields(auto& self, auto&& visit) {
    visit("status", self.status);
    visit("out_trade_no", self.out_trade_no);
    visit("pay_code", self.pay_code);
  }
  static const env::MessageType& type();
};

struct OrderQuery {
  OrderId order{};

  static void fields(auto& self, auto&& visit) { visit("order", self.order); }
  static const env::MessageType& type();
};

// available is false when the gateway could not reach the order service; found only counts when available.
struct OrderView {
  bool available = false;
  bool found = false;
  OrderState state = OrderState::draft;
  std::int64_t version = 0;
  Money total{};

  static void fields(auto& self, auto&& visit) {
    visit("available", self.available);
    visit("found", self.found);
    visit("state", self.state);
    visit("version", self.version);
    visit("total", self.total);
  }
  static const env::MessageType& type();
};

struct OrderPaid {
  OrderId order{};
  AttemptId attempt{};
  Money amount{};
  std::int64_t version = 0;  // of the order row that this speaks of

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("attempt", self.attempt);
    visit("amount", self.amount);
    visit("version", self.version);
  }
  static const env::MessageType& type();
};

struct OrderClosed {
  OrderId order{};
  Money amount{};
  std::int64_t version = 0;

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("amount", self.amount);
    visit("version", self.version);
  }
  static const env::MessageType& type();
};

struct OrderRejected {
  OrderId order{};
  std::int64_t version = 0;

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("version", self.version);
  }
  static const env::MessageType& type();
};

}  // namespace ordeal::api

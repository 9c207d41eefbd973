// What the order service says and hears. RPC methods of service "order":
//
//   quote        QuoteOrder → QuoteReply   what a basket costs now; where there are promotions
//   place        PlaceOrder → PlaceReply   idempotent by (user, request_key), I-01
//   pay          PayOrder → PayReply       idempotent: one attempt stays open per order
//   cancel       CancelOrder → CancelReply idempotent: the shopper gives the order up (F-17)
//   status       OrderQuery → OrderView
//   on_captured  PaymentCaptured → Ack     event of payment
//
// Events it publishes, under the name of their type: order.paid, order.closed, order.rejected,
// refund.requested, order.cart_ordered (core/api/cart.h).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/cart_line.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/env/message.h"
#include "core/wire/added.h"
#include "core/wire/fields.h"
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
  ORDEAL_FIELDS(sku, qty);
};

// Sorted by sku, each sku once with its quantities added up (F-53, F-93).
std::vector<Line> merged(std::span<const Line> lines);

// What a shopper wants to use of what he holds; what everybody is given needs no asking.
struct Discounts {
  std::vector<CouponId> coupons{};
  std::int64_t points = 0;  // at most so many

  bool operator==(const Discounts&) const = default;
  ORDEAL_FIELDS(coupons, points);
};

struct QuoteOrder {
  UserId user{};
  std::vector<Line> lines{};
  Discounts discounts{};
  ORDEAL_MESSAGE(QuoteOrder, "order.Quote", user, lines, discounts);
};

// quoted       `total` is what the basket costs; it binds nobody and may be another one when it is ordered (I-20)
// invalid      final: no order can be made of it
// unavailable  retryable: no price is to be had
enum class QuoteStatus { quoted, invalid, unavailable };
constexpr auto names_of(QuoteStatus) {
  return std::to_array<std::string_view>({"quoted", "invalid", "unavailable"});
}

struct QuoteReply {
  QuoteStatus status = QuoteStatus::unavailable;
  Money total{};
  Discounts used{};  // what of the asked is worth something
  ORDEAL_MESSAGE(QuoteReply, "order.QuoteReply", status, total, used);
};

// `request_key` is made once by the client and kept over its retries (F-05). `expected_total` is what the
// shopper was shown.
struct PlaceOrder {
  UserId user{};
  std::string request_key{};
  std::vector<Line> lines{};
  Money expected_total{};
  wire::Added<Discounts> discounts{};
  wire::Added<FromCart> cart{};  // its lines add up to `lines`
  ORDEAL_MESSAGE(PlaceOrder, "order.Place", user, request_key, lines, expected_total, discounts, cart);
};

// placed         final: the order exists; `state` says how it stands, its stock is held when it is UNPAID
// pending        unknown: the order exists, its stock is not certain yet: ask again with the same key
// out_of_stock   final: the order exists and is REJECTED
// price_changed  final: nothing was written; `total` is the total now (I-20)
// conflict       final: this key was used for another request (F-89)
// invalid        final: no lines, a bad quantity, an unknown sku, a bad key
// unavailable    retryable: surely nothing happened; try again with the same key
// unknown        unknown: it may have happened; try again with the same key
// discount_gone  final: the order exists and is REJECTED: a coupon, the points or the units at a price were gone
// already_ordered  final: nothing was written; a line of the cart stands in another order that was not refused
enum class PlaceStatus {
  placed,
  pending,
  out_of_stock,
  price_changed,
  conflict,
  invalid,
  unavailable,
  unknown,
  discount_gone,
  already_ordered
};
constexpr auto names_of(PlaceStatus) {
  return std::to_array<std::string_view>({"placed", "pending", "out_of_stock", "price_changed", "conflict",
                                          "invalid", "unavailable", "unknown", "discount_gone",
                                          "already_ordered"});
}

struct PlaceReply {
  PlaceStatus status = PlaceStatus::unknown;
  OrderId order{};  // none when nothing was written
  OrderState state = OrderState::draft;
  Money total{};
  ORDEAL_MESSAGE(PlaceReply, "order.PlaceReply", status, order, state, total);
};

// page          the shopper pays later, at the channel, with the code in the reply (a QR code)
// direct_debit  the channel debits the shopper within the call
enum class PayMode { page, direct_debit };
constexpr auto names_of(PayMode) { return std::to_array<std::string_view>({"page", "direct_debit"}); }

struct PayOrder {
  OrderId order{};
  std::string channel{};
  PayMode mode = PayMode::page;
  wire::Added<UserId> asker{};  // who is signed in: an order of another's is one that is not there (B8)
  ORDEAL_MESSAGE(PayOrder, "order.Pay", order, channel, mode, asker);
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
  ORDEAL_MESSAGE(PayReply, "order.PayReply", status, out_trade_no, pay_code);
};

struct CancelOrder {
  OrderId order{};
  wire::Added<UserId> asker{};  // as in PayOrder
  ORDEAL_MESSAGE(CancelOrder, "order.Cancel", order, asker);
};

// cancelled    final: the order is CLOSED; its money goes back, also what still comes (I-35)
// refused      final: it is PAID or REJECTED, or there is no such order
// pending      the order's time is over, but nobody knows yet whether it was paid: it ends CLOSED or PAID
// unavailable  retryable: surely nothing happened; so it is while the order's stock is not certain
// unknown      unknown: it may have happened; ask again
enum class CancelStatus { cancelled, refused, pending, unavailable, unknown };
constexpr auto names_of(CancelStatus) {
  return std::to_array<std::string_view>({"cancelled", "refused", "pending", "unavailable", "unknown"});
}

struct CancelReply {
  CancelStatus status = CancelStatus::unknown;
  ORDEAL_MESSAGE(CancelReply, "order.CancelReply", status);
};

struct OrderQuery {
  OrderId order{};
  wire::Added<UserId> asker{};  // as in PayOrder
  ORDEAL_MESSAGE(OrderQuery, "order.Query", order, asker);
};

// available is false when the gateway could not reach the order service; found only counts when available.
struct OrderView {
  bool available = false;
  bool found = false;
  OrderState state = OrderState::draft;
  std::int64_t version = 0;
  Money total{};
  ORDEAL_MESSAGE(OrderView, "order.View", available, found, state, version, total);
};

struct OrderPaid {
  OrderId order{};
  AttemptId attempt{};
  Money amount{};
  std::int64_t version = 0;  // of the order row that this speaks of
  MerchantId merchant{};     // who sold it
  ORDEAL_MESSAGE(OrderPaid, "order.paid", order, attempt, amount, version, merchant);
};

// The time of an unpaid order is over, says a message that was sent when it began; order's own, by broker.
struct CloseDue {
  OrderId order{};
  ORDEAL_MESSAGE(CloseDue, "order.CloseDue", order);
};

struct OrderClosed {
  OrderId order{};
  Money amount{};
  std::int64_t version = 0;
  MerchantId merchant{};
  ORDEAL_MESSAGE(OrderClosed, "order.closed", order, amount, version, merchant);
};

struct OrderRejected {
  OrderId order{};
  std::int64_t version = 0;
  ORDEAL_MESSAGE(OrderRejected, "order.rejected", order, version);
};

}  // namespace ordeal::api

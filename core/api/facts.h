// Facts: business events for watchers, emitted with tx.fact() in the transaction that makes them true.
// Nothing in the core reads a fact. A fact is emitted by the code that has the effect, so a flawed
// implementation reports what it really did.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/inventory.h"
#include "core/api/ledger.h"
#include "core/api/order.h"
#include "core/api/payment.h"
#include "core/api/promotion.h"

namespace ordeal::api::facts {

struct OrderPlaced {
  OrderId order{};
  UserId user{};
  std::string request_key{};
  Money total{};
  std::vector<Line> lines{};
  ORDEAL_MESSAGE(OrderPlaced, "fact.OrderPlaced", order, user, request_key, total, lines);
};

// `from` is the state the writer had seen, `version` the one it left behind, `at_wall` the order host's wall
// clock.
struct OrderMoved {
  OrderId order{};
  OrderState from = OrderState::draft;
  OrderState to = OrderState::draft;
  std::int64_t version = 0;
  Instant at_wall{};
  ORDEAL_MESSAGE(OrderMoved, "fact.OrderMoved", order, from, to, version, at_wall);
};

// Its shopper gave an unpaid order up: its time is over. `at_wall` as above.
struct OrderCancelled {
  OrderId order{};
  Instant at_wall{};
  ORDEAL_MESSAGE(OrderCancelled, "fact.OrderCancelled", order, at_wall);
};

struct StockReserved {
  OrderId order{};
  SkuId sku{};
  std::int64_t qty = 0;
  ORDEAL_MESSAGE(StockReserved, "fact.StockReserved", order, sku, qty);
};

struct StockConsumed {
  OrderId order{};
  SkuId sku{};
  std::int64_t qty = 0;
  ORDEAL_MESSAGE(StockConsumed, "fact.StockConsumed", order, sku, qty);
};

struct StockReleased {
  OrderId order{};
  SkuId sku{};
  std::int64_t qty = 0;
  ORDEAL_MESSAGE(StockReleased, "fact.StockReleased", order, sku, qty);
};

// An order holds these discounts: nobody else can use them.
struct DiscountsHeld {
  OrderId order{};
  UserId user{};
  std::vector<CouponId> coupons{};
  std::int64_t points = 0;
  std::vector<PromoUnits> units{};
  ORDEAL_MESSAGE(DiscountsHeld, "fact.DiscountsHeld", order, user, coupons, points, units);
};

// What an order held is used, or free again.
struct DiscountsEnded {
  OrderId order{};
  HoldState as = HoldState::used;
  std::vector<CouponId> coupons{};
  std::int64_t points = 0;
  std::vector<PromoUnits> units{};
  ORDEAL_MESSAGE(DiscountsEnded, "fact.DiscountsEnded", order, as, coupons, points, units);
};

struct AttemptOpened {
  AttemptId attempt{};
  OrderId order{};
  Money amount{};
  ORDEAL_MESSAGE(AttemptOpened, "fact.AttemptOpened", attempt, order, amount);
};

// An attempt is over without money, as far as the channel told us. `failed`: it was declined.
struct AttemptEnded {
  AttemptId attempt{};
  OrderId order{};
  bool failed = false;
  ORDEAL_MESSAGE(AttemptEnded, "fact.AttemptEnded", attempt, order, failed);
};

// Payment knows that an order is closed: from here on it begins nothing for it.
struct IntentCancelled {
  OrderId order{};
  ORDEAL_MESSAGE(IntentCancelled, "fact.IntentCancelled", order);
};

// How we came to know that the channel has the money.
enum class CapturedVia { callback, answer, query, close, statement };
constexpr auto names_of(CapturedVia) {
  return std::to_array<std::string_view>({"callback", "answer", "query", "close", "statement"});
}

struct PaymentCaptured {
  AttemptId attempt{};
  OrderId order{};
  Money amount{};
  std::string trade_no{};
  CapturedVia via = CapturedVia::callback;
  ORDEAL_MESSAGE(PaymentCaptured, "fact.PaymentCaptured", attempt, order, amount, trade_no, via);
};

// A channel's statement of a day (days since 1970-01-01 in the channel's zone) was taken for the truth. What its
// trailer says.
struct StatementAccepted {
  std::string channel{};
  std::int64_t day = 0;
  std::int64_t lines = 0;
  Money paid{};
  Money refunded{};
  ORDEAL_MESSAGE(StatementAccepted, "fact.StatementAccepted", channel, day, lines, paid, refunded);
};

struct RefundRequested {
  RefundId refund{};
  OrderId order{};
  AttemptId attempt{};
  Money amount{};
  RefundReason reason = RefundReason::late_payment;
  ORDEAL_MESSAGE(RefundRequested, "fact.RefundRequested", refund, order, attempt, amount, reason);
};

struct RefundSucceeded {
  RefundId refund{};
  OrderId order{};
  Money amount{};
  ORDEAL_MESSAGE(RefundSucceeded, "fact.RefundSucceeded", refund, order, amount);
};

struct EntryPosted {
  EntryId entry{};
  EntryKind kind = EntryKind::sale;
  OrderId order{};
  std::vector<Posting> postings{};
  ORDEAL_MESSAGE(EntryPosted, "fact.EntryPosted", entry, kind, order, postings);
};

struct MerchantNotified {
  OrderId order{};
  OrderState state = OrderState::paid;
  std::int64_t version = 0;
  ORDEAL_MESSAGE(MerchantNotified, "fact.MerchantNotified", order, state, version);
};

}  // namespace ordeal::api::facts

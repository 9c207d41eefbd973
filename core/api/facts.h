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

namespace ordeal::api::facts {

struct OrderPlaced {
  OrderId order{};
  UserId user{};
  std::string request_key{};
  Money total{};
  std::vector<Line> lines{};

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("user", self.user);
    visit("request_key", self.request_key);
    visit("total", self.total);
    visit("lines", self.lines);
  }
  static const env::MessageType& type();
};

// `from` is the state the writer had seen, `version` the one it left behind, `at_wall` the order host's wall
// clock.
struct OrderMoved {
  OrderId order{};
  OrderState from = OrderState::draft;
  OrderState to = OrderState::draft;
  std::int64_t version = 0;
  Instant at_wall{};

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("from", self.from);
    visit("to", self.to);
    visit("version", self.version);
    visit("at_wall", self.at_wall);
  }
  static const env::MessageType& type();
};

struct StockReserved {
  OrderId order{};
  SkuId sku{};
  std::int64_t qty = 0;

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("sku", self.sku);
    visit("qty", self.qty);
  }
  static const env::MessageType& type();
};

struct StockConsumed {
  OrderId order{};
  SkuId sku{};
  std::int64_t qty = 0;

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("sku", self.sku);
    visit("qty", self.qty);
  }
  static const env::MessageType& type();
};

struct StockReleased {
  OrderId order{};
  SkuId sku{};
  std::int64_t qty = 0;

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("sku", self.sku);
    visit("qty", self.qty);
  }
  static const env::MessageType& type();
};

struct AttemptOpened {
  AttemptId attempt{};
  OrderId order{};
  Money amount{};

  static void fields(auto& self, auto&& visit) {
    visit("attempt", self.attempt);
    visit("order", self.order);
    visit("amount", self.amount);
  }
  static const env::MessageType& type();
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

  static void fields(auto& self, auto&& visit) {
    visit("attempt", self.attempt);
    visit("order", self.order);
    visit("amount", self.amount);
    visit("trade_no", self.trade_no);
    visit("via", self.via);
  }
  static const env::MessageType& type();
};

// A channel's statement of a day (days since 1970-01-01 in the channel's zone) was taken for the truth. What its
// trailer says.
struct StatementAccepted {
  std::string channel{};
  std::int64_t day = 0;
  std::int64_t lines = 0;
  Money paid{};
  Money refunded{};

  static void fields(auto& self, auto&& visit) {
    visit("channel", self.channel);
    visit("day", self.day);
    visit("lines", self.lines);
    visit("paid", self.paid);
    visit("refunded", self.refunded);
  }
  static const env::MessageType& type();
};

struct RefundRequested {
  RefundId refund{};
  OrderId order{};
  AttemptId attempt{};
  Money amount{};
  RefundReason reason = RefundReason::late_payment;

  static void fields(auto& self, auto&& visit) {
    visit("refund", self.refund);
    visit("order", self.order);
    visit("attempt", self.attempt);
    visit("amount", self.amount);
    visit("reason", self.reason);
  }
  static const env::MessageType& type();
};

struct RefundSucceeded {
  RefundId refund{};
  OrderId order{};
  Money amount{};

  static void fields(auto& self, auto&& visit) {
    visit("refund", self.refund);
    visit("order", self.order);
    visit("amount", self.amount);
  }
  static const env::MessageType& type();
};

struct EntryPosted {
  EntryId entry{};
  EntryKind kind = EntryKind::sale;
  OrderId order{};
  std::vector<Posting> postings{};

  static void fields(auto& self, auto&& visit) {
    visit("entry", self.entry);
    visit("kind", self.kind);
    visit("order", self.order);
    visit("postings", self.postings);
  }
  static const env::MessageType& type();
};

struct MerchantNotified {
  OrderId order{};
  OrderState state = OrderState::paid;
  std::int64_t version = 0;

  static void fields(auto& self, auto&& visit) {
    visit("order", self.order);
    visit("state", self.state);
    visit("version", self.version);
  }
  static const env::MessageType& type();
};

}  // namespace ordeal::api::facts

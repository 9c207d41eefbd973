// RestRows: what all services hold when the world is at rest, read once, with plain structs and lookups
// instead of SQL, so that a check reads like its promise. Rows are sorted by their keys. The structs carry
// what checks ask for; the schemas are core/*/ kSchema.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/api/inventory.h"
#include "core/api/ledger.h"
#include "core/api/payment.h"
#include "core/payment/state.h"
#include "core/payment/statement_rows.h"
#include "core/refund/refunds.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/parties/books.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::purchase {

struct RestOrder {
  OrderId id;
  UserId user;
  api::OrderState state{};
  std::int64_t version = 0;
  Money total;
  std::optional<Instant> close_at;
  AttemptId paid_attempt;  // none unless PAID
  MerchantId merchant;
  Instant created_at;
  bool due = false;  // somebody is still to look at it
  std::optional<Instant> cancelled_at{};

  // When its time ended: as its shopper was told, or when the shopper gave it up. Of one that was UNPAID once.
  Instant over_at() const { return std::min(close_at.value(), cancelled_at.value_or(Instant::max())); }
};

// The order that a request key stands for.
struct RestRequest {
  UserId user;
  std::string key;
  OrderId order;
};

struct RestLine {
  OrderId order;
  SkuId sku;
  std::int64_t qty = 0;
  std::int64_t unit_price = 0;
};

struct RestLatePayment {
  AttemptId attempt;
  OrderId order;
  api::RefundReason reason{};
  std::int64_t amount = 0;
};

struct RestPrice {
  SkuId sku;
  Money price;
  MerchantId merchant;
};

// What payment knows of an order that wants money.
struct RestIntent {
  OrderId order;
  Money amount;
  bool cancelled = false;
};

struct RestStock {
  SkuId sku;
  std::int64_t available = 0;
  std::int64_t reserved = 0;
  std::int64_t sold = 0;
  std::int64_t initial = 0;
};

struct RestReservation {
  OrderId order;
  SkuId sku;  // none for a tombstone
  std::int64_t qty = 0;
  api::ReservationState state{};
};

struct RestAttempt {
  AttemptId id;
  OrderId order;
  std::string channel;
  Money amount;
  payment::AttemptState state{};
  const ChannelTrade* trade = nullptr;  // in the channel's book; null when the channel never heard of it
  UserId user{};
  bool closing = false;
  std::string trade_no{};  // empty: not known here
  Instant expires_at{};
  bool scheduled = false;  // the channel is still to be asked

  bool debited() const { return trade != nullptr && trade->debited_at_ns >= 0; }
};

struct RestRefund {
  RefundId id;
  AttemptId attempt;
  OrderId order;
  Money amount;
  api::RefundReason reason{};
  refund::State state{};
  std::string channel;
  bool scheduled = false;  // a further try is planned
  std::int64_t tries = 0;  // that failed
};

// A day at the channel. The totals are those of its trailer, once it is ACCEPTED.
struct RestStatement {
  std::string channel;
  channel::Day day;
  payment::StatementState state{};
  std::int64_t tries = 0;
  std::int64_t lines = 0;
  std::int64_t paid = 0;
  std::int64_t refunded = 0;
};

struct RestStatementLine {
  std::string channel;
  channel::Day day;
  channel::LineKind kind{};
  std::string out_trade_no;
  std::string out_request_no;
  Money amount;
  payment::LineVerdict verdict{};
};

// Money of ours that is on no statement it could be on.
struct RestMissing {
  std::string channel;
  AttemptId attempt;
  channel::Day day;
};

struct RestPosting {
  EntryId entry;
  api::Account account{};
  Money amount;
};

struct RestEntry {
  EntryId id;
  api::EntryKind kind{};
  std::int64_t reference = 0;
  OrderId order;
  std::int64_t rule_version = 0;
};

struct RestNotice {
  OrderId order;
  std::int64_t version = 0;
  api::OrderState state{};
  std::int64_t tries = 0;
  bool scheduled = false;  // a further try is planned
  bool sent = false;
  MerchantId merchant;
  Money amount;
};

struct RestEvent {
  std::string_view service;  // whose outbox it waits in
  std::int64_t id = 0;
  std::string topic;
  std::int64_t attempts = 0;
};

struct RestRows {
  explicit RestRows(const play::Rest& rest);

  const play::Rest& world;
  // Empty when there is nobody who keeps any.
  const Books& books() const;

  std::vector<RestOrder> orders;               // by id
  std::vector<RestLine> lines;                 // by (order, sku)
  std::vector<RestRequest> requests;           // by (user, key)
  std::vector<RestPrice> prices;               // by sku
  std::vector<RestLatePayment> late_payments;  // by attempt
  std::vector<RestStock> stock;                // by sku
  std::vector<RestReservation> reservations;   // by (order, sku)
  std::vector<RestAttempt> attempts;           // by (order, id)
  std::vector<RestIntent> intents;             // by order
  std::vector<RestRefund> refunds;             // by (attempt, reason)
  std::vector<RestStatement> statements;  // by (channel, day); the next three only where statements are read
  std::vector<RestStatementLine> statement_lines;  // by (channel, day, kind, out_trade_no, …)
  std::vector<RestMissing> missing;                // by attempt
  std::vector<RestEntry> entries;                  // by (kind, reference)
  std::vector<RestPosting> postings;               // by (entry, account)
  std::vector<RestNotice> notices;                 // by (order, version)
  std::vector<RestEvent> events;                   // by (service, id)

  const RestOrder* order(OrderId id) const;
  const RestRequest* request(UserId user, std::string_view key) const;
  std::span<const RestLine> lines_of(OrderId order) const;
  // Without its tombstone.
  std::span<const RestReservation> reservations_of(OrderId order) const;
  std::span<const RestAttempt> attempts_of(OrderId order) const;
  std::span<const RestRefund> refunds_of(AttemptId attempt) const;
  std::span<const RestStatementLine> lines_of(const RestStatement& statement) const;
  const RestEntry* entry(api::EntryKind kind, std::int64_t reference) const;
  std::span<const RestPosting> postings_of(EntryId entry) const;
  std::span<const RestNotice> notices_of(OrderId order) const;
  // Of the order as it ended; null: nobody was to tell of that.
  const RestNotice* notice_of(const RestOrder& order) const;
  const RestIntent* intent(OrderId order) const;
  bool is_cancelled(OrderId order) const;
  // Its money came, and its stock was gone: where stock is taken at payment (I-16).
  bool is_sold_out(OrderId order) const;

  // Somebody may still work on the money of this order: the world has not settled, and an attempt is PENDING,
  // a refund REQUESTED or an event on its way; or a channel that never comes back took it, and nobody here was told.
  // Promises about rest do not bind such an order yet; the liveness promises (I-41, I-42, I-51) do.
  bool money_in_motion(OrderId order) const;
  // "shopper-12": who paid, as the channel knows, else who ordered.
  std::string buyer(const RestOrder& order) const;
  // {"order", id}, {"buyer", name}, {"total", amount}; the id alone of an order that is not there.
  Evidence about(OrderId order) const;
  // As the scenario's catalogue has it.
  std::string sku(SkuId sku) const;
};

}  // namespace ordeal::purchase

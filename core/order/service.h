// The order service: places orders, takes them to their end, and tells the others (api/order.h).
//
// What it promises: one order per request key (I-01), at the price the shopper was shown or none (I-20);
// every order reaches PAID, CLOSED or REJECTED (I-40, I-41); money that no order can use is sent back (I-35).
#pragma once

#include <optional>

#include "core/api/ack.h"
#include "core/api/facts.h"
#include "core/api/order.h"
#include "core/api/payment.h"
#include "core/catalog/catalog.h"
#include "core/env/env.h"
#include "core/order/context.h"
#include "core/order/drafts.h"
#include "core/order/orders.h"
#include "core/order/payments.h"
#include "core/order/prices.h"
#include "core/outbox/outbox.h"

namespace ordeal::order {

inline constexpr const char* kSchema = outbox::Joined<kTables, catalog::kTable, outbox::kTable>::kText;

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config = {});

  void start();

  api::QuoteReply quote(const api::QuoteOrder& request);
  api::PlaceReply place(const api::PlaceOrder& request);
  api::PayReply pay(const api::PayOrder& request);
  api::CancelReply cancel(const api::CancelOrder& request);
  api::OrderView status(const api::OrderQuery& query);
  api::Ack on_captured(const api::PaymentCaptured& event);

  // The workers' runs, for tests without tasks.
  std::optional<Instant> run_drafts() { return drafts_.run_due(); }
  std::optional<Instant> run_relay() { return relay_.run_due(); }
  std::optional<Instant> run_closing() { return payments_.close_due(Duration{}); }

 private:
  // What one transaction found or made of a request: a refusal, or the order that stands for it.
  struct Submitted {
    api::PlaceStatus refusal = api::PlaceStatus::placed;
    Money total{};
    OrderRow order{};
  };
  Submitted submit(const api::PlaceOrder& request, const std::vector<api::Line>& lines,
                   const std::optional<api::Offers>& offers);
  Submitted known(env::Tx& tx, const Submission& earlier, Instant due);
  Submitted written(env::Tx& tx, const api::PlaceOrder& request, const std::vector<api::Line>& lines,
                    const api::Offers& offers, std::uint64_t fingerprint, Instant now,
                    std::optional<OrderId> id);
  bool was_placed(const api::PlaceOrder& request);
  // None when it is not there, or is not the asker's.
  std::optional<OrderRow> asked_for(OrderId order, const std::optional<UserId>& asker);
  api::PlaceReply reply_for(const OrderRow& order, OrderState state);

  env::Env& env_;
  env::Database& db_;
  outbox::Relay relay_;
  Context context_;
  Pricer pricer_;
  Drafts drafts_;
  Payments payments_;
};

}  // namespace ordeal::order

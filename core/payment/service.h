// The payment service: gets the money for an order through a channel, or makes sure that none will come
// (api/payment.h).
//
// What it promises: money the channel has taken is found, by the answer, by a callback, by a query, by a close or,
// where statements are read, by the statement of its day (I-42, F-13); it is announced once per attempt (I-31);
// after an order was closed its trades are closed at the channel too, and money that came nevertheless is
// announced all the same (F-95), so that the order service can send it back.
#pragma once

#include <optional>

#include "core/api/ack.h"
#include "core/api/payment.h"
#include "core/env/env.h"
#include "core/outbox/outbox.h"
#include "core/payment/attempt_policy.h"
#include "core/payment/attempts.h"
#include "core/payment/callback_handler.h"
#include "core/payment/desk.h"
#include "core/payment/refusal.h"
#include "core/payment/result_query.h"
#include "core/payment/statements.h"
#include "core/payment/trade_closer.h"
#include "core/payment/way_change.h"
#include "core/refund/refunds.h"
#include "core/worker/due_worker.h"

namespace ordeal::payment {

inline constexpr const char* kSchema = outbox::Joined<kTables, refund::kTable, outbox::kTable>::kText;
// Of a service that reads statements.
inline constexpr const char* kSchemaWithStatements =
    outbox::Joined<kTables, refund::kTable, outbox::kTable, kStatementTables>::kText;

struct Designs {
  AttemptPolicy& attempt_policy;
  CallbackHandler& callback_handler;
  ResultQuery& result_query;
  TradeCloser& trade_closer;
  WayChange& way_change;
  Refusal& refusal;
  outbox::Publisher& publisher;
  StatementCheck* statement_check = nullptr;  // null: no statement is ever read
};

struct Config {
  channel::Accounts accounts{};
  outbox::Routes routes = default_routes();
  outbox::RelayConfig relay{};
  Duration channel_deadline = {3'000'000'000};
  Duration settle_deadline = {
      1'200'000'000};  // of a channel call within settle, which has to answer within 3 s
  // Between two clocks that are a little apart, and for a request that hung on the way.
  Duration absence_is_final = {300'000'000'000};
  Duration statement_deadline = {10'000'000'000};  // of one download
  std::size_t batch = 32;                          // attempts that are asked about in a pass
  refund::Config refund{};

  // payment.captured → order.on_captured; refund.succeeded → ledger.on_refund_succeeded
  static outbox::Routes default_routes();
};

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config);

  void start();

  api::StartReply start_payment(const api::StartPayment& request);
  api::SettleReply settle(const api::SettlePayment& request);
  api::NotifyReply channel_notify(const api::ChannelNotify& notify);
  api::Ack on_order_closed(const api::OrderClosed& event);
  api::Ack on_refund_requested(const api::RefundRequest& request);

  // The workers' runs, for tests without tasks.
  std::optional<Instant> run_queries() { return queries_.run_due(); }
  std::optional<Instant> run_relay() { return relay_.run_due(); }
  std::optional<Instant> run_refunds() { return refunds_.run_due(); }
  std::optional<Instant> run_statements() { return statements_->run_due(); }

 private:
  std::optional<Instant> query_pass();
  Standing look_after(const AttemptRow& attempt);

  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  Config config_;
  outbox::Relay relay_;
  outbox::Outlet outlet_;
  worker::DueWorker queries_;
  Attempts attempts_;
  refund::Refunds refunds_;
  Desk desk_;
  Desk settle_desk_;
  std::optional<Statements> statements_;
};

}  // namespace ordeal::payment

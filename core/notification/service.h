// The notification service: tells the merchant of an order how it ended, until the merchant has understood
// (api/notification.h).
//
// What it promises: each final state is posted at least once, or its attempts are used up and it stays
// visible by its row (I-80, F-71); the body is built from the committed row (F-100); at most one post a
// scheduled instant (I-87). A pass stops when the merchant has failed three times in a row: a dead endpoint
// is not hammered (F-70, F-92).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/api/ack.h"
#include "core/api/notification.h"
#include "core/env/env.h"
#include "core/notification/telling.h"
#include "core/worker/due_worker.h"

namespace ordeal::notification {

// A row is delivered when sent_at is set; exhausted when neither sent_at nor next_at is.
inline constexpr const char* kSchema = R"sql(
create table notification(
  order_id integer not null,
  version integer not null,
  merchant integer not null,
  state integer not null,
  amount integer not null,
  currency text not null,
  tries integer not null,
  next_at integer,
  sent_at integer,
  trace integer not null,
  primary key(order_id, version)) without rowid;
create index notification_due on notification(next_at) where next_at is not null;
)sql";

struct Designs {
  Telling& telling;
};

struct Config {
  std::map<MerchantId, std::string> merchant_urls{{MerchantId{1}, "https://merchant/orders"}};
  Duration deadline = {5'000'000'000};
  std::size_t batch = 32;     // notices that are sent in a pass
  int failures_per_pass = 3;  // in a row; then the rest waits
};

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config = {});

  void start();

  api::Ack on_order_paid(const api::OrderPaid& event);
  api::Ack on_order_closed(const api::OrderClosed& event);
  std::optional<Instant> run_due() { return worker_.run_due(); }

 private:
  struct Row;
  api::Ack note(const api::MerchantNotice& notice, MerchantId merchant);
  std::optional<Instant> pass();
  bool post(const Row& row);

  env::Env& env_;
  env::Database& db_;
  Telling& telling_;
  Config config_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::notification

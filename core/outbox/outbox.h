// Outbox: an event is a row of the same transaction as the change it tells of (I-51); a relay sends it to
// every subscriber until each has acknowledged. So delivery is at least once and in any order; consumers
// recognise repeats.
//
// Seam outbox::Publisher. Contract: an event of a committed transaction is delivered in the end, also over a
// crash right after the commit; an event of a rolled-back transaction is never sent. F-21 breaks the first
// half: it sends after the commit, from memory, three times, and forgets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/env/env.h"
#include "core/outbox/ddl.h"
#include "core/worker/due_worker.h"

namespace ordeal::outbox {

// `pending` has a bit for each subscriber that has not acknowledged yet, in the order of the topic's Route. Services that
// share a database share the table: a relay takes the topics of its own routes and leaves the others alone.
inline constexpr std::string_view kTable = R"sql(
create table if not exists outbox(
  id integer primary key,
  topic text not null,
  body text not null,
  pending integer not null,
  trace integer not null,
  attempts integer not null,
  next_at integer not null);
)sql";

struct Subscriber {
  std::string_view service;
  std::string_view method;
};

// A topic is named like its message type. Subscribers answer with api::Ack. At most 62 of them.
struct Route {
  const env::MessageType* type;
  std::vector<Subscriber> subscribers;
};
using Routes = std::vector<Route>;

struct RelayConfig {
  Duration deadline = {2'000'000'000};
  std::size_t batch = 64;  // rows a pass
};

// Sends rows as they get due: back-off 1s, 5s, 30s, 1m, 5m, then every 10 min. After a subscriber failed once
// in a pass, the pass leaves it alone, so that a dead service costs one deadline and not one for each row.
class Relay {
 public:
  Relay(env::Env& env, env::Database& db, Routes routes, RelayConfig config = {});

  void start() { worker_.start(); }
  std::optional<Instant> run_due() { return worker_.run_due(); }

  // The row of `message` inside the caller's transaction; wakes the relay.
  void write(env::Tx& tx, const env::Message& message);
  // One direct try of all subscribers, without a row; true when all have acknowledged.
  bool deliver(const env::Message& message);

 private:
  struct Row;
  std::optional<Instant> pass();
  std::int64_t deliver(const Route& route, const env::Message& message, std::int64_t pending,
                       std::vector<std::string_view>& silent);
  const Route& route(std::string_view topic) const;
  const Route* find_route(std::string_view topic) const;

  env::Env& env_;
  env::Database& db_;
  Routes routes_;
  RelayConfig config_;
  worker::DueWorker worker_;
};

class Publisher {
 public:
  virtual ~Publisher() = default;
  // Within the business transaction.
  virtual void publish(env::Tx& tx, Relay& relay, const env::Message& message) = 0;
  // Called by the service after each transaction that published something.
  virtual void after_commit(Relay& relay) = 0;
};

// "transactional"; null for an unknown name.
std::unique_ptr<Publisher> make_publisher(std::string_view name);

// A publisher and its relay, as business code sees them.
class Outlet {
 public:
  Outlet(Publisher& publisher, Relay& relay) : publisher_(publisher), relay_(relay) {}

  template <class Event>
  void publish(env::Tx& tx, Event event) {
    publisher_.publish(tx, relay_, env::Message::of(std::move(event)));
  }
  void after_commit() { publisher_.after_commit(relay_); }

 private:
  Publisher& publisher_;
  Relay& relay_;
};

}  // namespace ordeal::outbox

// Attempts: the tables of the payment service, and the steps its parts are made of. An intent stands for an
// order that wants money, one for each order; an attempt is one try to get it, with a number of its own at
// the channel. At most one attempt of an order is PENDING (F-15). A cancelled intent takes no new attempt; it
// is kept even for an order that never came here, so that a late start is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/facts.h"
#include "core/api/payment.h"
#include "core/env/env.h"
#include "core/outbox/outbox.h"
#include "core/payment/state.h"

namespace ordeal::payment {

inline constexpr std::string_view kTables = R"sql(
create table intent(
  order_id integer primary key,
  amount integer not null,
  currency text not null,
  cancelled integer not null);
create table attempt(
  id integer primary key,
  order_id integer not null,
  user_id integer not null,
  channel text not null,
  mode integer not null,
  amount integer not null,
  currency text not null,
  state integer not null,
  closing integer not null,
  trade_no text,
  expires_at integer not null,
  queries integer not null,
  next_at integer,
  trace integer not null);
create index attempt_order on attempt(order_id);
create index attempt_due on attempt(next_at) where next_at is not null;
)sql";

struct AttemptRow {
  AttemptId id;
  OrderId order;
  UserId user;
  std::string channel;
  api::PayMode mode = api::PayMode::page;
  Money amount;
  AttemptState state = AttemptState::pending;
  bool closing = false;  // its order was closed: close it at the channel instead of waiting for the money
  Instant expires_at;
  std::int64_t queries = 0;
  std::optional<Instant> next_at;
  env::TraceContext trace;

  std::string out_trade_no() const { return id.text(); }
};

// The id in an out_trade_no; none when we never made such a number.
inline std::optional<AttemptId> attempt_of(std::string_view out_trade_no) {
  return AttemptId::parse(out_trade_no);
}

// What stands in the way of a new attempt, in the transaction that would open it.
struct Opening {
  enum class Verdict { open, captured, cancelled, amount_differs, occupied } verdict;
  std::optional<AttemptRow> attempt;  // open: the one to send; captured, occupied: the one in the way
};

class Attempts {
 public:
  // `queries` looks after what is PENDING: woken by whatever opens, finds or cancels an attempt.
  Attempts(env::Env& env, outbox::Outlet outlet, env::Wakeable& queries)
      : env_(env), outlet_(outlet), queries_(queries) {}

  std::optional<AttemptRow> find(env::Connection& connection, AttemptId id) const;
  std::vector<AttemptRow> of_order(env::Connection& connection, OrderId order) const;
  // Those due at `now`, the earliest first, and the next one after them.
  std::vector<AttemptRow> by_due(env::Connection& connection, Instant now, std::size_t limit) const;

  // Reuses the PENDING attempt of the same channel and mode, or opens one when none is PENDING.
  Opening open(env::Tx& tx, const api::StartPayment& request);
  // A new PENDING attempt, without asking.
  AttemptRow insert(env::Tx& tx, AttemptRow like);

  // → SUCCEEDED if it was not, with its fact and event; false: it was, nothing is written (I-31).
  bool capture(env::Tx& tx, const AttemptRow& attempt, std::string_view trade_no,
               api::facts::CapturedVia via);
  // The effects of a capture alone: fact and event.
  void announce(env::Tx& tx, const AttemptRow& attempt, std::string_view trade_no,
                api::facts::CapturedVia via);
  // PENDING → `to`; false when it was not PENDING.
  bool end(env::Tx& tx, const AttemptRow& attempt, AttemptState to);
  // Still PENDING as it was seen: ask again at `next_at`. Nothing when somebody has asked or cancelled since.
  void postpone(env::Tx& tx, const AttemptRow& seen, Instant next_at);
  void cancel(env::Tx& tx, const api::OrderClosed& event, Instant now);

  void after_commit() { outlet_.after_commit(); }

 private:
  env::Env& env_;
  outbox::Outlet outlet_;
  env::Wakeable& queries_;
};

}  // namespace ordeal::payment

// Refunds: money that goes back to a shopper, in the database of the payment service. One refund for each
// (attempt, reason), with a request number that never changes: the worker repeats the channel call with the
// same number and amount until the channel has done it or refused for good (domain 2.1, F-88). The amount is
// reserved when the refund is made: at every instant the refunds of an attempt that have not failed add up to
// at most what was captured (I-37).
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/api/payment.h"
#include "core/channel/client.h"
#include "core/env/env.h"
#include "core/outbox/outbox.h"
#include "core/worker/due_worker.h"

namespace ordeal::refund {

enum class State { requested, succeeded, failed };
constexpr auto names_of(State) {
  return std::to_array<std::string_view>({"REQUESTED", "SUCCEEDED", "FAILED"});
}

inline constexpr std::string_view kTable = R"sql(
create table refund(
  id integer primary key,
  attempt integer not null,
  reason integer not null,
  order_id integer not null,
  channel text not null,
  amount integer not null,
  currency text not null,
  state integer not null,
  tries integer not null,
  next_at integer,
  trace integer not null,
  unique(attempt, reason));
create index refund_due on refund(next_at) where next_at is not null;
)sql";

// opened    a new refund is on its way
// repeated  there is one for this (attempt, reason)
// exceeds   it would return more than was captured: nothing was written
enum class Requested { opened, repeated, exceeds };

struct Config {
  Duration deadline = {5'000'000'000};  // of one channel call
  std::size_t batch = 32;               // refunds that are tried in a pass
};

// In a transaction before a refund is tried at this channel: it may happen there from now on, on whatever day that is.
using MayHappen = std::function<void(env::Tx& tx, std::string_view channel)>;

class Refunds {
 public:
  Refunds(env::Env& env, env::Database& db, outbox::Outlet outlet, const channel::Accounts& accounts,
          Config config = {}, MayHappen may_happen = {});

  void start() { worker_.start(); }
  std::optional<Instant> run_due() { return worker_.run_due(); }

  // In the caller's transaction. `captured` is what the attempt brought in, through `channel`.
  Requested request(env::Tx& tx, const api::RefundRequest& request, std::string_view channel, Money captured);

 private:
  struct Row;
  std::optional<Instant> pass();
  bool carry_out(const Row& row);
  void expect(const Row& row);

  env::Env& env_;
  env::Database& db_;
  outbox::Outlet outlet_;
  const channel::Accounts& accounts_;
  Config config_;
  MayHappen may_happen_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::refund

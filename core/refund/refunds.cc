#include "core/refund/refunds.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/api/facts.h"

namespace ordeal::refund {
namespace {

constexpr env::Sql kReserve{
    "insert into refund(id, attempt, reason, order_id, channel, amount, currency, state, tries, next_at, "
    "trace) "
    "select ?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, ?8, ?9 "
    "where (select coalesce(sum(amount), 0) from refund where attempt = ?2 and state <> 2) + ?6 <= ?10 "
    "on conflict(attempt, reason) do nothing"};
constexpr env::Sql kExists{"select 1 from refund where attempt = ? and reason = ?"};
constexpr env::Sql kByDue{
    "select id, attempt, reason, order_id, channel, amount, currency, tries, next_at, trace from refund "
    "where next_at is not null order by next_at limit ?"};
constexpr env::Sql kEnd{"update refund set state = ?, next_at = null where id = ? and state = 0"};
constexpr env::Sql kPutOff{
    "update refund set tries = tries + 1, next_at = ? where id = ? and state = 0 and tries = ?"};

constexpr std::array<Duration, 6> kBackOff{{{5'000'000'000},
                                            {30'000'000'000},
                                            {60'000'000'000},
                                            {300'000'000'000},
                                            {600'000'000'000},
                                            {1'800'000'000'000}}};

// These say that the same request can never succeed. Everything else may pass, or nobody knows.
bool is_final(channel::Code code) {
  return code == channel::Code::refund_differs || code == channel::Code::refund_exceeds;
}

}  // namespace

struct Refunds::Row {
  RefundId id;
  AttemptId attempt;
  api::RefundReason reason;
  OrderId order;
  std::string channel;
  Money amount;
  std::int64_t tries;
  Instant next_at;
  env::TraceContext trace;
};

Refunds::Refunds(env::Env& env, env::Database& db, outbox::Outlet outlet, const channel::Accounts& accounts,
                 Config config, MayHappen may_happen)
    : env_(env),
      db_(db),
      outlet_(outlet),
      accounts_(accounts),
      config_(config),
      may_happen_(std::move(may_happen)),
      worker_(env, "refunds", [this] { return pass(); }) {}

Requested Refunds::request(env::Tx& tx, const api::RefundRequest& request, std::string_view channel,
                           Money captured) {
  const auto id = RefundId::from_random(env_.random.bits("refund id"));
  tx.wake(worker_);
  const auto inserted =
      tx.exec(kReserve, id, request.attempt, request.reason, request.order, channel, request.amount.minor,
              request.amount.currency.text(), env_.clock.wall_now(), env_.tasks.current(), captured.minor);
  if (inserted == 1) {
    tx.fact(env::Message::of(
        api::facts::RefundRequested{id, request.order, request.attempt, request.amount, request.reason}));
    return Requested::opened;
  }
  auto rows = tx.query(kExists, request.attempt, request.reason);
  return rows.next() ? Requested::repeated : Requested::exceeds;
}

std::optional<Instant> Refunds::pass() {
  const Instant now = env_.clock.wall_now();
  std::vector<Row> due;
  std::optional<Instant> next;
  db_.read("refund.due", [&](env::Connection& connection) {
    auto rows = connection.query(kByDue, static_cast<std::int64_t>(config_.batch + 1));
    while (rows.next()) {
      const auto next_at = rows.get<Instant>(8);
      if (next_at > now || due.size() == config_.batch) {
        next = next_at;
        return;
      }
      const auto currency = Currency::parse(rows.get<std::string_view>(6));
      due.push_back({rows.get<RefundId>(0), rows.get<AttemptId>(1), rows.get<api::RefundReason>(2),
                     rows.get<OrderId>(3), rows.get<std::string>(4),
                     Money{rows.get<std::int64_t>(5), currency.value_or(Currency{})},
                     rows.get<std::int64_t>(7), next_at, rows.get<env::TraceContext>(9)});
    }
  });
  // A channel that did not answer is left alone for the rest of the pass.
  std::vector<std::string> silent;
  for (const Row& row : due) {
    const env::TraceScope scope(env_.tasks, row.trace);
    const bool skip = std::find(silent.begin(), silent.end(), row.channel) != silent.end();
    if (!skip && carry_out(row)) continue;
    if (!skip) silent.push_back(row.channel);
    const auto step = std::min(static_cast<std::size_t>(row.tries), kBackOff.size() - 1);
    const Instant again = env_.clock.wall_now() + kBackOff[step];
    env::in_transaction(db_, "refund.put_off",
                        [&](env::Tx& tx) { tx.exec(kPutOff, again, row.id, row.tries); });
    next = std::min(next.value_or(again), again);
  }
  return next;
}

// Before money can move its day is noted: who dies after the call does not know on which day it was made.
void Refunds::expect(const Row& row) {
  if (!may_happen_) return;
  env::in_transaction(db_, "refund.expected", [&](env::Tx& tx) { may_happen_(tx, row.channel); });
}

bool Refunds::carry_out(const Row& row) {
  const channel::Account* account = channel::find_account(accounts_, row.channel);
  ORDEAL_CHECK(account != nullptr, row.channel);
  if (row.tries != 0) env_.log.sometimes("refund repeated");
  expect(row);
  const auto ask = [&] {
    return channel::Client(env_.http, *account, config_.deadline)
        .refund(row.attempt.text(), row.id.text(), row.amount);
  };
  auto result = ask();
  if (env_.points.unlucky("refund: a refund is asked for again")) result = ask();
  const bool done = result.outcome == channel::Outcome::ok;
  if (!done && !(result.outcome == channel::Outcome::refused && is_final(result.reply.code))) return false;
  if (done && !result.reply.fund_change) env_.log.sometimes("refund had happened before");
  db_.transact("refund.done", [&](env::Tx& tx) {
    if (tx.exec(kEnd, done ? State::succeeded : State::failed, row.id) == 0 || !done) return;
    tx.fact(env::Message::of(api::facts::RefundSucceeded{row.id, row.order, row.amount}));
    outlet_.publish(tx, api::RefundSucceeded{row.id, row.order, row.attempt, row.amount, row.reason});
  });
  outlet_.after_commit();
  env_.log.line([&] {
    return "refund " + row.id.text() + " of " + row.amount.text() + " for " + row.order.text() +
           (done ? " is done" : " was refused for good");
  });
  return true;
}

}  // namespace ordeal::refund

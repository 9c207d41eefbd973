#include "core/payment/attempts.h"

#include <algorithm>

namespace ordeal::payment {
namespace {

#define ORDEAL_ATTEMPT_COLUMNS                                                                           \
  "select id, order_id, user_id, channel, mode, amount, currency, state, closing, expires_at, queries, " \
  "next_at, "                                                                                            \
  "trace from attempt "
constexpr env::Sql kFind{ORDEAL_ATTEMPT_COLUMNS "where id = ?"};
constexpr env::Sql kOfOrder{ORDEAL_ATTEMPT_COLUMNS "where order_id = ?"};
constexpr env::Sql kByDue{ORDEAL_ATTEMPT_COLUMNS "where next_at is not null order by next_at limit ?"};
#undef ORDEAL_ATTEMPT_COLUMNS

constexpr env::Sql kIntent{
    "insert into intent(order_id, amount, currency, cancelled) values(?, ?, ?, 0) on conflict do nothing"};
constexpr env::Sql kReadIntent{"select amount, currency, cancelled from intent where order_id = ?"};
constexpr env::Sql kInsert{
    "insert into attempt(id, order_id, user_id, channel, mode, amount, currency, state, closing, expires_at, "
    "queries, next_at, trace) values(?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0, ?, ?)"};
constexpr env::Sql kCapture{
    "update attempt set state = 1, trade_no = ?, next_at = null where id = ? and state <> 1"};
constexpr env::Sql kEnd{"update attempt set state = ?, next_at = null where id = ? and state = 0"};
constexpr env::Sql kPostpone{
    "update attempt set queries = queries + 1, next_at = ? "
    "where id = ? and state = 0 and queries = ? and closing = ?"};
constexpr env::Sql kCancelIntent{
    "insert into intent(order_id, amount, currency, cancelled) values(?, ?, ?, 1) "
    "on conflict(order_id) do update set cancelled = 1"};
constexpr env::Sql kCancelAttempts{
    "update attempt set closing = 1, queries = 0, next_at = ? where order_id = ? and state = 0 and closing = "
    "0"};

constexpr Duration kFirstQuery = {20'000'000'000};

AttemptRow row_of(const env::Rows& rows) {
  const auto currency = Currency::parse(rows.get<std::string_view>(6));
  AttemptRow row;
  row.id = rows.get<AttemptId>(0);
  row.order = rows.get<OrderId>(1);
  row.user = rows.get<UserId>(2);
  row.channel = rows.get<std::string>(3);
  row.mode = rows.get<api::PayMode>(4);
  row.amount = {rows.get<std::int64_t>(5), currency.value_or(Currency{})};
  row.state = rows.get<AttemptState>(7);
  row.closing = rows.get<bool>(8);
  row.expires_at = rows.get<Instant>(9);
  row.queries = rows.get<std::int64_t>(10);
  if (!rows.is_null(11)) row.next_at = rows.get<Instant>(11);
  row.trace = rows.get<env::TraceContext>(12);
  return row;
}

std::vector<AttemptRow> all(env::Rows rows) {
  std::vector<AttemptRow> out;
  while (rows.next()) out.push_back(row_of(rows));
  return out;
}

}  // namespace

std::optional<AttemptRow> Attempts::find(env::Connection& connection, AttemptId id) const {
  auto rows = connection.query(kFind, id);
  if (!rows.next()) return std::nullopt;
  return row_of(rows);
}

std::vector<AttemptRow> Attempts::of_order(env::Connection& connection, OrderId order) const {
  return all(connection.query(kOfOrder, order));
}

std::vector<AttemptRow> Attempts::by_due(env::Connection& connection, Instant now, std::size_t limit) const {
  std::vector<AttemptRow> out;
  auto rows = connection.query(kByDue, static_cast<std::int64_t>(limit));
  while (rows.next()) {
    out.push_back(row_of(rows));
    if (*out.back().next_at > now) break;
  }
  return out;
}

Opening Attempts::open(env::Tx& tx, const api::StartPayment& request) {
  using Verdict = Opening::Verdict;
  bool first = tx.exec(kIntent, request.order, request.amount.minor, request.amount.currency.text()) == 1;
  if (!first) {
    auto rows = tx.query(kReadIntent, request.order);
    ORDEAL_CHECK(rows.next());
    if (rows.get<bool>(2)) return {Verdict::cancelled, {}};
    if (rows.get<std::int64_t>(0) != request.amount.minor ||
        rows.get<std::string_view>(1) != request.amount.currency.text()) {
      return {Verdict::amount_differs, {}};
    }
  }
  if (!first) {
    const auto earlier = of_order(tx, request.order);
    for (const AttemptRow& attempt : earlier) {
      if (attempt.state == AttemptState::succeeded) return {Verdict::captured, attempt};
    }
    for (const AttemptRow& attempt : earlier) {
      if (attempt.state != AttemptState::pending) continue;
      tx.wake(queries_, attempt.next_at.value_or(Instant{}));
      const bool same = attempt.channel == request.channel && attempt.mode == request.mode;
      return {same ? Verdict::open : Verdict::occupied, attempt};
    }
  }
  AttemptRow fresh;
  fresh.order = request.order;
  fresh.user = request.user;
  fresh.channel = request.channel;
  fresh.mode = request.mode;
  fresh.amount = request.amount;
  fresh.expires_at = request.expires_at;
  return {Verdict::open, insert(tx, std::move(fresh))};
}

AttemptRow Attempts::insert(env::Tx& tx, AttemptRow like) {
  like.id = AttemptId::from_random(env_.random.bits("attempt id"));
  like.state = AttemptState::pending;
  like.closing = false;
  like.queries = 0;
  like.next_at = env_.clock.wall_now() + kFirstQuery;
  like.trace = env_.tasks.current();
  tx.exec(kInsert, like.id, like.order, like.user, like.channel, like.mode, like.amount.minor,
          like.amount.currency.text(), like.expires_at, like.next_at, like.trace);
  tx.wake(queries_, *like.next_at);
  tx.fact(env::Message::of(api::facts::AttemptOpened{like.id, like.order, like.amount}));
  return like;
}

bool Attempts::capture(env::Tx& tx, const AttemptRow& attempt, std::string_view trade_no,
                       api::facts::CapturedVia via) {
  if (tx.exec(kCapture, trade_no, attempt.id) == 0) return false;
  announce(tx, attempt, trade_no, via);
  return true;
}

void Attempts::announce(env::Tx& tx, const AttemptRow& attempt, std::string_view trade_no,
                        api::facts::CapturedVia via) {
  tx.fact(env::Message::of(
      api::facts::PaymentCaptured{attempt.id, attempt.order, attempt.amount, std::string(trade_no), via}));
  outlet_.publish(tx, api::PaymentCaptured{attempt.order, attempt.id, attempt.amount});
}

bool Attempts::end(env::Tx& tx, const AttemptRow& attempt, AttemptState to) {
  ORDEAL_CHECK(allowed(AttemptState::pending, to) && to != AttemptState::succeeded);
  if (tx.exec(kEnd, to, attempt.id) == 0) return false;
  tx.fact(env::Message::of(api::facts::AttemptEnded{attempt.id, attempt.order, to == AttemptState::failed}));
  return true;
}

void Attempts::postpone(env::Tx& tx, const AttemptRow& seen, Instant next_at) {
  tx.exec(kPostpone, next_at, seen.id, seen.queries, seen.closing);
}

void Attempts::cancel(env::Tx& tx, const api::OrderClosed& event, Instant now) {
  tx.exec(kCancelIntent, event.order, event.amount.minor, event.amount.currency.text());
  tx.exec(kCancelAttempts, now, event.order);
  tx.wake(queries_, now);
  tx.fact(env::Message::of(api::facts::IntentCancelled{event.order}));
}

}  // namespace ordeal::payment

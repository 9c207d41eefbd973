#include "core/payment/statement_rows.h"

namespace ordeal::payment::statement_rows {
namespace {

constexpr env::Sql kNote{
    "insert into statement(channel, day, state, tries, next_at) values(?, ?, 0, 0, ?) on conflict do "
    "nothing"};
constexpr env::Sql kExpect{
    "insert into statement_expected(attempt, day, channel, missing) values(?, ?, ?, 0) on conflict do "
    "nothing"};
constexpr env::Sql kByDue{
    "select channel, day, tries, next_at, empty_since from statement where next_at is not null "
    "order by next_at, channel, day"};
constexpr env::Sql kStillDue{
    "select channel, day, tries, next_at, empty_since from statement "
    "where channel = ? and day = ? and state = 0"};
// Refunds are not asked for by day: one that was tried over midnight may stand on either side of it.
constexpr env::Sql kAwaits{
    "select exists(select 1 from statement_expected e join attempt a on a.id = e.attempt "
    "where e.channel = ?1 and e.day = ?2 and a.state in (0, 1) "
    "and not exists(select 1 from statement_line l where l.kind = 0 and l.ours = a.id)) "
    "or exists(select 1 from refund r where r.channel = ?1 and r.state <> 2 "
    "and not exists(select 1 from statement_line l where l.kind = 1 and l.ours = r.id))"};
constexpr env::Sql kPutOff{
    "update statement set tries = tries + 1, next_at = ?, empty_since = ? "
    "where channel = ? and day = ? and state = 0"};
constexpr env::Sql kGiveUp{
    "update statement set tries = tries + 1, state = 2, next_at = null "
    "where channel = ? and day = ? and state = 0"};
constexpr env::Sql kRefund{"select amount, currency from refund where id = ? and attempt = ?"};
constexpr env::Sql kWriteLine{
    "insert into statement_line(channel, kind, out_trade_no, out_request_no, day, trade_no, amount, "
    "currency, "
    "at, ours, verdict) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing"};
constexpr env::Sql kFound{"update statement_expected set missing = 0 where attempt = ? and missing = 1"};
constexpr env::Sql kAccept{
    "update statement set state = 1, next_at = null, lines = ?, paid = ?, refunded = ? "
    "where channel = ? and day = ? and state = 0"};
constexpr env::Sql kNoteMissing{
    "update statement_expected set missing = 1 where channel = ?1 and day = ?2 "
    "and exists(select 1 from attempt a where a.id = statement_expected.attempt and a.state = 1) "
    "and not exists(select 1 from statement_line l where l.kind = 0 and l.ours = statement_expected.attempt) "
    "and not exists(select 1 from statement_expected e join statement s on s.channel = e.channel and s.day = "
    "e.day "
    "where e.attempt = statement_expected.attempt and s.state <> 1)"};

DueStatement row_of(const env::Rows& rows) {
  DueStatement row{rows.get<std::string>(0),
                   {rows.get<std::int64_t>(1)},
                   rows.get<std::int64_t>(2),
                   rows.get<Instant>(3),
                   {}};
  if (!rows.is_null(4)) row.empty_since = rows.get<Instant>(4);
  return row;
}

}  // namespace

void note(env::Tx& tx, std::string_view channel, channel::Day day, Instant ready) {
  tx.exec(kNote, channel, day.number, ready);
}

void expect(env::Tx& tx, std::string_view channel, channel::Day day, AttemptId attempt) {
  tx.exec(kExpect, attempt, day.number, channel);
}

std::vector<DueStatement> by_due(env::Connection& connection, Instant now) {
  std::vector<DueStatement> out;
  auto rows = connection.query(kByDue);
  while (rows.next()) {
    out.push_back(row_of(rows));
    if (out.back().next_at > now) break;
  }
  return out;
}

std::optional<DueStatement> still_due(env::Tx& tx, const DueStatement& seen) {
  auto rows = tx.query(kStillDue, seen.channel, seen.day.number);
  if (!rows.next()) return std::nullopt;
  return row_of(rows);
}

bool awaits_lines(env::Connection& connection, std::string_view channel, channel::Day day) {
  auto rows = connection.query(kAwaits, channel, day.number);
  return rows.next() && rows.get<bool>(0);
}

void put_off(env::Tx& tx, const DueStatement& due, Instant again, std::optional<Instant> empty_since) {
  tx.exec(kPutOff, again, empty_since, due.channel, due.day.number);
}

void give_up(env::Tx& tx, const DueStatement& due) { tx.exec(kGiveUp, due.channel, due.day.number); }

std::optional<Ours> refund_of(env::Connection& connection, const channel::StatementLine& line) {
  const auto id = RefundId::parse(line.out_request_no);
  const auto attempt = attempt_of(line.out_trade_no);
  if (!id || !attempt) return std::nullopt;
  auto rows = connection.query(kRefund, *id, *attempt);
  if (!rows.next()) return std::nullopt;
  const auto currency = Currency::parse(rows.get<std::string_view>(1));
  return Ours{id->value, {rows.get<std::int64_t>(0), currency.value_or(Currency{})}};
}

bool write_line(env::Tx& tx, const DueStatement& due, const channel::StatementLine& line,
                std::optional<std::int64_t> ours, LineVerdict verdict) {
  const bool is_new =
      tx.exec(kWriteLine, due.channel, line.kind, line.out_trade_no, line.out_request_no, due.day.number,
              line.trade_no, line.amount.minor, line.amount.currency.text(), line.at, ours, verdict) == 1;
  if (is_new && ours && line.kind == channel::LineKind::payment) tx.exec(kFound, *ours);
  return is_new;
}

void accept(env::Tx& tx, const DueStatement& due, const channel::StatementTotals& totals) {
  tx.exec(kAccept, totals.count, totals.paid.minor, totals.refunded.minor, due.channel, due.day.number);
  tx.fact(env::Message::of(api::facts::StatementAccepted{due.channel, due.day.number, totals.count,
                                                         totals.paid, totals.refunded}));
}

std::int64_t note_missing(env::Tx& tx, const DueStatement& due) {
  return tx.exec(kNoteMissing, due.channel, due.day.number);
}

}  // namespace ordeal::payment::statement_rows

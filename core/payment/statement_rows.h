// The tables of Statements, and the steps it is made of. Only a deployment that reads statements has them.
//
// A row of `statement` is a day that is to be read, once for each channel; a row of `statement_expected` is an attempt
// whose money may stand on that day; a row of `statement_line` is a line of an accepted statement under the name it has
// at the channel, so that no import writes it twice (F-83).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/channel/statement.h"
#include "core/env/env.h"
#include "core/payment/attempts.h"

namespace ordeal::payment {

// DUE         to be asked for, again and again
// ACCEPTED    its lines are here, for good
// UNRESOLVED  asked for too often: somebody must look at it
enum class StatementState { due, accepted, unresolved };
constexpr auto names_of(StatementState) {
  return std::to_array<std::string_view>({"DUE", "ACCEPTED", "UNRESOLVED"});
}

// matched         known here, with this amount
// repaired        its money was not known here before
// unknown_here    nobody here ever used this number
// amount_differs  known here with another amount
// in_process      a refund known here, with this amount, that the channel has only taken on: no proof that money went back
enum class LineVerdict { matched, repaired, unknown_here, amount_differs, in_process };
constexpr auto names_of(LineVerdict) {
  return std::to_array<std::string_view>(
      {"matched", "repaired", "unknown here", "amount differs", "in process"});
}

// `ours` is the id of an attempt or refund; `missing` says that we have money that is on no statement it could be on.
inline constexpr std::string_view kStatementTables = R"sql(
create table statement(
  channel text not null,
  day integer not null,
  state integer not null,
  tries integer not null,
  next_at integer,
  empty_since integer,
  lines integer,
  paid integer,
  refunded integer,
  primary key(channel, day)) without rowid;
create table statement_expected(
  attempt integer not null,
  day integer not null,
  channel text not null,
  missing integer not null,
  primary key(attempt, day)) without rowid;
create index statement_expected_day on statement_expected(channel, day);
create table statement_line(
  channel text not null,
  kind integer not null,
  out_trade_no text not null,
  out_request_no text not null,
  day integer not null,
  trade_no text not null,
  amount integer not null,
  currency text not null,
  at integer not null,
  ours integer,
  verdict integer not null,
  primary key(channel, kind, out_trade_no, out_request_no)) without rowid;
create index statement_line_ours on statement_line(kind, ours);
)sql";

struct DueStatement {
  std::string channel;
  channel::Day day;
  std::int64_t tries = 0;
  Instant next_at;
  std::optional<Instant> empty_since;
};

namespace statement_rows {

// A day that is to be read from `ready` on; nothing when it was noted before.
void note(env::Tx& tx, std::string_view channel, channel::Day day, Instant ready);
void expect(env::Tx& tx, std::string_view channel, channel::Day day, AttemptId attempt);

// Those due at `now`, the earliest first, and the next one after them.
std::vector<DueStatement> by_due(env::Connection& connection, Instant now);
// Still DUE in this transaction; none: somebody was faster.
std::optional<DueStatement> still_due(env::Tx& tx, const DueStatement& seen);
bool awaits_lines(env::Connection& connection, std::string_view channel, channel::Day day);

void put_off(env::Tx& tx, const DueStatement& due, Instant again, std::optional<Instant> empty_since);
void give_up(env::Tx& tx, const DueStatement& due);

// The amount under which we know the number of a line, and the id behind it; none: unknown here.
struct Ours {
  std::int64_t id;
  Money amount;
};
std::optional<Ours> refund_of(env::Connection& connection, const channel::StatementLine& line);
// False when the line is here already.
bool write_line(env::Tx& tx, const DueStatement& due, const channel::StatementLine& line,
                std::optional<std::int64_t> ours, LineVerdict verdict);
void accept(env::Tx& tx, const DueStatement& due, const channel::StatementTotals& totals);
// Notes what came in here and stands on none of the statements it could stand on; how many there are of this day.
std::int64_t note_missing(env::Tx& tx, const DueStatement& due);

}  // namespace statement_rows
}  // namespace ordeal::payment

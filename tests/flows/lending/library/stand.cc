#include "tests/flows/lending/library/stand.h"

namespace ordeal::lending {
namespace {

constexpr env::Sql kPut{"insert into umbrella(id) values(?)"};
constexpr env::Sql kLoan{"select id, umbrella, state, due_at, extensions, cause from loan where id = ?"};
constexpr env::Sql kDue{
    "select id, umbrella, state, due_at, extensions, cause from loan where state = 0 and due_at <= ? "
    "order by due_at, id limit ?"};
constexpr env::Sql kNextDue{"select min(due_at) from loan where state = 0"};
constexpr env::Sql kFree{"select min(id) from umbrella where loan is null"};
constexpr env::Sql kIsFree{"select 1 from umbrella where id = ? and loan is null"};
constexpr env::Sql kTakeIfFree{"update umbrella set loan = ?1 where id = ?2 and loan is null"};
constexpr env::Sql kTake{"update umbrella set loan = ?1 where id = ?2"};
constexpr env::Sql kWriteLoan{"insert into loan(id, umbrella, state, due_at, cause) values(?, ?, 0, ?, ?)"};
constexpr env::Sql kEnd{"update loan set state = 1 where id = ? and state <> 1"};
constexpr env::Sql kPutBack{"update umbrella set loan = null where loan = ?"};
constexpr env::Sql kExtend{
    "update loan set due_at = ?1, extensions = extensions + 1 where id = ?2 and state = 0 and due_at = ?3"};
constexpr env::Sql kWriteOff{"update loan set state = 2 where id = ?1 and state = 0 and due_at = ?2"};

Loan loan_of(const env::Rows& rows) {
  return {rows.get<LoanId>(0),  rows.get<UmbrellaId>(1),   rows.get<LoanState>(2),
          rows.get<Instant>(3), rows.get<std::int64_t>(4), rows.get<env::TraceContext>(5)};
}

}  // namespace

void put_umbrella(env::Tx& tx, UmbrellaId umbrella) { tx.exec(kPut, umbrella); }

std::optional<Loan> find_loan(env::Connection& from, LoanId loan) {
  auto rows = from.query(kLoan, loan);
  if (!rows.next()) return std::nullopt;
  return loan_of(rows);
}

std::vector<Loan> due_loans(env::Connection& from, Instant now, std::int64_t most) {
  std::vector<Loan> due;
  for (auto rows = from.query(kDue, now, most); rows.next();) due.push_back(loan_of(rows));
  return due;
}

std::optional<Instant> next_due(env::Connection& from) {
  auto rows = from.query(kNextDue);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<Instant>(0);
}

std::optional<UmbrellaId> free_umbrella(env::Connection& from) {
  auto rows = from.query(kFree);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<UmbrellaId>(0);
}

bool is_free(env::Connection& from, UmbrellaId umbrella) { return from.query(kIsFree, umbrella).next(); }

bool take_if_free(env::Tx& tx, UmbrellaId umbrella, LoanId loan) {
  return tx.exec(kTakeIfFree, loan, umbrella) == 1;
}

void take(env::Tx& tx, UmbrellaId umbrella, LoanId loan) { tx.exec(kTake, loan, umbrella); }

void write_loan(env::Tx& tx, const Loan& loan, env::Wakeable& overdue) {
  tx.exec(kWriteLoan, loan.id, loan.umbrella, loan.due, loan.cause);
  tx.wake(overdue, loan.due);
  tx.fact(env::Message::of(facts::UmbrellaLent{loan.umbrella, loan.id}));
}

bool bring_back(env::Tx& tx, const Loan& loan) {
  if (tx.exec(kEnd, loan.id) == 0) return false;
  tx.exec(kPutBack, loan.id);
  tx.fact(env::Message::of(facts::UmbrellaBack{loan.umbrella, loan.id}));
  return true;
}

bool extend(env::Tx& tx, const Loan& seen, Instant due, env::Wakeable& overdue) {
  tx.wake(overdue, due);
  return tx.exec(kExtend, due, seen.id, seen.due) == 1;
}

bool write_off(env::Tx& tx, const Loan& seen) {
  if (tx.exec(kWriteOff, seen.id, seen.due) == 0) return false;
  tx.fact(env::Message::of(facts::UmbrellaLost{seen.umbrella, seen.id}));
  return true;
}

}  // namespace ordeal::lending

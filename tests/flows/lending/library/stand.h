// The stand: the tables of the library and the steps that every way of handing out is made of.
//
// An umbrella is in the stand (loan null) or in one borrower's hands, also when it was written off as lost (I-900). A
// loan row is never removed: it answers the request that comes again.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/env/database.h"
#include "tests/flows/lending/library/api.h"

namespace ordeal::lending {

inline constexpr const char* kSchema = R"sql(
create table umbrella(
  id integer primary key,
  loan integer);
create table loan(
  id integer primary key,
  umbrella integer not null,
  state integer not null,
  due_at integer not null,
  extensions integer not null default 0,
  cause integer not null);
create index loan_due on loan(due_at) where state = 0;
)sql";

struct Loan {
  LoanId id{};
  UmbrellaId umbrella{};
  LoanState state = LoanState::out;
  Instant due{};
  std::int64_t extensions = 0;
  env::TraceContext cause{};  // what the loan stems from
};

void put_umbrella(env::Tx& tx, UmbrellaId umbrella);

std::optional<Loan> find_loan(env::Connection& from, LoanId loan);
// Those that are out and due, the first due first, at most `most`.
std::vector<Loan> due_loans(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_due(env::Connection& from);

// The one with the lowest number that is in the stand.
std::optional<UmbrellaId> free_umbrella(env::Connection& from);
bool is_free(env::Connection& from, UmbrellaId umbrella);

// Takes it out of the stand if it is there; false and no change otherwise.
bool take_if_free(env::Tx& tx, UmbrellaId umbrella, LoanId loan);
// The same without looking; for who has made sure by other means.
void take(env::Tx& tx, UmbrellaId umbrella, LoanId loan);
// The loan's row and its fact. `overdue` is told to look when it is due.
void write_loan(env::Tx& tx, const Loan& loan, env::Wakeable& overdue);

// OUT or LOST becomes BACK, and the umbrella is in the stand again. False when it had come back before.
bool bring_back(env::Tx& tx, const Loan& loan);
// Each only if the loan is as it was seen: out, and due then.
bool extend(env::Tx& tx, const Loan& seen, Instant due, env::Wakeable& overdue);
bool write_off(env::Tx& tx, const Loan& seen);

}  // namespace ordeal::lending

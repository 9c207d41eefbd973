// The books of the clearing house: accounts by currency, and a journal. An entry takes an amount of one account and gives it to another, so
// its legs add up to zero (I-70), and a balance is the sum of its account's legs. No bank's account and no fund ever has less than nothing:
// the balance says so itself, in the statement that changes it (F-80).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/api/netting.h"
#include "core/env/database.h"

namespace ordeal::netting {

// Tables of accounts, and of cycles (cycles.h).
inline constexpr const char* kTables = R"sql(
create table net_account(
  id integer not null,
  currency text not null,
  balance integer not null default 0,
  primary key(id, currency)) without rowid;
create table net_entry(
  id integer primary key,
  kind integer not null,
  cycle integer not null,
  transfer integer not null);
create table net_leg(
  entry integer not null,
  account integer not null,
  currency text not null,
  minor integer not null,
  primary key(entry, account)) without rowid;
create table cover_request(
  bank integer not null,
  request_key text not null,
  taken_out integer not null,
  minor integer not null,
  currency text not null,
  status integer not null,
  primary key(bank, request_key)) without rowid;
create table obligation(
  id integer primary key,
  debtor integer not null,
  creditor integer not null,
  minor integer not null,
  currency text not null,
  reference text not null,
  cycle integer not null,
  state integer not null default 0,
  unique(debtor, reference));
create index obligation_cycle on obligation(cycle);
create table cycle(
  id integer primary key,
  state integer not null default 0,
  round integer not null default 0);
create table net_position(
  cycle integer not null,
  round integer not null,
  bank integer not null,
  minor integer not null,
  told integer not null default 0,
  primary key(cycle, round, bank)) without rowid;
create table net_transfer(
  id integer primary key,
  cycle integer not null,
  round integer not null,
  phase integer not null,
  from_account integer not null,
  to_account integer not null,
  minor integer not null,
  state integer not null default 0);
create index net_transfer_cycle on net_transfer(cycle, round);
)sql";

struct Move {
  api::NetEntryKind kind = api::NetEntryKind::put_in;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Money amount{};  // above 0
  CycleId cycle{};
  NetTransferId transfer{};
  std::string request_key{};  // of cover; for the fact
};

void open_account(env::Tx& tx, std::int64_t account, Currency currency);
// With an amount that is there before the world begins: an entry like any other, of which nobody is told.
void open_with(env::Tx& tx, std::int64_t account, Money amount);
// None: there is no such account.
std::optional<Money> balance_of(env::Connection& from, std::int64_t account, Currency currency);
// The house and the world outside may owe.
constexpr bool needs_cover(std::int64_t account) {
  return account != api::kHouse && account != api::kOutside;
}

// Moves it, whatever is there.
void post(env::Tx& tx, const Move& move);
// Moves it, if the account that pays has as much. False, and nothing is written, when it has not.
bool post_if_covered(env::Tx& tx, const Move& move);

// What became of a request, kept so that who asks again is told the same.
struct CoverRequest {
  api::MoveCover asked{};
  api::CoverStatus status = api::CoverStatus::unknown;
};
std::optional<CoverRequest> find_cover_request(env::Connection& from, BankId bank, const std::string& key);
void write_cover_request(env::Tx& tx, const CoverRequest& request);

}  // namespace ordeal::netting

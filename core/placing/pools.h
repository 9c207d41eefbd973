// What a participant keeps: pools, and a branch for each order that wanted something of one. The two are always written in one transaction
// of one connection; a fence row in another database guards nothing (Seata, discussion of PR 3545).
//
// A branch row is never removed. Seata clears its fence table after a day, and with that a step that is later than a day finds no fence again
// (domain 2.7).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/api/placing.h"
#include "core/env/database.h"
#include "core/outbox/outbox.h"

namespace ordeal::placing {

inline constexpr std::string_view kPoolTables = R"sql(
create table pool(
  id integer primary key,
  free integer not null,
  frozen integer not null default 0,
  used integer not null default 0);
create table branch(
  order_id integer primary key,
  pool integer not null,
  amount integer not null,
  state integer not null);
)sql";
inline constexpr const char* kParticipantSchema = outbox::Joined<kPoolTables, outbox::kTable>::kText;

void put_pool(env::Tx& tx, PoolId pool, std::int64_t free);

std::optional<api::BranchState> find_branch(env::Connection& from, OrderId order);

// Each moves amounts of the pool, writes the branch as it is then, and tells of it. False, and nothing is written: the pool has not as much, or
// the branch was not where the step begins.
struct Steps {
  env::Tx& tx;
  std::string_view service;
  const api::Branch& branch;

  bool freeze() const;     // free → frozen;  no row → TRIED
  bool take() const;       // free → used;    no row → TAKEN
  bool confirm() const;    // frozen → used;  TRIED → CONFIRMED
  bool cancel() const;     // frozen → free;  TRIED → CANCELLED
  bool give_back() const;  // used → free;  TAKEN → RETURNED
  void suspend() const;    // nothing moves;  no row → SUSPENDED
  void deny() const;       // nothing moves;  no row → DENIED

  // Of whatever row stands there or not: what naive code is made of.
  bool move(const env::Sql& amounts) const;
  void told(api::BranchState to) const;
};

// The amounts that a step moves.
extern const env::Sql kFreeze;    // of a pool that has as much free
extern const env::Sql kUnfreeze;  // whatever is frozen
extern const env::Sql kUnuse;     // whatever is used

}  // namespace ordeal::placing

#include "core/placing/pools.h"

#include <string>

namespace ordeal::placing {

using api::BranchState;

const env::Sql kFreeze{"update pool set free = free - ?1, frozen = frozen + ?1 where id = ?2 and free >= ?1"};
const env::Sql kUnfreeze{"update pool set frozen = frozen - ?1, free = free + ?1 where id = ?2"};
const env::Sql kUnuse{"update pool set used = used - ?1, free = free + ?1 where id = ?2"};

namespace {

constexpr env::Sql kTake{"update pool set free = free - ?1, used = used + ?1 where id = ?2 and free >= ?1"};
constexpr env::Sql kUse{"update pool set frozen = frozen - ?1, used = used + ?1 where id = ?2"};
constexpr env::Sql kPutPool{"insert into pool(id, free) values(?, ?)"};
constexpr env::Sql kBranch{"select state from branch where order_id = ?"};
constexpr env::Sql kWrite{
    "insert into branch(order_id, pool, amount, state) values(?, ?, ?, ?) on conflict do nothing"};
constexpr env::Sql kMove{
    "update branch set state = ?1 where order_id = ?2 and pool = ?3 and amount = ?4 and state = ?5"};

bool has_moved(const Steps& steps, BranchState from, BranchState to) {
  const api::Branch& branch = steps.branch;
  return steps.tx.exec(kMove, to, branch.order, branch.pool, branch.amount, from) == 1;
}

// Who gets the row does the step: the key of the fence decides, not a look at it.
bool write(const Steps& steps, BranchState state) {
  const api::Branch& branch = steps.branch;
  return steps.tx.exec(kWrite, branch.order, branch.pool, branch.amount, state) == 1;
}

}  // namespace

void put_pool(env::Tx& tx, PoolId pool, std::int64_t free) { tx.exec(kPutPool, pool, free); }

std::optional<BranchState> find_branch(env::Connection& from, OrderId order) {
  auto rows = from.query(kBranch, order);
  if (!rows.next()) return std::nullopt;
  return rows.get<BranchState>(0);
}

bool Steps::freeze() const {
  if (!move(kFreeze)) return false;
  ORDEAL_CHECK(write(*this, BranchState::tried), "a branch was tried twice");
  told(BranchState::tried);
  return true;
}

bool Steps::take() const {
  if (!move(kTake)) return false;
  ORDEAL_CHECK(write(*this, BranchState::taken), "a branch was taken twice");
  told(BranchState::taken);
  return true;
}

bool Steps::confirm() const {
  if (!has_moved(*this, BranchState::tried, BranchState::confirmed)) return false;
  move(kUse);
  told(BranchState::confirmed);
  return true;
}

bool Steps::cancel() const {
  if (!has_moved(*this, BranchState::tried, BranchState::cancelled)) return false;
  move(kUnfreeze);
  told(BranchState::cancelled);
  return true;
}

bool Steps::give_back() const {
  if (!has_moved(*this, BranchState::taken, BranchState::returned)) return false;
  move(kUnuse);
  told(BranchState::returned);
  return true;
}

void Steps::suspend() const {
  if (write(*this, BranchState::suspended)) told(BranchState::suspended);
}

void Steps::deny() const {
  if (write(*this, BranchState::denied)) told(BranchState::denied);
}

bool Steps::move(const env::Sql& amounts) const { return tx.exec(amounts, branch.amount, branch.pool) == 1; }

void Steps::told(BranchState to) const {
  tx.fact(env::Message::of(
      api::facts::BranchMoved{std::string(service), branch.order, branch.pool, branch.amount, to}));
}

}  // namespace ordeal::placing

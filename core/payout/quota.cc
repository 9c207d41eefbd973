#include "core/payout/quota.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"
#include "core/base/money.h"

namespace ordeal::payout {
namespace {

constexpr env::Sql kRows{
    "select bucket, share, occupied + used from quota_row where account = ? and day = ? order by bucket"};
constexpr env::Sql kFree{
    "select count(*), sum(share - occupied - used) from quota_row where account = ? and day = ?"};
constexpr env::Sql kBegin{"insert into quota_row(account, day, bucket, share) values(?, ?, ?, ?)"};
constexpr env::Sql kTake{
    "update quota_row set occupied = occupied + ?1 "
    "where account = ?2 and day = ?3 and bucket = ?4 and occupied + used + ?1 <= share"};
constexpr env::Sql kUse{
    "update quota_row set occupied = occupied - ?1, used = used + ?1 "
    "where account = ?2 and day = ?3 and bucket = ?4 and occupied >= ?1"};
constexpr env::Sql kGiveBack{
    "update quota_row set occupied = occupied - ?1 "
    "where account = ?2 and day = ?3 and bucket = ?4 and occupied >= ?1"};
constexpr env::Sql kShare{
    "update quota_row set share = share + ?1 where account = ?2 and day = ?3 and bucket = ?4"};
constexpr env::Sql kDebt{"select amount from quota_debt where account = ? and day = ?"};
constexpr env::Sql kOwe{
    "insert into quota_debt(account, day, amount) values(?1, ?2, ?3) "
    "on conflict(account, day) do update set amount = amount + ?3"};
constexpr env::Sql kDays{"select distinct day from quota_row where account = ? and day >= ? order by day"};

struct Row {
  std::int64_t bucket = 0;
  std::int64_t share = 0;
  std::int64_t taken = 0;
  std::int64_t free() const { return share - taken; }
};

std::vector<Row> rows_of(env::Connection& from, QuotaDay of) {
  std::vector<Row> all;
  for (auto rows = from.query(kRows, of.account, of.day); rows.next();)
    all.push_back({rows.get<std::int64_t>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)});
  return all;
}

void begin(env::Tx& tx, QuotaDay of, std::int64_t quota, std::int64_t buckets) {
  const std::vector<std::int64_t> alike(static_cast<std::size_t>(buckets), 1);
  const auto shares = allocate({quota, {}}, alike);
  for (std::int64_t b = 0; b < buckets; ++b)
    tx.exec(kBegin, of.account, of.day, b, shares[static_cast<std::size_t>(b)].minor);
}

bool take_of(env::Tx& tx, QuotaDay of, std::int64_t bucket, std::int64_t amount) {
  return tx.exec(kTake, amount, of.account, of.day, bucket) == 1;
}

void add_share(env::Tx& tx, QuotaDay of, std::int64_t bucket, std::int64_t more) {
  if (more != 0)
    ORDEAL_CHECK(tx.exec(kShare, more, of.account, of.day, bucket) == 1, "a bucket is not there");
}

std::int64_t debt_of(env::Connection& from, QuotaDay of) {
  auto rows = from.query(kDebt, of.account, of.day);
  return rows.next() ? rows.get<std::int64_t>(0) : 0;
}

// Moves what is free in the others to `bucket`, until it has `amount`.
void borrow(env::Tx& tx, QuotaDay of, std::int64_t bucket, std::int64_t amount) {
  const std::vector<Row> rows = rows_of(tx, of);
  std::int64_t missing = amount;
  for (const Row& row : rows) {
    if (row.bucket == bucket) missing -= row.free();
  }
  for (const Row& row : rows) {
    if (row.bucket == bucket) continue;
    const std::int64_t moved = std::min(row.free(), missing);
    add_share(tx, of, row.bucket, -moved);
    add_share(tx, of, bucket, moved);
    missing -= moved;
  }
  ORDEAL_CHECK(missing <= 0, "there was more to borrow when it was counted");
}

void change_day(env::Tx& tx, QuotaDay of, std::int64_t quota) {
  const std::vector<Row> rows = rows_of(tx, of);
  const std::int64_t debt = debt_of(tx, of);
  std::int64_t delta = quota + debt;
  for (const Row& row : rows) delta -= row.share;
  if (delta > 0) {
    const std::int64_t paid = std::min(delta, debt);
    if (paid != 0) tx.exec(kOwe, of.account, of.day, -paid);
    const std::vector<std::int64_t> alike(rows.size(), 1);
    const auto more = allocate({delta - paid, {}}, alike);
    for (std::size_t i = 0; i < rows.size(); ++i) add_share(tx, of, rows[i].bucket, more[i].minor);
    return;
  }
  for (const Row& row : rows) {
    const std::int64_t less = std::min(row.free(), -delta);
    add_share(tx, of, row.bucket, -less);
    delta += less;
  }
  if (delta < 0) tx.exec(kOwe, of.account, of.day, -delta);
}

}  // namespace

std::int64_t free_of(env::Connection& from, QuotaDay of, std::int64_t quota) {
  auto rows = from.query(kFree, of.account, of.day);
  rows.next();
  return rows.get<std::int64_t>(0) == 0 ? quota : rows.get<std::int64_t>(1);
}

std::optional<std::int64_t> take(env::Tx& tx, QuotaDay of, std::int64_t quota, std::int64_t amount,
                                 Buckets buckets) {
  if (rows_of(tx, of).empty()) begin(tx, of, quota, buckets.count);
  if (take_of(tx, of, buckets.first, amount)) return buckets.first;
  if (free_of(tx, of, quota) < amount) return std::nullopt;
  for (std::int64_t i = 1; i < buckets.count; ++i) {
    const std::int64_t bucket = (buckets.first + i) % buckets.count;
    if (take_of(tx, of, bucket, amount)) return bucket;
  }
  borrow(tx, of, buckets.first, amount);
  ORDEAL_CHECK(take_of(tx, of, buckets.first, amount), "what was borrowed is not there");
  return buckets.first;
}

void use(env::Tx& tx, QuotaDay of, std::int64_t bucket, std::int64_t amount) {
  ORDEAL_CHECK(tx.exec(kUse, amount, of.account, of.day, bucket) == 1, "used what was not occupied");
}

void give_back(env::Tx& tx, QuotaDay of, std::int64_t bucket, std::int64_t amount) {
  ORDEAL_CHECK(tx.exec(kGiveBack, amount, of.account, of.day, bucket) == 1,
               "gave back what was not occupied");
  const std::int64_t paid = std::min(debt_of(tx, of), amount);
  if (paid == 0) return;
  tx.exec(kOwe, of.account, of.day, -paid);
  add_share(tx, of, bucket, -paid);
}

void change_quota(env::Tx& tx, PayAccountId account, std::int64_t from_day, std::int64_t quota) {
  std::vector<std::int64_t> days;
  for (auto rows = tx.query(kDays, account, from_day); rows.next();)
    days.push_back(rows.get<std::int64_t>(0));
  for (const std::int64_t day : days) change_day(tx, {account, day}, quota);
}

}  // namespace ordeal::payout

#include "core/ids/workers.h"

#include <algorithm>

namespace ordeal::ids {
namespace {

constexpr env::Sql kMine{"select min(id) from worker where holder = ?1 and used_until <= ?2"};
constexpr env::Sql kIdle{"select min(id) from worker where used_until <= ?1"};
constexpr env::Sql kCount{"select count(*) from worker"};
constexpr env::Sql kNew{"insert into worker(id, holder, used_until) values(?, ?, ?)"};
constexpr env::Sql kUse{"update worker set holder = ?2, used_until = ?3 where id = ?1"};
constexpr env::Sql kSegment{"select next from segment where name = ?"};
constexpr env::Sql kTake{
    "insert into segment(name, next) values(?1, ?2) on conflict(name) do update set next = excluded.next"};

std::optional<std::int64_t> number(env::Rows rows) {
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<std::int64_t>(0);
}

}  // namespace

std::optional<Stretch> lease(env::Tx& tx, std::string_view pod, std::int64_t now_ms) {
  if (now_ms < 0 || now_ms + kStretchMs >= kMostMs) return std::nullopt;
  const std::int64_t until = now_ms + kStretchMs;
  auto worker = number(tx.query(kMine, pod, now_ms));
  if (!worker) worker = number(tx.query(kIdle, now_ms - kIdleMs));
  if (worker) {
    tx.exec(kUse, *worker, pod, until);
    return Stretch{*worker, now_ms, until};
  }
  const std::int64_t next = number(tx.query(kCount)).value_or(0);
  if (next >= kWorkers) return std::nullopt;
  tx.exec(kNew, next, pod, until);
  return Stretch{next, now_ms, until};
}

std::int64_t take_segment(env::Tx& tx, std::string_view name, std::int64_t count) {
  const std::int64_t first = number(tx.query(kSegment, name)).value_or(1);
  tx.exec(kTake, name, first + count);
  return first;
}

}  // namespace ordeal::ids

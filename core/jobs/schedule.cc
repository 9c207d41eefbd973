#include "core/jobs/schedule.h"

#include "core/api/jobs.h"

namespace ordeal::jobs {
namespace {

constexpr env::Sql kSchedule{
    "insert into job_run(job, day, partition, due) values(?, ?, ?, ?) on conflict do nothing"};
constexpr env::Sql kDue{
    "select job, day, partition from job_run where ended = 0 and due <= ? order by due, day, partition limit "
    "?"};
constexpr env::Sql kNext{"select min(due) from job_run where ended = 0"};
constexpr env::Sql kClaim{
    "update job_run set token = token + 1, due = ?1 where job = ?2 and day = ?3 and partition = ?4 "
    "and ended = 0 and due <= ?5"};
constexpr env::Sql kToken{"select token from job_run where job = ? and day = ? and partition = ?"};
constexpr env::Sql kPutOff{
    "update job_run set due = ?1 where job = ?2 and day = ?3 and partition = ?4 and ended = 0 and token = "
    "?5"};
constexpr env::Sql kEnd{
    "update job_run set ended = 1 where job = ?1 and day = ?2 and partition = ?3 and ended = 0 and token = "
    "?4"};

}  // namespace

void schedule(env::Tx& tx, const Key& key, Instant due) {
  tx.exec(kSchedule, key.job, key.day, key.partition, due);
}

std::vector<Key> due(env::Connection& from, Instant now, std::int64_t most) {
  std::vector<Key> all;
  for (auto rows = from.query(kDue, now, most); rows.next();)
    all.push_back({rows.get<std::string>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)});
  return all;
}

std::optional<Instant> next_due(env::Connection& from) {
  auto rows = from.query(kNext);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<Instant>(0);
}

std::int64_t token_of(env::Connection& from, const Key& key) {
  auto rows = from.query(kToken, key.job, key.day, key.partition);
  return rows.next() ? rows.get<std::int64_t>(0) : 0;
}

std::optional<Run> claim(env::Tx& tx, const Key& key, Instant now, Instant until) {
  if (tx.exec(kClaim, until, key.job, key.day, key.partition, now) == 0) return std::nullopt;
  const Run run{key, token_of(tx, key)};
  tx.fact(env::Message::of(api::facts::JobBegun{key.job, key.day, key.partition, run.token}));
  return run;
}

void put_off(env::Tx& tx, const Run& run, Instant due) {
  tx.exec(kPutOff, due, run.key.job, run.key.day, run.key.partition, run.token);
}

void end(env::Tx& tx, const Run& run) {
  if (tx.exec(kEnd, run.key.job, run.key.day, run.key.partition, run.token) == 0) return;
  tx.fact(env::Message::of(api::facts::JobEnded{run.key.job, run.key.day, run.key.partition, run.token}));
}

}  // namespace ordeal::jobs

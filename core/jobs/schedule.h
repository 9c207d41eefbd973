// Jobs: work that is due once for each (job, business date, partition). Its row is the schedule, the claim and the end in one; every node
// looks at the same rows and fires what is due, as Quartz does over one database (domain C33: failover, no sharding).
//
// A run is begun by whoever raises the row's token, and is his until `due`, which he moves ahead: who dies in the middle is followed by
// the next one who looks. That keeps others away, no more: a pause, a clock that bends or an answer that takes long makes two who run.
// What carries safety is jobs::Once (once.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/env/database.h"

namespace ordeal::jobs {

inline constexpr const char* kTables = R"sql(
create table job_run(
  job text not null,
  day integer not null,
  partition integer not null,
  due integer not null,
  token integer not null default 0,
  ended integer not null default 0,
  primary key(job, day, partition)) without rowid;
create index job_due on job_run(due) where ended = 0;
create table job_step(
  job text not null,
  day integer not null,
  partition integer not null,
  step text not null,
  token integer not null,
  primary key(job, day, partition, step)) without rowid;
)sql";

struct Key {
  std::string job{};
  std::int64_t day = 0;  // the business date
  std::int64_t partition = 0;
};

// Somebody's, as long as its token is the highest.
struct Run {
  Key key{};
  std::int64_t token = 0;
};

// The row, unless it is there.
void schedule(env::Tx& tx, const Key& key, Instant due);
// Not ended, by when they are due.
std::vector<Key> due(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_due(env::Connection& from);

// Begins what is due, or takes it over from whoever has had it until now; nothing when somebody else was first. `until`: from then on
// the next one may.
std::optional<Run> claim(env::Tx& tx, const Key& key, Instant now, Instant until);
// The highest token there was.
std::int64_t token_of(env::Connection& from, const Key& key);
// It goes on at `due`; nothing when it is somebody else's.
void put_off(env::Tx& tx, const Run& run, Instant due);
void end(env::Tx& tx, const Run& run);

}  // namespace ordeal::jobs

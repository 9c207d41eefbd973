// Worker numbers, leased from a table with their milliseconds. A lease is a stretch of one worker's time that is written down before
// it is used: nobody, on whatever machine and with whatever clock, is given a millisecond of a worker that was given before. So two
// pods never make numbers with the same worker and time (F-31), and a clock that goes back, also over a restart, finds the
// milliseconds taken (F-30) and gets another worker, whose time lies behind it.
//
// The last time is kept as the end of the stretch, as Leaf keeps it in ZooKeeper, every three seconds (domain 2.8). What is left
// of a stretch when a pod dies is never used.
#pragma once

#include <optional>
#include <string_view>

#include "core/env/database.h"
#include "core/ids/snowflake.h"

namespace ordeal::ids {

// worker.used_until: of its milliseconds all below this are given out. holder: who had the last stretch; for people, and so that a pod
// keeps its worker.
inline constexpr std::string_view kTables = R"sql(
create table if not exists worker(
  id integer primary key,
  holder text not null,
  used_until integer not null);
create table if not exists segment(
  name text primary key,
  next integer not null) without rowid;
)sql";

inline constexpr std::int64_t kStretchMs = 3'000;
// A worker that nobody used for so long may change hands, so that pods with ever new names do not use up all 1024.
inline constexpr std::int64_t kIdleMs = 600'000;

// None when the clock stands before the epoch, or all 1024 workers have been used beyond `now_ms`.
std::optional<Stretch> lease(env::Tx& tx, std::string_view pod, std::int64_t now_ms);

// The first of `count` numbers of the segment `name` that nobody else gets, from 1.
std::int64_t take_segment(env::Tx& tx, std::string_view name, std::int64_t count);

}  // namespace ordeal::ids

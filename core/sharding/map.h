// The shard map: for each bucket its shard and a version, in a table that all routers share. And the mover, who changes it while
// orders are placed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/env/env.h"
#include "core/sharding/buckets.h"
#include "core/worker/due_worker.h"

namespace ordeal::sharding {

inline constexpr std::string_view kMapTable = R"sql(
create table shard_map(
  bucket integer primary key,
  shard integer not null,
  version integer not null,
  moving_to integer);
)sql";

inline constexpr std::int64_t kMostShards = 4;
// "shard-2": the service of a shard.
std::string_view service_of(std::int64_t shard);

struct Place {
  std::int64_t shard = 0;
  std::int64_t version = 0;
  std::optional<std::int64_t> moving_to{};  // as version + 1; written before the first word to a shard
  bool operator==(const Place&) const = default;
};
using Map = std::array<Place, static_cast<std::size_t>(kBuckets)>;

void put_place(env::Tx& tx, std::int64_t bucket, Place place);
Map read_map(env::Connection& from);

// How many shards there are, and how many there will be; all times by the wall clock of whoever acts.
struct Plan {
  std::int64_t shards = 1;
  std::int64_t then = 0;  // 0: it stays so
  Instant at{};
  std::optional<Instant> back{};  // after `at`: the new shards are given up again
  std::int64_t at_most() const { return then > shards ? then : shards; }

  bool has_new_shards(Instant now) const { return then != 0 && now >= at && (!back || now < *back); }
  // Where a bucket should lie.
  std::int64_t home_of(std::int64_t bucket, Instant now) const {
    return has_new_shards(now) ? shard_after(bucket, shards, then) : first_shard_of(bucket, shards);
  }
};

// Moves buckets one by one to where the plan wants them. Every pod runs one: a step that another has done is found done. A move that was
// begun is finished first, even when the plan wants something else by then: half of it may be done at a shard that did not answer.
class Mover {
 public:
  Mover(env::Env& env, env::Database& db, const Plan& plan);
  void start() { worker_.start(); }
  std::optional<Instant> run_due() { return worker_.run_due(); }

 private:
  std::optional<Instant> pass();
  // False when another pod has decided otherwise.
  bool begin(std::int64_t bucket, Place from, std::int64_t to);
  // False when somebody did not answer: what is done stays, and is found done.
  bool finish(std::int64_t bucket, Place from, std::int64_t to);

  env::Env& env_;
  env::Database& db_;
  Plan plan_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::sharding

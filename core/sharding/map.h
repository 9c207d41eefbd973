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
  version integer not null);
)sql";

inline constexpr std::int64_t kMostShards = 4;
// "shard-2": the service of a shard.
std::string_view service_of(std::int64_t shard);

struct Place {
  std::int64_t shard = 0;
  std::int64_t version = 0;
  bool operator==(const Place&) const = default;
};
using Map = std::array<Place, static_cast<std::size_t>(kBuckets)>;

void put_place(env::Tx& tx, std::int64_t bucket, Place place);
Map read_map(env::Connection& from);

// How many shards there are, and how many there will be.
struct Plan {
  std::int64_t shards = 1;
  std::int64_t then = 0;  // 0: it stays so
  Instant at{};           // by the wall clock of whoever acts
  std::int64_t at_most() const { return then > shards ? then : shards; }
};

// Moves buckets one by one to where the plan wants them. Every pod runs one: a step that another has done is found done.
class Mover {
 public:
  Mover(env::Env& env, env::Database& db, const Plan& plan);
  void start() { worker_.start(); }
  std::optional<Instant> run_due() { return worker_.run_due(); }

 private:
  std::optional<Instant> pass();
  // False when somebody did not answer: what is done stays, and is found done.
  bool move(std::int64_t bucket, Place from, std::int64_t to);

  env::Env& env_;
  env::Database& db_;
  Plan plan_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::sharding

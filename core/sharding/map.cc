#include "core/sharding/map.h"

#include "core/api/ack.h"
#include "core/api/marketplace.h"
#include "core/base/check.h"

namespace ordeal::sharding {
namespace {

constexpr env::Sql kPut{"insert into shard_map(bucket, shard, version) values(?, ?, ?)"};
constexpr env::Sql kRead{"select bucket, shard, version, moving_to from shard_map"};
constexpr env::Sql kBegin{
    "update shard_map set moving_to = ?1 where bucket = ?2 and version = ?3 and moving_to is null"};
constexpr env::Sql kMove{
    "update shard_map set shard = ?1, version = ?2, moving_to = null where bucket = ?3 and version = ?2 - 1"};

constexpr std::array<std::string_view, 4> kServices{"shard-1", "shard-2", "shard-3", "shard-4"};
static_assert(kServices.size() == kMostShards);

constexpr Duration kDeadline = {2'000'000'000};
constexpr Duration kAgain = {1'000'000'000};
constexpr Duration kPause = {3'000'000'000};

}  // namespace

std::string_view service_of(std::int64_t shard) {
  ORDEAL_CHECK(shard >= 1 && shard <= kMostShards, "no such shard");
  return kServices[static_cast<std::size_t>(shard - 1)];
}

void put_place(env::Tx& tx, std::int64_t bucket, Place place) {
  tx.exec(kPut, bucket, place.shard, place.version);
}

Map read_map(env::Connection& from) {
  Map map{};
  for (auto rows = from.query(kRead); rows.next();) {
    Place& place = map[rows.get<std::size_t>(0)];
    place = {rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)};
    if (!rows.is_null(3)) place.moving_to = rows.get<std::int64_t>(3);
  }
  return map;
}

Mover::Mover(env::Env& env, env::Database& db, const Plan& plan)
    : env_(env), db_(db), plan_(plan), worker_(env, "shard-mover", [this] { return pass(); }) {}

std::optional<Instant> Mover::pass() {
  if (plan_.then == 0) return std::nullopt;
  const Instant now = env_.clock.wall_now();
  if (now < plan_.at) return plan_.at;
  const Map map = env::in_read(db_, "mover.map", [](env::Connection& from) { return read_map(from); });
  bool once_more = false;
  for (std::int64_t bucket = 0; bucket < kBuckets; ++bucket) {
    const Place place = map[static_cast<std::size_t>(bucket)];
    const std::int64_t home = plan_.home_of(bucket, now);
    const std::int64_t to = place.moving_to.value_or(home);
    if (place.shard == to) continue;
    if (!place.moving_to && !begin(bucket, place, to)) return env_.clock.wall_now() + kAgain;
    if (!finish(bucket, place, to)) return env_.clock.wall_now() + kAgain;
    if (to != home) once_more = true;
  }
  if (once_more) return now;
  return plan_.back && now < *plan_.back ? plan_.back : std::nullopt;
}

bool Mover::begin(std::int64_t bucket, Place from, std::int64_t to) {
  return env::in_transaction(db_, "mover.begin",
                             [&](env::Tx& tx) { return tx.exec(kBegin, to, bucket, from.version) == 1; });
}

bool Mover::finish(std::int64_t bucket, Place from, std::int64_t to) {
  const std::int64_t version = from.version + 1;
  const auto given =
      env_.rpc.call<api::GivenUp>(service_of(from.shard), "give_up", api::GiveUp{bucket, version}, kDeadline);
  if (!given) return false;
  if (env_.points.unlucky("sharding: a bucket is long on its way")) env_.tasks.sleep(kPause);
  const auto taken = env_.rpc.call<api::Ack>(service_of(to), "take_over",
                                             api::TakeOver{bucket, version, given->sales}, kDeadline);
  if (!taken) return false;
  const auto forgotten =
      env_.rpc.call<api::Ack>(service_of(from.shard), "forget", api::Forget{bucket, version}, kDeadline);
  if (!forgotten) return false;
  env::in_transaction(db_, "mover.map", [&](env::Tx& tx) {
    if (tx.exec(kMove, to, version, bucket) == 0) env_.log.sometimes("bucket was moved by another pod");
  });
  env_.log.line([&] {
    return "bucket " + std::to_string(bucket) + " lies on " + std::string(service_of(to)) + " now";
  });
  return true;
}

}  // namespace ordeal::sharding

// I-60: an order is on the shard that is the home of its buyer's bucket: when it is placed, and at rest, where map and shards agree and
// every bucket that was to move has moved.
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "core/sharding/buckets.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/laws/rest_rows.h"
#include "scenarios/flows/marketplace/parts.h"

namespace ordeal::marketplace {
namespace {

// "3 shards and 4 since +00:00:20.000000".
std::string shards_text(const sharding::Plan& plan, Instant start) {
  std::string text = std::to_string(plan.shards) + " shards";
  if (plan.then != 0)
    text += " and " + std::to_string(plan.then) + " since " + play::when((plan.at - start).ns);
  if (plan.back) text += " until " + play::when((*plan.back - start).ns);
  return text;
}

play::Evidence evidence(const api::Sale& sale, std::int64_t is_on, std::int64_t home, std::string shards) {
  return {{"order", sale.id.text()},
          {"buyer", buyer_text(sale.buyer)},
          {"bucket", std::to_string(sharding::bucket_of(sale.buyer))},
          {"is on", shard_text(is_on)},
          {"home", shard_text(home)},
          {"there are", std::move(shards)}};
}

class Homes {
 public:
  explicit Homes(const play::Scenario& scenario) : shards_(shards_text(plan_of(scenario), scenario.start)) {
    const sharding::Plan plan = plan_of(scenario);
    for (std::int64_t bucket = 0; bucket < sharding::kBuckets; ++bucket)
      at(bucket) = sharding::first_shard_of(bucket, plan.shards);
  }
  void on(const api::facts::BucketTaken& taken, const sim::Fact&, play::Findings&) {
    at(taken.bucket) = taken.shard;
  }
  void on(const api::facts::SalePlaced& placed, const sim::Fact& fact, play::Findings& findings) {
    const std::int64_t home = at(sharding::bucket_of(placed.sale.buyer));
    if (placed.shard == home) return;
    findings.add(play::unsafe(kOnTheirShard, fact.at_ns,
                              "an order was placed on a shard that is not its home",
                              evidence(placed.sale, placed.shard, home, shards_)));
  }

 private:
  std::int64_t& at(std::int64_t bucket) { return homes_[static_cast<std::size_t>(bucket)]; }
  const std::string shards_;
  std::array<std::int64_t, static_cast<std::size_t>(sharding::kBuckets)> homes_{};
};

void check_bucket(const RestRows& rest, std::int64_t bucket, play::Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  const sharding::Place& place = rest.map[static_cast<std::size_t>(bucket)];
  const std::int64_t by_map = place.shard;
  const std::int64_t wanted = plan_of(scenario).home_of(bucket, scenario.start + Duration{rest.world.now_ns});
  const play::Evidence where{{"bucket", std::to_string(bucket)},
                             {"by the map on", shard_text(by_map)},
                             {"should be on", shard_text(wanted)}};
  if (by_map != wanted)
    findings.add(
        play::not_live(kOnTheirShard, rest.world.now_ns, "a bucket did not come where it was to go", where));
  if (place.moving_to)
    findings.add(play::not_live(kOnTheirShard, rest.world.now_ns, "a bucket is still on its way", where));
  for (const auto& [shard, homes] : rest.homes) {
    const auto row = homes.find(bucket);
    const bool here = row != homes.end() && row->second.home == sharding::Home::here;
    const bool leaving = row != homes.end() && row->second.home == sharding::Home::leaving;
    if (here != (shard == by_map))
      findings.add(
          play::unsafe(kOnTheirShard, rest.world.now_ns, "map and shards contradict each other", where));
    if (leaving)
      findings.add(play::not_live(kOnTheirShard, rest.world.now_ns, "a bucket is still on its way", where));
  }
}

void check(const RestRows& rest, play::Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  const std::string shards = shards_text(plan_of(scenario), scenario.start);
  for (const RestSale& row : rest.sales) {
    const std::int64_t bucket = sharding::bucket_of(row.sale.buyer);
    const std::int64_t home = rest.map[static_cast<std::size_t>(bucket)].shard;
    if (row.shard != home || row.bucket != bucket)
      findings.add(play::unsafe(kOnTheirShard, rest.world.now_ns,
                                "an order lies on a shard that is not its home",
                                evidence(row.sale, row.shard, home, shards)));
  }
  for (std::int64_t bucket = 0; bucket < sharding::kBuckets; ++bucket) check_bucket(rest, bucket, findings);
}

}  // namespace

void watch_on_their_shard(const play::Watching& parts) {
  parts.monitors.add<api::facts::BucketTaken, api::facts::SalePlaced>(
      std::make_shared<Homes>(parts.scenario));
  parts.audit.add<RestRows>(kOnTheirShard, stores_of(parts.scenario), &check);
}

}  // namespace ordeal::marketplace

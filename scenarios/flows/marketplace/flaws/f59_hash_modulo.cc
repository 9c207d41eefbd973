// F-59: the shard is the hash modulo how many shards there are. From the moment at which there is one more, most buyers are routed to
// another shard than the one that has their orders: what they order then lies where nobody else looks for it (I-60), and a
// request that comes again is an order for the second time.
#include "core/sharding/buckets.h"
#include "scenarios/flows/marketplace/flaws/flaws.h"

namespace ordeal::marketplace::planted {
namespace {

class HashModulo final : public sharding::Router {
 public:
  sharding::Place place_of(const sharding::Routing& routing, std::int64_t bucket) override {
    const sharding::Plan& plan = routing.plan;
    const bool more = plan.has_new_shards(routing.env.clock.wall_now());
    return {sharding::first_shard_of(bucket, more ? plan.then : plan.shards), 0};
  }
  void moved() override {}
};

}  // namespace

std::unique_ptr<sharding::Router> make_hash_modulo() { return std::make_unique<HashModulo>(); }

}  // namespace ordeal::marketplace::planted

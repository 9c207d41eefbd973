// Seam sharding::Router: which shard a bucket's requests go to.
//
// Contract: all that is written for a bucket is written on the shard that is its home, also while buckets move and whatever the
// router remembers (I-60). It may send a request to where the bucket was; the shard then answers `moved`, and the router is told.
#pragma once

#include <memory>
#include <string_view>

#include "core/env/env.h"
#include "core/sharding/map.h"

namespace ordeal::sharding {

struct Routing {
  env::Env& env;
  env::Database& db;  // where the map is
  const Plan& plan;
};

class Router {
 public:
  virtual ~Router() = default;
  virtual Place place_of(const Routing& routing, std::int64_t bucket) = 0;
  // A shard said that a bucket is not there.
  virtual void moved() = 0;
};

// "versioned_map"  the table, read when it is first needed and again when a shard said `moved`. Null for an unknown name.
std::unique_ptr<Router> make_router(std::string_view name);

}  // namespace ordeal::sharding

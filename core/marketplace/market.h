// The market: the door for buyers and sellers. It checks what is said, gives each order its number, finds the shard, and keeps nothing of
// an order itself; its own database holds what its pods share: worker numbers, segments, the shard map.
//
// A retry makes another number and the shard answers with the order of the key, so numbers are not what makes a retry one order (E19).
#pragma once

#include <string>

#include "core/env/env.h"
#include "core/ids/order_ids.h"
#include "core/marketplace/lookup.h"
#include "core/marketplace/shards.h"
#include "core/sharding/map.h"

namespace ordeal::marketplace {

// Longer keys are refused: a key is made by our own client.
inline constexpr std::size_t kLongestKey = 64;
inline constexpr std::int64_t kMostAmount = 100'000'000'000;  // minor units; what no order of one item costs

struct Config {
  std::string pod;
  sharding::Plan plan;
};

struct Designs {
  ids::OrderIds& ids;
  sharding::Router& router;
  Lookup& lookup;
};

class Market {
 public:
  Market(env::Env& env, env::Database& db, const Designs& designs, Config config);

  void start();

  api::SaleReply place(const api::PlaceSale& request);
  api::SaleReply move(const api::MoveSale& request);
  api::Sales look(const api::LookForSales& request);
  api::Sales find(const api::FindSale& request);

 private:
  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  Config config_;
  Shards shards_;
  sharding::Mover mover_;
};

}  // namespace ordeal::marketplace

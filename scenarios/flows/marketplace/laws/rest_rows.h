// What the shards, the map and the seller index hold at rest.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/sharding/map.h"
#include "core/sharding/sales.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::marketplace {

struct RestSale {
  api::Sale sale;
  std::string key;
  std::int64_t bucket = 0;
  std::int64_t shard = 0;
};

struct RestRows {
  explicit RestRows(const play::Rest& rest);

  const play::Rest& world;
  std::vector<RestSale> sales;  // by shard and number
  sharding::Map map{};
  // For each shard its buckets.
  std::map<std::int64_t, std::map<std::int64_t, sharding::HomeRow>> homes;
  std::map<api::SaleId, api::Sale> copies;
  std::map<api::SaleId, MerchantId> relations;
};

}  // namespace ordeal::marketplace

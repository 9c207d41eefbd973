// Seam ids::OrderIds: where the number of an order comes from.
//
// Contract: no two calls, on whatever pods, over restarts and with whatever clocks, give the same number (I-02); `gene` is in the number
// if the design says that it carries one. Nothing is given, and nothing has happened, when no number can be made now: the clock
// stands wrong, or all workers are used. A number that was given need not be used.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "core/env/env.h"

namespace ordeal::ids {

// Who asks: a pod, and the database that it shares with the others. `pod` is unique among those that run.
struct Asker {
  env::Env& env;
  env::Database& db;
  std::string_view pod;
};

class OrderIds {
 public:
  virtual ~OrderIds() = default;
  virtual std::optional<std::int64_t> next(const Asker& asker, std::int64_t gene) = 0;
  // The gene that stands in a number; none where numbers carry none.
  virtual std::optional<std::int64_t> gene_of(std::int64_t) const { return std::nullopt; }
};

// "snowflake"  41/10/12, workers leased with their time
// "gene"       the same with the buyer's bucket in the lowest four bits: a number says where its order lies
// "segments"   a counter; a pod takes sixteen numbers at a time from a row. Says nothing of time, and tells rivals how many orders
//              there are
// Null for an unknown name.
std::unique_ptr<OrderIds> make_order_ids(std::string_view name);

}  // namespace ordeal::ids

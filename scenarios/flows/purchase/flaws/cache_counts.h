// What the planted gates that count in the cache have in common, right and wrong ones: counts are read from the database when they
// are not there, and live for ever.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/cache/scripts.h"
#include "core/inventory/cache_gate.h"

namespace ordeal::purchase::planted {

// False when the cache does not answer.
inline bool load_missing(env::Cache& cache, env::Database& db, std::span<const api::Line> lines) {
  for (const api::Line& line : lines) {
    const auto there = cache.exists(inventory::count_key(line.sku));
    if (!there) return false;
    if (*there) continue;
    const auto left = env::in_read(db, "inventory.count", [&](env::Connection& connection) {
      return inventory::available(connection, line.sku).value_or(0);
    });
    const auto set =
        cache.set(inventory::count_key(line.sku), std::to_string(left), {.when = env::SetIf::absent});
    if (!set) return false;
  }
  return true;
}

// What the cache does not hear of it never gets back: these gates do not look again.
inline void restore(env::Cache& cache, std::span<const api::Line> lines) {
  for (const api::Line& line : lines) {
    const auto heard =
        cache.script("restore_stock", {inventory::count_key(line.sku)}, {std::to_string(line.qty)});
    if (!heard) return;
  }
}

// Counts the lines for this order, once and all together, as the right gate does: what take_stock says (core/cache/scripts.h);
// nothing: the cache does not answer.
inline std::optional<std::int64_t> take(env::Cache& cache, OrderId order, std::span<const api::Line> lines) {
  env::CacheWords keys{inventory::taken_key(order)};
  env::CacheWords args{std::to_string(inventory::kTakenLife.ns / 1'000'000)};
  for (const api::Line& line : lines) {
    keys.push_back(inventory::count_key(line.sku));
    args.push_back(std::to_string(line.qty));
  }
  const auto reply = cache.script("take_stock", keys, args);
  return reply ? std::optional(reply->integer) : std::nullopt;
}

}  // namespace ordeal::purchase::planted

// Seam inventory::Gate: how stock is taken for an order.
//
// Contract: all lines or none (I-12); never below zero, whatever runs beside it (I-10); a repeat for the same
// order takes nothing more; an order that was released is refused for ever. Lines come merged and sorted.
// F-01 breaks it: it reads the stock in one step and takes it in a later one, and two buyers pass the same
// check. F-08 breaks it beside the check: it writes back a counter that it read before others changed it.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/api/inventory.h"
#include "core/env/env.h"
#include "core/inventory/stock.h"

namespace ordeal::inventory {

class Gate {
 public:
  virtual ~Gate() = default;
  // Once, before anything is asked of it.
  virtual void start(env::Env&) {}
  virtual api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) = 0;
  // What an order held is free again, durably. May be left out when the process dies at once.
  virtual void given_back(std::span<const api::Line>) {}
  // The tables that it takes stock from: what they refuse by themselves belongs to the decision.
  virtual std::string_view schema() const { return kSchema; }
};

// "conditional_update": one statement checks and takes, `… set available = available - n where available >= n`.
// "row_lock": locks every stock row in sku order, then reads, decides and writes, as `select … for update` does.
// "version": reads rows and versions, decides, and writes if no version moved; else from the start, five times (optimistic lock).
// "cache_then_db": counts in the cache first (cache_gate.h).
// Null for an unknown name.
std::unique_ptr<Gate> make_gate(std::string_view name);

}  // namespace ordeal::inventory

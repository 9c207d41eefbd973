#include "core/inventory/gate.h"

#include <vector>

#include "core/inventory/cache_gate.h"
#include "core/inventory/version_gate.h"

namespace ordeal::inventory {
namespace {

using api::ReserveStatus;

class ConditionalUpdate : public Gate {
 public:
  ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    return env::in_transaction(db, "inventory.reserve", [&](env::Tx& tx) {
      if (const auto earlier = earlier_answer(tx, order)) return *earlier;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (take_if_available(tx, lines[i])) continue;
        // This transaction commits: what it took so far has to go back within it (F-25, F-96).
        while (i-- > 0) put_back(tx, lines[i]);
        return ReserveStatus::out_of_stock;
      }
      for (const api::Line& line : lines) hold(tx, order, line);
      return ReserveStatus::reserved;
    });
  }
};

// The locks keep other reserves off these rows between the read and the write. Consume and release run
// without them: they never lower `available`, and the write is relative to it.
class RowLocks : public Gate {
 public:
  ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    std::vector<std::unique_ptr<env::RowLock>> locks;
    for (const api::Line& line : lines) {
      auto lock = db.lock_row("stock", line.sku.value);
      if (!lock) return ReserveStatus::busy;
      locks.push_back(std::move(lock).value());
    }
    const bool enough = env::in_read(db, "inventory.check", [&](env::Connection& connection) {
      for (const api::Line& line : lines) {
        if (available(connection, line.sku).value_or(0) < line.qty) return false;
      }
      return true;
    });
    return env::in_transaction(db, "inventory.reserve", [&](env::Tx& tx) {
      if (const auto earlier = earlier_answer(tx, order)) return *earlier;
      if (!enough) return ReserveStatus::out_of_stock;
      for (const api::Line& line : lines) {
        take(tx, line);
        hold(tx, order, line);
      }
      return ReserveStatus::reserved;
    });
  }
};

}  // namespace

std::unique_ptr<Gate> make_gate(std::string_view name) {
  if (name == "conditional_update") return std::make_unique<ConditionalUpdate>();
  if (name == "row_lock") return std::make_unique<RowLocks>();
  if (name == "version") return std::make_unique<VersionGate>();
  if (name == "cache_then_db") return std::make_unique<CacheGate>(std::make_unique<ConditionalUpdate>());
  return nullptr;
}

}  // namespace ordeal::inventory

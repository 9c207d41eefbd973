// The count goes down once for each order: the script writes down which order it has counted in the same step (take_stock), so a
// request that comes again counts nothing. And a count that says "none" is not believed: the database is asked before anybody is sent
// away, and a wrong count is thrown away.
#include <algorithm>

#include "scenarios/flows/purchase/flaws/cache_counts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

// Whether the goods are this order's already, or free.
bool is_there(env::Database& db, OrderId order, std::span<const api::Line> lines) {
  return env::in_read(db, "inventory.check", [&](env::Connection& from) {
    if (inventory::earlier_answer(from, order)) return true;
    return std::all_of(lines.begin(), lines.end(), [&](const api::Line& line) {
      return inventory::available(from, line.sku).value_or(0) >= line.qty;
    });
  });
}

class CountedOnceGate final : public inventory::Gate {
 public:
  void start(env::Env& env) override { cache_ = &env.cache(); }
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    const auto said = load_missing(*cache_, db, lines) ? take(*cache_, order, lines) : std::nullopt;
    const bool no = said && *said == cache::kNotEnough;
    if (no && !is_there(db, order, lines)) return api::ReserveStatus::out_of_stock;
    for (const api::Line& line : lines)
      if (no) (void)cache_->remove(inventory::count_key(line.sku));
    return database_->reserve(db, order, lines);
  }
  void given_back(std::span<const api::Line> lines) override { restore(*cache_, lines); }

 private:
  std::unique_ptr<inventory::Gate> database_ = inventory::make_gate("conditional_update");
  env::Cache* cache_ = nullptr;
};

}  // namespace

std::unique_ptr<inventory::Gate> make_counted_twice_gate() { return std::make_unique<CountedOnceGate>(); }

}  // namespace ordeal::purchase::planted

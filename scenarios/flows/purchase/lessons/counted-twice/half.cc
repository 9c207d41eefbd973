// The count goes down once for each order, by the script that remembers which. When it says that there is none, there is none.
#include "scenarios/flows/purchase/flaws/cache_counts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class BelievedCountGate final : public inventory::Gate {
 public:
  void start(env::Env& env) override { cache_ = &env.cache(); }
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    if (!load_missing(*cache_, db, lines)) return api::ReserveStatus::busy;
    const auto said = take(*cache_, order, lines);
    if (!said || *said == cache::kNotThere) return api::ReserveStatus::busy;
    if (*said == cache::kNotEnough) return api::ReserveStatus::out_of_stock;
    return database_->reserve(db, order, lines);
  }
  void given_back(std::span<const api::Line> lines) override { restore(*cache_, lines); }

 private:
  std::unique_ptr<inventory::Gate> database_ = inventory::make_gate("conditional_update");
  env::Cache* cache_ = nullptr;
};

}  // namespace

std::unique_ptr<inventory::Gate> make_counted_twice_gate() { return std::make_unique<BelievedCountGate>(); }

}  // namespace ordeal::purchase::planted

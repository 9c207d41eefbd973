// F-22: the count goes below zero and stays there. DECR, and if that is negative "sold out", without putting back what was taken: one
// unit and five who try leave -4. The unit that comes back from an order nobody paid makes it -3, and who wants it is sent away
// (I-16). Seed D13 of the founding documents has these very numbers.
#include "scenarios/flows/purchase/flaws/cache_counts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class BelowZeroGate final : public inventory::Gate {
 public:
  void start(env::Env& env) override { cache_ = &env.cache(); }
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    if (!load_missing(*cache_, db, lines)) return api::ReserveStatus::busy;
    const auto first = cache_->set(inventory::taken_key(order), "1",
                                   {.when = env::SetIf::absent, .expire_after = inventory::kTakenLife});
    if (!first) return api::ReserveStatus::busy;
    if (!*first) return database_->reserve(db, order, lines);
    for (const api::Line& line : lines) {
      const auto left = cache_->add(inventory::count_key(line.sku), -line.qty);
      if (!left) return api::ReserveStatus::busy;
      if (*left < 0) return api::ReserveStatus::out_of_stock;
    }
    return database_->reserve(db, order, lines);
  }
  void given_back(std::span<const api::Line> lines) override { restore(*cache_, lines); }

 private:
  std::unique_ptr<inventory::Gate> database_ = inventory::make_gate("conditional_update");
  env::Cache* cache_ = nullptr;
};

}  // namespace

std::unique_ptr<inventory::Gate> make_below_zero_gate() { return std::make_unique<BelowZeroGate>(); }

}  // namespace ordeal::purchase::planted

// F-03: the count in the cache goes down with every request, not with every order. An answer that is late or lost brings the same
// request again, and it takes a second time: the count says "sold out" while units lie in the store, and buyers are sent away for
// nothing (I-16). The database behind it is right: it is never asked.
#include "scenarios/flows/purchase/flaws/cache_counts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

// All of them or none; nothing: the cache does not answer.
std::optional<bool> deduct(env::Cache& cache, std::span<const api::Line> lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto left =
        cache.script("deduct_stock", {inventory::count_key(lines[i].sku)}, {std::to_string(lines[i].qty)});
    if (left && left->integer >= 0) continue;
    restore(cache, lines.first(i));
    return left ? std::optional(false) : std::nullopt;
  }
  return true;
}

class CountedTwiceGate final : public inventory::Gate {
 public:
  void start(env::Env& env) override { cache_ = &env.cache(); }
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    if (!load_missing(*cache_, db, lines)) return api::ReserveStatus::busy;
    const auto taken = deduct(*cache_, lines);
    if (!taken) return api::ReserveStatus::busy;
    if (!*taken) return api::ReserveStatus::out_of_stock;
    return database_->reserve(db, order, lines);
  }
  void given_back(std::span<const api::Line> lines) override { restore(*cache_, lines); }

 private:
  std::unique_ptr<inventory::Gate> database_ = inventory::make_gate("conditional_update");
  env::Cache* cache_ = nullptr;
};

}  // namespace

std::unique_ptr<inventory::Gate> make_counted_twice_gate() { return std::make_unique<CountedTwiceGate>(); }

}  // namespace ordeal::purchase::planted

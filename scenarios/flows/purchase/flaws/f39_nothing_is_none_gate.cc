// F-39: a count that is not there is taken for a count of zero. It is read from the database when the shop opens; when the cache
// comes back empty, or lets go of the key, all is sold out at once, and stays so until somebody looks (I-16).
#include <set>

#include "scenarios/flows/purchase/flaws/cache_counts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class NothingIsNoneGate final : public inventory::Gate {
 public:
  void start(env::Env& env) override { cache_ = &env.cache(); }
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    if (!warm_up(db, lines)) return api::ReserveStatus::busy;
    const auto said = take(*cache_, order, lines);
    if (!said) return api::ReserveStatus::busy;
    if (*said < 0) return api::ReserveStatus::out_of_stock;  // not enough, or not there
    return database_->reserve(db, order, lines);
  }
  void given_back(std::span<const api::Line> lines) override { restore(*cache_, lines); }

 private:
  // Each count once in the life of the process.
  bool warm_up(env::Database& db, std::span<const api::Line> lines) {
    for (const api::Line& line : lines) {
      if (warm_.contains(line.sku)) continue;
      if (!load_missing(*cache_, db, {&line, 1})) return false;
      warm_.insert(line.sku);
    }
    return true;
  }

  std::unique_ptr<inventory::Gate> database_ = inventory::make_gate("conditional_update");
  env::Cache* cache_ = nullptr;
  std::set<SkuId> warm_;
};

}  // namespace

std::unique_ptr<inventory::Gate> make_nothing_is_none_gate() { return std::make_unique<NothingIsNoneGate>(); }

}  // namespace ordeal::purchase::planted

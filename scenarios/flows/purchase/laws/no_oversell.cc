// I-10: for each sku, what is sold and held never exceeds what there was.
//
// A consumed unit stays taken, a released one comes back; so what is taken is all that was reserved less all
// that was released. Skus are SkuId{1}, SkuId{2}, … in the order of the scenario's catalogue. Counters that say something
// else than the reservations are another breach: I-11.
#include <algorithm>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

class NoOversell {
 public:
  explicit NoOversell(const play::Scenario& scenario)
      : ordered_(scenario), skus_(scenario.setting<Catalogue>().skus), taken_(skus_.size()) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }

  void on(const api::facts::StockReserved& reserved, const sim::Fact& fact, Findings& findings) {
    const auto index = static_cast<std::size_t>(reserved.sku.value - 1);
    if (index >= taken_.size()) {
      findings.add(unsafe(kNoOversell, fact.at_ns, "stock was reserved of a sku that there is none of",
                          Evidence{{"sku", sku_text(ordered_.scenario(), reserved.sku)},
                                   {"quantity", std::to_string(reserved.qty)}} +
                              ordered_.of(reserved.order)));
      return;
    }
    Taken& taken = taken_[index];
    taken.units += reserved.qty;
    taken.by.push_back({reserved.order, reserved.qty, fact.at_ns});
    if (taken.units > skus_[index].stock) tell(skus_[index], taken, fact, findings);
  }

  void on(const api::facts::StockReleased& released, const sim::Fact&, Findings&) {
    const auto index = static_cast<std::size_t>(released.sku.value - 1);
    if (index >= taken_.size()) return;
    Taken& taken = taken_[index];
    taken.units -= released.qty;
    std::erase_if(taken.by, [&](const Unit& unit) { return unit.order == released.order; });
  }

 private:
  struct Unit {
    OrderId order;
    std::int64_t qty = 0;
    std::int64_t at_ns = 0;
  };
  struct Taken {
    std::int64_t units = 0;
    std::vector<Unit> by;  // who has it, in time
  };
  // Of a crowd those who came last are told.
  static constexpr std::size_t kTold = 4;

  void tell(const SkuSpec& sku, const Taken& taken, const sim::Fact& fact, Findings& findings) const {
    Evidence evidence{{"sku", sku.name},
                      {"stock", std::to_string(sku.stock)},
                      {"sold and held", std::to_string(taken.units)}};
    const std::size_t count = taken.by.size();
    if (count > kTold) evidence.emplace_back("earlier buyers", std::to_string(count - kTold));
    for (std::size_t i = count - std::min(kTold, count); i < count; ++i) {
      const Unit& unit = taken.by[i];
      evidence.emplace_back(ordered_.buyer(unit.order),
                            std::to_string(unit.qty) + " at " + when(unit.at_ns) + ", " + unit.order.text());
    }
    findings.add(unsafe(kNoOversell, fact.at_ns,
                        std::to_string(taken.units) + " units of \"" + sku.name +
                            "\" are sold and held, of a stock of " + std::to_string(sku.stock),
                        std::move(evidence)),
                 taken.units - sku.stock);
  }

  Ordered ordered_;
  const std::vector<SkuSpec>& skus_;
  std::vector<Taken> taken_;  // by sku
};

}  // namespace

void watch_no_oversell(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, api::facts::StockReserved, api::facts::StockReleased>(
      std::make_shared<NoOversell>(parts.scenario));
}

}  // namespace ordeal::purchase

// I-10: for each sku, sold plus reserved never exceeds what there was; at rest the stock rows add up to it.
//
// A consumed unit stays taken, a released one comes back; so what is taken is all that was reserved less all
// that was released. Skus are SkuId{1}, SkuId{2}, … in the order of the scenario's catalogue.
#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

class NoOversell {
 public:
  explicit NoOversell(const Catalogue& catalogue) : skus_(catalogue.skus), taken_(skus_.size()) {}

  void on(const api::facts::StockReserved& reserved, const sim::Fact& fact, Findings& findings) {
    const auto index = static_cast<std::size_t>(reserved.sku.value - 1);
    if (index >= taken_.size()) {
      findings.add(unsafe(kNoOversell, fact.at_ns, "stock was reserved of a sku that there is none of",
                          {{"sku", reserved.sku.text()},
                           {"order", reserved.order.text()},
                           {"quantity", std::to_string(reserved.qty)}}));
      return;
    }
    taken_[index] += reserved.qty;
    const SkuSpec& sku = skus_[index];
    if (taken_[index] <= sku.stock) return;
    findings.add(unsafe(kNoOversell, fact.at_ns,
                        "sold and reserved " + std::to_string(taken_[index]) + " of \"" + sku.name +
                            "\", of which there were " + std::to_string(sku.stock),
                        {{"sku", reserved.sku.text() + " " + sku.name},
                         {"stock", std::to_string(sku.stock)},
                         {"sold and reserved", std::to_string(taken_[index])},
                         {"order", reserved.order.text()},
                         {"quantity", std::to_string(reserved.qty)},
                         {"at", when(fact.at_ns)}}),
                 taken_[index] - sku.stock);
  }

  void on(const api::facts::StockReleased& released, const sim::Fact&, Findings&) {
    const auto index = static_cast<std::size_t>(released.sku.value - 1);
    if (index < taken_.size()) taken_[index] -= released.qty;
  }

 private:
  const std::vector<SkuSpec>& skus_;
  std::vector<std::int64_t> taken_;  // by sku
};

void check_stock(const RestRows& rest, Findings& findings) {
  for (const RestStock& row : rest.stock) {
    const std::int64_t sum = row.available + row.reserved + row.sold;
    const auto index = static_cast<std::size_t>(row.sku.value - 1);
    const auto& catalogue = rest.world.scenario().setting<Catalogue>().skus;
    const std::int64_t there_was = index < catalogue.size() ? catalogue[index].stock : 0;
    const bool counted =
        row.available >= 0 && row.reserved >= 0 && row.sold >= 0 && sum == row.initial && sum == there_was;
    if (counted) continue;
    findings.add(unsafe(kNoOversell, rest.world.now_ns, "the stock of a sku does not add up",
                        {{"sku", row.sku.text()},
                         {"stock", std::to_string(there_was)},
                         {"available", std::to_string(row.available)},
                         {"reserved", std::to_string(row.reserved)},
                         {"sold", std::to_string(row.sold)},
                         {"initial", std::to_string(row.initial)}}),
                 sum > there_was ? sum - there_was : there_was - sum);
  }
}

}  // namespace

void watch_no_oversell(const play::Watching& parts) {
  parts.monitors.add<api::facts::StockReserved, api::facts::StockReleased>(
      std::make_shared<NoOversell>(parts.scenario.setting<Catalogue>()));
  parts.audit.add<RestRows>(kNoOversell, {"inventory"}, &check_stock);
}

}  // namespace ordeal::purchase

// I-02: no order number is given to two orders, on whatever shards; and a number that carries a gene carries that of its buyer.
#include <map>
#include <memory>
#include <string>

#include "core/ids/snowflake.h"
#include "core/sharding/buckets.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/laws/rest_rows.h"
#include "scenarios/flows/marketplace/seams.h"
#include "scenarios/play/designer.h"

namespace ordeal::marketplace {
namespace {

class Numbers {
 public:
  void on(const api::facts::SalePlaced& placed, const sim::Fact& fact, play::Findings& findings) {
    const auto [known, fresh] = holders_.emplace(placed.sale.id, placed);
    if (fresh) return;
    findings.add(play::unsafe(kNumbersNeverRepeat, fact.at_ns, "two orders have one number",
                              {{"number", placed.sale.id.text()},
                               {"first", buyer_text(known->second.sale.buyer)},
                               {"on", shard_text(known->second.shard)},
                               {"then", buyer_text(placed.sale.buyer)},
                               {"there", shard_text(placed.shard)}}));
  }

 private:
  std::map<api::SaleId, api::facts::SalePlaced> holders_;
};

void check(const RestRows& rest, play::Findings& findings) {
  if (rest.world.designer().design_of(order_ids()) != "gene") return;
  for (const RestSale& row : rest.sales) {
    const std::int64_t gene = ids::take_apart(ids::kWithGene, row.sale.id.value).gene;
    const std::int64_t bucket = sharding::bucket_of(row.sale.buyer);
    if (row.sale.id.value > 0 && gene == bucket) continue;
    findings.add(play::unsafe(kNumbersNeverRepeat, rest.world.now_ns, "a number has another buyer's gene",
                              {{"number", row.sale.id.text()},
                               {"gene", std::to_string(gene)},
                               {"buyer", buyer_text(row.sale.buyer)},
                               {"bucket", std::to_string(bucket)}}));
  }
}

}  // namespace

void watch_numbers_never_repeat(const play::Watching& parts) {
  parts.monitors.add<api::facts::SalePlaced>(std::make_shared<Numbers>());
  parts.audit.add<RestRows>(kNumbersNeverRepeat, stores_of(parts.scenario), &check);
}

}  // namespace ordeal::marketplace

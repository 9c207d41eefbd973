// Every column of every table of a marketplace, and which law would see a wrong value in it. `ordeal list columns`
#include "scenarios/flows/marketplace/laws/laws.h"

namespace ordeal::marketplace {

std::vector<play::ColumnRow> column_rows() {
  std::vector<play::ColumnRow> rows{
      {"market", "worker.id", "I-02"},
      {"market", "worker.holder", "", "a pod that takes another worker is slower, and right"},
      {"market", "worker.used_until", "I-02"},
      {"market", "segment.name", "I-02"},
      {"market", "segment.next", "I-02"},
      {"market", "shard_map.bucket", "I-60"},
      {"market", "shard_map.shard", "I-60"},
      {"market", "shard_map.version", "I-60"},
      {"market", "shard_map.moving_to", "I-60"},
      {"seller-index", "relation.seller", "I-61"},
      {"seller-index", "relation.sale", "I-61"},
      {"seller-index", "relation.bucket", "I-61"},
      {"seller-index", "copy.id", "I-61"},
      {"seller-index", "copy.buyer", "I-61"},
      {"seller-index", "copy.seller", "I-61"},
      {"seller-index", "copy.amount", "I-61"},
      {"seller-index", "copy.state", "I-61"},
      {"seller-index", "copy.version", "I-61"},
  };
  for (const std::string_view shard : {"shard-1", "shard-2", "shard-3", "shard-4"}) {
    for (const play::ColumnRow& row : std::vector<play::ColumnRow>{
             {shard, "sale.id", "I-02, I-03"},
             {shard, "sale.buyer", "I-01, I-03, I-60"},
             {shard, "sale.seller", "I-03, I-36, I-61"},
             {shard, "sale.key", "I-01, I-36"},
             {shard, "sale.amount", "I-03, I-36"},
             {shard, "sale.state", "I-03"},
             {shard, "sale.version", "I-03"},
             {shard, "sale.bucket", "I-60"},
             {shard, "home.bucket", "I-60"},
             {shard, "home.state", "I-60"},
             {shard, "home.version", "I-60"},
             {shard, "change.position", "I-61"},
             {shard, "change.sale", "I-61"},
             {shard, "change.buyer", "I-61"},
             {shard, "change.seller", "I-61"},
             {shard, "change.amount", "I-61"},
             {shard, "change.state", "I-61"},
             {shard, "change.version", "I-61"},
             {shard, "feed.id", "", "there is one row"},
             {shard, "feed.position", "I-61"},
         })
      rows.push_back(row);
  }
  return rows;
}

}  // namespace ordeal::marketplace

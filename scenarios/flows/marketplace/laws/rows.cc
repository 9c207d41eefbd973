#include "scenarios/flows/marketplace/laws/laws.h"

namespace ordeal::marketplace {

std::vector<play::LawRow> law_rows() {
  const std::vector<std::string_view> needs{"market", "shard-1", "seller-index"};
  return {
      {kNumbersNeverRepeat, "No order number is given twice, and a gene in it is that of its buyer.", true,
       true, 510, needs, &watch_numbers_never_repeat},
      {kOnTheirShard, "Every order is on the shard that is its buyer's home, also while buckets move.", true,
       true, 520, needs, &watch_on_their_shard},
      {kOneOrderPerKey, "A buyer's key has at most one order, and every answer for it is about that one.",
       true, true, 530, needs, &watch_one_order_per_key},
      {kSalesGoTheirWay, "An order moves along its edges only, one version at a time.", true, true, 540,
       needs, &watch_sales_go_their_way},
      {kSellersSee, "A seller sees all of his orders, and none of them goes back.", true, true, 550, needs,
       &watch_sellers_see},
      {kShardsAskedAreBounded, "No question asks more shards than its design needs.", true, true, 560, needs,
       &watch_shards_asked_are_bounded},
      {kBuyersAreServed, "What buyers are told is true, and on a calm day all are served.", true, false, 570,
       needs, &watch_buyers_are_served},
  };
}

}  // namespace ordeal::marketplace

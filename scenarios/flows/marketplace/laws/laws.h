// What must hold at a marketplace; one file a promise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/api/marketplace.h"
#include "scenarios/play/flow.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::marketplace {

inline constexpr std::string_view kOneOrderPerKey = "I-01 one-order-per-key";
inline constexpr std::string_view kNumbersNeverRepeat = "I-02 numbers-never-repeat";
inline constexpr std::string_view kSalesGoTheirWay = "I-03 sales-go-their-way";
inline constexpr std::string_view kBuyersAreServed = "I-36 buyers-are-served";
inline constexpr std::string_view kOnTheirShard = "I-60 orders-on-their-shard";
inline constexpr std::string_view kSellersSee = "I-61 sellers-see-their-orders";
inline constexpr std::string_view kShardsAskedAreBounded = "I-62 shards-asked-are-bounded";

void watch_one_order_per_key(const play::Watching& parts);
void watch_numbers_never_repeat(const play::Watching& parts);
void watch_sales_go_their_way(const play::Watching& parts);
void watch_buyers_are_served(const play::Watching& parts);
void watch_on_their_shard(const play::Watching& parts);
void watch_sellers_see(const play::Watching& parts);
void watch_shards_asked_are_bounded(const play::Watching& parts);

std::vector<play::LawRow> law_rows();
std::vector<play::ColumnRow> column_rows();

// The services whose rows these laws read in this scenario.
std::vector<std::string_view> stores_of(const play::Scenario& scenario);

// For evidence.
std::string buyer_text(UserId buyer);
std::string seller_text(MerchantId seller);
std::string shard_text(std::int64_t shard);

}  // namespace ordeal::marketplace

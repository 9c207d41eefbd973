// What is said in a marketplace: many sellers, orders that lie on shards by their buyer. RPC methods of service "market", which
// anybody may ask:
//
//   place   PlaceSale → SaleReply   idempotent by (buyer, key), I-01
//   move    MoveSale → SaleReply    the buyer pays or cancels, the seller ships; idempotent
//   look    LookForSales → Sales    what a seller has
//   find    FindSale → Sales        an order by its number alone
//
// of services "shard-1" to "shard-4" (only for market and each other's mover):
//
//   place, move, sales_of; give_up, take_over, forget (core/sharding/moving.h)
//
// of service "seller-index" (only for market and shards):
//
//   relate, relations_of (a small table seller and number), on_changes, search (a copy of the orders)
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/env/database.h"
#include "core/wire/fields.h"

namespace ordeal::api {

// A 63-bit order number (core/ids). Not an OrderId, which has 50.
struct SaleId {
  std::int64_t value = 0;
  constexpr auto operator<=>(const SaleId&) const = default;
  std::string text() const { return "sale-" + std::to_string(value); }
  ORDEAL_FIELDS(value);
};
inline void bind_value(env::Statement& s, int i, SaleId v) { s.bind(i, v.value); }

// An order goes from PLACED to PAID to SHIPPED, or from PLACED to CANCELLED.
enum class SaleState : std::uint8_t { placed, paid, shipped, cancelled };
constexpr auto names_of(SaleState) {
  return std::to_array<std::string_view>({"PLACED", "PAID", "SHIPPED", "CANCELLED"});
}
constexpr bool may_follow(SaleState from, SaleState to) {
  return (from == SaleState::placed && (to == SaleState::paid || to == SaleState::cancelled)) ||
         (from == SaleState::paid && to == SaleState::shipped);
}

struct Sale {
  SaleId id{};
  UserId buyer{};
  MerchantId seller{};
  std::int64_t amount = 0;  // minor units
  SaleState state = SaleState::placed;
  std::int64_t version = 0;  // one more with each change, from 1
  bool operator==(const Sale&) const = default;
  ORDEAL_FIELDS(id, buyer, seller, amount, state, version);
};

struct PlaceSale {
  UserId buyer{};
  std::string key{};  // made once by the buyer and kept over retries (F-05)
  MerchantId seller{};
  std::int64_t amount = 0;
  ORDEAL_MESSAGE(PlaceSale, "market.Place", buyer, key, seller, amount);
};

struct MoveSale {
  SaleId sale{};
  UserId buyer{};
  MerchantId seller{};  // none: the buyer asks
  SaleState to = SaleState::paid;
  ORDEAL_MESSAGE(MoveSale, "market.Move", sale, buyer, seller, to);
};

// unknown      unknown: it may have happened; ask again with the same key
// unavailable  retryable: surely nothing happened
// busy         retryable: orders of this buyer are moving to another shard, or no number can be made now
// done         final
// conflict     final: the key was used for another request (F-89)
// not_so       final: there is no such order, or it cannot go there any more
// bad_*        final: the request is wrong there, and nothing was looked at
// moved, taken only between market and shards: the bucket is not here; the number is used
enum class SaleStatus : std::uint8_t {
  unknown,
  unavailable,
  busy,
  done,
  conflict,
  not_so,
  bad_buyer,
  bad_key,
  bad_seller,
  bad_amount,
  bad_state,
  moved,
  taken
};
constexpr auto names_of(SaleStatus) {
  return std::to_array<std::string_view>({"unknown", "unavailable", "busy", "done", "conflict", "not_so",
                                          "bad_buyer", "bad_key", "bad_seller", "bad_amount", "bad_state",
                                          "moved", "taken"});
}

struct SaleReply {
  SaleStatus status = SaleStatus::unknown;
  Sale sale{};  // as it is now; when done, or not_so and it exists
  ORDEAL_MESSAGE(SaleReply, "market.SaleReply", status, sale);
};

struct LookForSales {
  MerchantId seller{};
  ORDEAL_MESSAGE(LookForSales, "market.Look", seller);
};

struct FindSale {
  SaleId sale{};
  ORDEAL_MESSAGE(FindSale, "market.Find", sale);
};

// complete: nothing that was committed before the question is missing (for a copy: as far as it knows). asked: how many shards were.
// broadcast: there was no rule that said which, so all were asked.
struct Sales {
  bool complete = false;
  bool broadcast = false;
  std::int64_t asked = 0;
  std::vector<Sale> sales{};
  ORDEAL_MESSAGE(Sales, "market.Sales", complete, broadcast, asked, sales);
};

// --- between market and shards ---

// map_version: of the bucket, as the router read it; 0: the router knows no map, and the shard takes what comes.
struct ShardPlace {
  SaleId sale{};
  UserId buyer{};
  std::string key{};
  MerchantId seller{};
  std::int64_t amount = 0;
  std::int64_t map_version = 0;
  ORDEAL_MESSAGE(ShardPlace, "shard.Place", sale, buyer, key, seller, amount, map_version);
};
struct ShardMove {
  SaleId sale{};
  UserId buyer{};
  MerchantId seller{};
  SaleState to = SaleState::paid;
  std::int64_t map_version = 0;
  ORDEAL_MESSAGE(ShardMove, "shard.Move", sale, buyer, seller, to, map_version);
};

// Those of a seller, or those of these numbers when there is no seller.
struct SalesOf {
  MerchantId seller{};
  std::vector<SaleId> sales{};
  ORDEAL_MESSAGE(SalesOf, "shard.SalesOf", seller, sales);
};
// owned: the buckets that were here when the rows were read, as bits.
struct ShardSales {
  std::int64_t owned = 0;
  std::vector<Sale> sales{};
  ORDEAL_MESSAGE(ShardSales, "shard.Sales", owned, sales);
};

// --- a bucket moves; `version` is that of the map with it at its new place ---

struct KeyedSale {
  Sale sale{};
  std::string key{};
  ORDEAL_FIELDS(sale, key);
};
struct GiveUp {
  std::int64_t bucket = 0;
  std::int64_t version = 0;
  ORDEAL_MESSAGE(GiveUp, "shard.GiveUp", bucket, version);
};
struct GivenUp {
  std::vector<KeyedSale> sales{};
  ORDEAL_MESSAGE(GivenUp, "shard.GivenUp", sales);
};
struct TakeOver {
  std::int64_t bucket = 0;
  std::int64_t version = 0;
  std::vector<KeyedSale> sales{};
  ORDEAL_MESSAGE(TakeOver, "shard.TakeOver", bucket, version, sales);
};
struct Forget {
  std::int64_t bucket = 0;
  std::int64_t version = 0;
  ORDEAL_MESSAGE(Forget, "shard.Forget", bucket, version);
};

// --- the seller index ---

struct Relation {
  MerchantId seller{};
  SaleId sale{};
  std::int64_t bucket = 0;
  ORDEAL_MESSAGE(Relation, "index.Relation", seller, sale, bucket);
};
struct RelationsOf {
  MerchantId seller{};
  ORDEAL_MESSAGE(RelationsOf, "index.RelationsOf", seller);
};
struct RelatedSale {
  SaleId sale{};
  std::int64_t bucket = 0;
  ORDEAL_FIELDS(sale, bucket);
};
struct Relations {
  std::vector<RelatedSale> sales{};
  ORDEAL_MESSAGE(Relations, "index.Relations", sales);
};
// Committed changes of one shard in their order, each the row as it was then; the last has this position.
struct Changes {
  std::int64_t shard = 0;
  std::int64_t position = 0;
  std::vector<Sale> rows{};
  ORDEAL_MESSAGE(Changes, "feed.Changes", shard, position, rows);
};

namespace facts {

struct SalePlaced {
  Sale sale{};
  std::string key{};
  std::int64_t shard = 0;
  ORDEAL_MESSAGE(SalePlaced, "fact.SalePlaced", sale, key, shard);
};
// `sale` as it became.
struct SaleMoved {
  Sale sale{};
  SaleState from = SaleState::placed;
  ORDEAL_MESSAGE(SaleMoved, "fact.SaleMoved", sale, from);
};
// A bucket is at home on this shard from now on.
struct BucketTaken {
  std::int64_t bucket = 0;
  std::int64_t shard = 0;
  std::int64_t version = 0;
  ORDEAL_MESSAGE(BucketTaken, "fact.BucketTaken", bucket, shard, version);
};
// The search copy has an order in this version.
struct CopyWritten {
  SaleId sale{};
  std::int64_t version = 0;
  SaleState state = SaleState::placed;
  ORDEAL_MESSAGE(CopyWritten, "fact.CopyWritten", sale, version, state);
};

}  // namespace facts
}  // namespace ordeal::api

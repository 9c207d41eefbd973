// The tables of one shard, and the steps that its transactions are made of. A row of `sale` is an order; `home` says of each bucket that
// was ever here whether it still is; `change` has the row as each transaction left it, in the order of commits: what a change feed reads
// (Canal reads the same from the binlog). A change is written in the transaction of its row, so there is none without the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/api/marketplace.h"
#include "core/env/database.h"

namespace ordeal::sharding {

inline constexpr std::string_view kShardTables = R"sql(
create table sale(
  id integer primary key,
  buyer integer not null,
  seller integer not null,
  key text not null,
  amount integer not null,
  state integer not null,
  version integer not null,
  bucket integer not null);
create unique index sale_key on sale(buyer, key);
create index sale_seller on sale(seller);
create table home(
  bucket integer primary key,
  state integer not null,
  version integer not null);
create table change(
  position integer primary key,
  sale integer not null,
  buyer integer not null,
  seller integer not null,
  amount integer not null,
  state integer not null,
  version integer not null);
create table feed(
  id integer primary key,
  position integer not null);
)sql";

// here: its orders are served. leaving: they are read-only to whoever takes them over. gone: they are elsewhere.
enum class Home : std::uint8_t { here, leaving, gone };

void put_bucket(env::Tx& tx, std::int64_t bucket, Home home, std::int64_t version);
struct HomeRow {
  Home home = Home::gone;
  std::int64_t version = 0;
};
std::optional<HomeRow> find_bucket(env::Connection& from, std::int64_t bucket);
// Those that are here, as bits.
std::int64_t buckets_here(env::Connection& from);

std::optional<api::KeyedSale> find_sale(env::Connection& from, api::SaleId id);
std::optional<api::KeyedSale> find_sale(env::Connection& from, UserId buyer, const std::string& key);
// In the order of their numbers, of buckets that are here.
std::vector<api::Sale> sales_of(env::Connection& from, MerchantId seller);
std::vector<api::KeyedSale> sales_in(env::Connection& from, std::int64_t bucket);

// False and nothing written when there is an order with this number, or of this buyer and key.
bool add_sale(env::Tx& tx, const api::KeyedSale& sale);
// The row of `sale` in its new state and version, if it still has the version before.
bool write_state(env::Tx& tx, const api::Sale& sale);
void drop_bucket(env::Tx& tx, std::int64_t bucket);

void add_change(env::Tx& tx, const api::Sale& sale);
// At most `most`, those after `position`; `to` becomes the position of the last.
std::vector<api::Sale> changes_after(env::Connection& from, std::int64_t position, std::int64_t most,
                                     std::int64_t& to);
std::int64_t feed_position(env::Connection& from);
// Never back.
void set_feed_position(env::Tx& tx, std::int64_t position);

}  // namespace ordeal::sharding

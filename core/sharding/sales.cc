#include "core/sharding/sales.h"

#include "core/sharding/buckets.h"

namespace ordeal::sharding {
namespace {

using api::KeyedSale;
using api::Sale;
using api::SaleId;

constexpr env::Sql kPutBucket{
    "insert into home(bucket, state, version) values(?1, ?2, ?3) on conflict(bucket) do update set "
    "state = excluded.state, version = excluded.version"};
constexpr env::Sql kBucket{"select state, version from home where bucket = ?"};
constexpr env::Sql kHere{"select bucket from home where state = 0"};
constexpr env::Sql kById{"select id, buyer, seller, amount, state, version, key from sale where id = ?"};
constexpr env::Sql kByKey{
    "select id, buyer, seller, amount, state, version, key from sale where buyer = ? and key = ?"};
constexpr env::Sql kOfSeller{
    "select id, buyer, seller, amount, sale.state, sale.version from sale join home using(bucket) "
    "where seller = ? and home.state = 0 order by id"};
constexpr env::Sql kInBucket{
    "select id, buyer, seller, amount, state, version, key from sale where bucket = ? order by id"};
constexpr env::Sql kAdd{
    "insert into sale(id, buyer, seller, key, amount, state, version, bucket) values(?, ?, ?, ?, ?, ?, ?, ?) "
    "on conflict do nothing"};
constexpr env::Sql kWrite{"update sale set state = ?1, version = ?2 where id = ?3 and version = ?2 - 1"};
constexpr env::Sql kDrop{"delete from sale where bucket = ?"};
constexpr env::Sql kChange{
    "insert into change(sale, buyer, seller, amount, state, version) values(?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kChanges{
    "select sale, buyer, seller, amount, state, version, position from change where position > ? "
    "order by position limit ?"};
constexpr env::Sql kPosition{"select position from feed where id = 1"};
constexpr env::Sql kSetPosition{
    "insert into feed(id, position) values(1, ?1) on conflict(id) do update set "
    "position = max(position, excluded.position)"};

Sale sale_of(const env::Rows& rows) {
  return {rows.get<SaleId>(0),       rows.get<UserId>(1),         rows.get<MerchantId>(2),
          rows.get<std::int64_t>(3), rows.get<api::SaleState>(4), rows.get<std::int64_t>(5)};
}

std::optional<KeyedSale> first_of(env::Rows rows) {
  if (!rows.next()) return std::nullopt;
  return KeyedSale{sale_of(rows), rows.get<std::string>(6)};
}

}  // namespace

void put_bucket(env::Tx& tx, std::int64_t bucket, Home home, std::int64_t version) {
  tx.exec(kPutBucket, bucket, home, version);
}

std::optional<HomeRow> find_bucket(env::Connection& from, std::int64_t bucket) {
  auto rows = from.query(kBucket, bucket);
  if (!rows.next()) return std::nullopt;
  return HomeRow{rows.get<Home>(0), rows.get<std::int64_t>(1)};
}

std::int64_t buckets_here(env::Connection& from) {
  std::int64_t here = 0;
  for (auto rows = from.query(kHere); rows.next();) here |= as_set(rows.get<std::int64_t>(0));
  return here;
}

std::optional<KeyedSale> find_sale(env::Connection& from, SaleId id) {
  return first_of(from.query(kById, id));
}

std::optional<KeyedSale> find_sale(env::Connection& from, UserId buyer, const std::string& key) {
  return first_of(from.query(kByKey, buyer, key));
}

std::vector<Sale> sales_of(env::Connection& from, MerchantId seller) {
  std::vector<Sale> sales;
  for (auto rows = from.query(kOfSeller, seller); rows.next();) sales.push_back(sale_of(rows));
  return sales;
}

std::vector<KeyedSale> sales_in(env::Connection& from, std::int64_t bucket) {
  std::vector<KeyedSale> sales;
  for (auto rows = from.query(kInBucket, bucket); rows.next();)
    sales.push_back({sale_of(rows), rows.get<std::string>(6)});
  return sales;
}

bool add_sale(env::Tx& tx, const KeyedSale& keyed) {
  const Sale& sale = keyed.sale;
  return tx.exec(kAdd, sale.id, sale.buyer, sale.seller, keyed.key, sale.amount, sale.state, sale.version,
                 bucket_of(sale.buyer)) == 1;
}

bool write_state(env::Tx& tx, const Sale& sale) {
  return tx.exec(kWrite, sale.state, sale.version, sale.id) == 1;
}

void drop_bucket(env::Tx& tx, std::int64_t bucket) { tx.exec(kDrop, bucket); }

void add_change(env::Tx& tx, const Sale& sale) {
  tx.exec(kChange, sale.id, sale.buyer, sale.seller, sale.amount, sale.state, sale.version);
}

std::vector<Sale> changes_after(env::Connection& from, std::int64_t position, std::int64_t most,
                                std::int64_t& to) {
  std::vector<Sale> changes;
  for (auto rows = from.query(kChanges, position, most); rows.next();) {
    changes.push_back(sale_of(rows));
    to = rows.get<std::int64_t>(6);
  }
  return changes;
}

std::int64_t feed_position(env::Connection& from) {
  auto rows = from.query(kPosition);
  return rows.next() ? rows.get<std::int64_t>(0) : 0;
}

void set_feed_position(env::Tx& tx, std::int64_t position) { tx.exec(kSetPosition, position); }

}  // namespace ordeal::sharding

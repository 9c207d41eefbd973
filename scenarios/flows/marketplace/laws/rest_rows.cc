#include "scenarios/flows/marketplace/laws/rest_rows.h"

#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/parts.h"

namespace ordeal::marketplace {
namespace {

constexpr env::Sql kSales{
    "select id, buyer, seller, amount, state, version, key, bucket from sale order by id"};
constexpr env::Sql kHomes{"select bucket, state, version from home"};
constexpr env::Sql kCopies{"select id, buyer, seller, amount, state, version from copy"};
constexpr env::Sql kRelations{"select sale, seller from relation"};

api::Sale sale_of(const env::Rows& rows) {
  return {rows.get<api::SaleId>(0),  rows.get<UserId>(1),         rows.get<MerchantId>(2),
          rows.get<std::int64_t>(3), rows.get<api::SaleState>(4), rows.get<std::int64_t>(5)};
}

}  // namespace

RestRows::RestRows(const play::Rest& rest) : world(rest) {
  for (std::int64_t shard = 1; shard <= plan_of(rest.scenario()).at_most(); ++shard) {
    rest.read(sharding::service_of(shard), [&](env::Connection& from) {
      for (auto rows = from.query(kSales); rows.next();)
        sales.push_back({sale_of(rows), rows.get<std::string>(6), rows.get<std::int64_t>(7), shard});
      for (auto rows = from.query(kHomes); rows.next();)
        homes[shard][rows.get<std::int64_t>(0)] = {rows.get<sharding::Home>(1), rows.get<std::int64_t>(2)};
    });
  }
  rest.read("market", [this](env::Connection& from) { map = sharding::read_map(from); });
  rest.read("seller-index", [this](env::Connection& from) {
    for (auto rows = from.query(kCopies); rows.next();) copies[rows.get<api::SaleId>(0)] = sale_of(rows);
    for (auto rows = from.query(kRelations); rows.next();)
      relations[rows.get<api::SaleId>(0)] = rows.get<MerchantId>(1);
  });
}

std::vector<std::string_view> stores_of(const play::Scenario& scenario) {
  std::vector<std::string_view> stores{"market", "seller-index"};
  for (std::int64_t shard = 1; shard <= plan_of(scenario).at_most(); ++shard)
    stores.push_back(sharding::service_of(shard));
  return stores;
}

std::string buyer_text(UserId buyer) { return buyer.text(); }
std::string seller_text(MerchantId seller) { return seller.text(); }
std::string shard_text(std::int64_t shard) { return "shard-" + std::to_string(shard); }

}  // namespace ordeal::marketplace

// Catalog: the price list an order is priced from, in the database of the service that prices (the order
// service), so that a quote and the order made from it are of one transaction. Unit prices are positive; one
// currency for all (I-30).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/api/order.h"
#include "core/env/database.h"

namespace ordeal::catalog {

inline constexpr std::string_view kTable = R"sql(
create table catalog(
  sku integer primary key,
  price integer not null,
  currency text not null,
  merchant integer not null);
)sql";

struct Quote {
  std::vector<Money> unit;  // one a line
  Money total;              // Σ unit × qty (I-21)
  MerchantId merchant;      // who sells all of it
};

void put_price(env::Tx& tx, SkuId sku, Money price, MerchantId merchant = MerchantId{1});

// None when a sku is not for sale, when two merchants sell what is wanted (an order is one merchant's), or the total is
// more than a document may carry.
std::optional<Quote> quote(env::Connection& connection, std::span<const api::Line> lines);

}  // namespace ordeal::catalog

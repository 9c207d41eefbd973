#include "core/catalog/catalog.h"

namespace ordeal::catalog {
namespace {

constexpr env::Sql kPut{
    "insert into catalog(sku, price, currency, merchant) values(?, ?, ?, ?) on conflict(sku) do update "
    "set price = excluded.price, currency = excluded.currency, merchant = excluded.merchant"};
constexpr env::Sql kPrice{"select price, currency, merchant from catalog where sku = ?"};

}  // namespace

void put_price(env::Tx& tx, SkuId sku, Money price, MerchantId merchant) {
  ORDEAL_CHECK(price.is_price());
  tx.exec(kPut, sku, price.minor, price.currency.text(), merchant);
}

std::optional<Quote> quote(env::Connection& connection, std::span<const api::Line> lines) {
  Quote quote;
  quote.unit.reserve(lines.size());
  for (const api::Line& line : lines) {
    auto rows = connection.query(kPrice, line.sku);
    if (!rows.next()) return std::nullopt;
    const auto currency = Currency::parse(rows.get<std::string_view>(1));
    ORDEAL_CHECK(currency.has_value());
    const Money unit{rows.get<std::int64_t>(0), *currency};
    const auto merchant = rows.get<MerchantId>(2);
    if (quote.unit.empty()) quote.total.currency = unit.currency, quote.merchant = merchant;
    if (unit.currency != quote.total.currency || merchant != quote.merchant) return std::nullopt;
    // Keeps the product far below overflow: both factors are checked before they meet.
    if (unit.minor != 0 && line.qty > Money::kMaxMinor / unit.minor) return std::nullopt;
    quote.total += unit * line.qty;
    if (!quote.total.is_price()) return std::nullopt;
    quote.unit.push_back(unit);
  }
  return quote;
}

}  // namespace ordeal::catalog

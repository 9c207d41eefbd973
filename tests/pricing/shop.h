// Small baskets and rulebooks for tests: amounts in fen, ids by number, one shop unless said otherwise.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/pricing/price.h"
#include "core/pricing/refund.h"

namespace ordeal::pricing {

inline Money fen(std::int64_t minor) { return {minor, {}}; }
inline Money yuan(std::int64_t whole) { return fen(whole * 100); }

// `units` of sku n at this price.
inline Line line(std::int64_t n, Money unit, std::int64_t units = 1, std::int64_t shop = 1) {
  return {.sku = SkuId{n}, .spu = SpuId{n}, .shop = MerchantId{shop}, .unit = unit, .units = units};
}

inline Rule rule(std::int64_t id, Group group, Span span, Terms terms, Scope scope = {}) {
  return {
      .id = RuleId{id}, .group = group, .span = span, .scope = std::move(scope), .terms = std::move(terms)};
}

inline Rule coupon_rule(std::int64_t id, Group group, Span span, Terms terms, Scope scope = {}) {
  Rule made = rule(id, group, span, std::move(terms), std::move(scope));
  made.by_coupon = true;
  return made;
}

inline Rulebook book(std::vector<Rule> rules, std::vector<FreightTemplate> freight = {},
                     Stacking stacking = usual_stacking()) {
  auto made = Rulebook::make(7, {}, std::move(rules), std::move(freight), std::move(stacking));
  ORDEAL_CHECK(made.ok(), made.ok() ? "" : made.error().text());
  return std::move(made).value();
}

inline Quote quoted(const Basket& basket, const Rulebook& book) {
  auto made = price(basket, book);
  ORDEAL_CHECK(made.ok(), made.ok() ? "" : made.error().text());
  return std::move(made).value();
}

// What is paid for each line, in fen.
inline std::vector<std::int64_t> pays(const Quote& quote) {
  std::vector<std::int64_t> all;
  for (const QuotedLine& one : quote.lines) all.push_back(one.pay.minor);
  return all;
}

// Units of a line that come from counters of promotions.
inline std::int64_t promo_units(const QuotedLine& line) {
  std::int64_t units = 0;
  for (const Discount& one : line.discounts) units += one.promo_units;
  return units;
}

}  // namespace ordeal::pricing

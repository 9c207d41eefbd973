// What a price costs: a cart of 20 lines in 4 shops under 10 promotions of all kinds, with coupons, points and freight.
// The budget is 20 µs (issue 11), for a quote is made at every look at a cart.
#include <benchmark/benchmark.h>

#include "core/base/check.h"
#include "core/pricing/price.h"

namespace ordeal::pricing {
namespace {

Money yuan(std::int64_t whole) { return {whole * 100, {}}; }

std::vector<Rule> ten_promotions() {
  using enum Group;
  std::vector<Rule> rules;
  const auto add = [&](Group group, Span span, Terms terms, Scope scope = {}, bool by_coupon = false) {
    rules.push_back({RuleId{static_cast<std::int64_t>(rules.size()) + 1}, group, span, std::move(scope),
                     by_coupon, std::move(terms)});
  };
  add(item_price, Span::line, UnitRate{.pays = {8, 10}}, {.spus = {SpuId{1}, SpuId{3}}});
  add(item_price, Span::line, UnitPrice{.price = yuan(15)});
  add(item_price, Span::line, StockPrice{.price = yuan(12), .stock_at_least = 50},
      {.skus = {SkuId{4}, SkuId{9}}});
  add(member_level, Span::line, MemberRate{.level_at_least = 2, .pays = {95, 100}});
  add(shop_offer, Span::shop,
      SpendOff{.spend = yuan(300), .off = yuan(50), .times_at_most = SpendOff::kEvery});
  add(shop_offer, Span::shop, SpendRate{.spend = yuan(500), .pays = {8, 10}});
  add(item_coupon, Span::line, SpendOff{.spend = yuan(30), .off = yuan(5)}, {}, true);
  add(shop_coupon, Span::shop, SpendOff{.spend = yuan(100), .off = yuan(10)}, {}, true);
  add(cross_coupon, Span::order, SpendRate{.spend = yuan(400), .pays = {9, 10}, .off_at_most = yuan(80)}, {},
      true);
  add(points, Span::order, PointsAsCash{.points = 100, .worth = yuan(1), .covers_at_most = {1, 2}});
  return rules;
}

std::vector<FreightTemplate> four_templates() {
  std::vector<FreightTemplate> forms;
  for (std::int64_t shop = 1; shop <= 4; ++shop) {
    forms.push_back({RuleId{100 + shop},
                     MerchantId{shop},
                     {{{""}, Measure::grams, 1000, yuan(8), 500, yuan(2), {}},
                      {{"31", "32", "33"}, Measure::grams, 1000, yuan(5), 1000, yuan(1), yuan(99)}}});
  }
  return forms;
}

Basket twenty_lines() {
  Basket basket{.level = 2, .points = 5'000, .destination = "310104"};
  for (std::int64_t i = 1; i <= 20; ++i) {
    basket.lines.push_back({.sku = SkuId{21 - i},
                            .spu = SpuId{i / 3},
                            .shop = MerchantId{i % 4 + 1},
                            .unit = {1'990 + i * 337, {}},
                            .units = i % 3 + 1,
                            .grams = 120 * i,
                            .cm3 = 300,
                            .stock = 60});
  }
  basket.coupons = {{CouponId{1}, RuleId{7}}, {CouponId{2}, RuleId{8}}, {CouponId{3}, RuleId{9}}};
  return basket;
}

void BM_PriceTwentyLinesTenPromotions(benchmark::State& state) {
  const auto book = Rulebook::make(1, {}, ten_promotions(), four_templates());
  const Basket basket = twenty_lines();
  std::size_t applied = 0;
  for (auto _ : state) {
    const auto quote = price(basket, *book);
    ORDEAL_CHECK(quote.ok());
    applied = quote->applied.size();
    benchmark::DoNotOptimize(quote->digest);
  }
  state.counters["applied"] = static_cast<double>(applied);
}
BENCHMARK(BM_PriceTwentyLinesTenPromotions)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace ordeal::pricing

// What competes, what adds up, and in which order: the stacking is a value.
#include <gtest/gtest.h>

#include "tests/pricing/shop.h"

namespace ordeal::pricing {
namespace {

using enum Group;
using Fen = std::vector<std::int64_t>;

const Rule kMinus = rule(1, shop_offer, Span::shop, SpendOff{.spend = yuan(300), .off = yuan(50)});
const Rule kMember = rule(2, member_level, Span::line, MemberRate{.level_at_least = 1, .pays = {9, 10}});

// 320: level first leaves 288, below the bound; the offer first leaves 270, of which members pay 243.
TEST(Stacking, TheOrderIsAValue) {
  const Basket basket{.lines = {line(1, yuan(320))}, .level = 1};
  const auto total = [&](Stacking stacking) {
    return quoted(basket, book({kMinus, kMember}, {}, stacking)).total;
  };
  EXPECT_EQ(total({{{member_level}, {shop_offer}, {freight}}}), yuan(288));
  EXPECT_EQ(total({{{shop_offer}, {member_level}, {freight}}}), yuan(243));
  EXPECT_EQ(total(usual_stacking()), yuan(288));
}

TEST(Stacking, TheUsualOrder) {
  Fen groups;
  for (const Step& step : usual_stacking().steps) groups.push_back(static_cast<std::int64_t>(step.group));
  EXPECT_EQ(groups, (Fen{0, 1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST(Stacking, TheBestOfAGroupOrAllOfIt) {
  const std::vector<Rule> two = {
      rule(1, item_price, Span::line, UnitRate{.pays = {9, 10}}),
      rule(2, item_price, Span::line, UnitRate{.pays = {8, 10}}),
  };
  const Basket basket{.lines = {line(1, yuan(100))}};
  const Quote best = quoted(basket, book(two));
  EXPECT_EQ(best.total, yuan(80));
  ASSERT_EQ(best.applied.size(), 1u);
  EXPECT_EQ(best.applied[0].rule, RuleId{2});
  // Both speak of the list price, so 10 and 20 come off.
  EXPECT_EQ(quoted(basket, book(two, {}, {{{item_price, Pick::all}, {freight}}})).total, yuan(70));
}

// 满300减50 and 满500减100 are two rules of one group.
TEST(Stacking, StepsAreRulesOfOneGroup) {
  const Rulebook steps =
      book({kMinus, rule(3, shop_offer, Span::shop, SpendOff{.spend = yuan(500), .off = yuan(100)})});
  for (const auto& [goods, total] : {std::pair{299, 299}, {300, 250}, {499, 449}, {500, 400}})
    EXPECT_EQ(quoted({.lines = {line(1, yuan(goods))}}, steps).total, yuan(total)) << goods;
}

// Lines that the better offer served count for no other: 100 + 250 serve rule 1, then the 250 alone would not do.
TEST(Stacking, AServedLineCountsNoMore) {
  const Rulebook both =
      book({kMinus, rule(2, shop_offer, Span::shop, SpendOff{.spend = yuan(80), .off = yuan(60)},
                         {.skus = {SkuId{1}}})});
  const Quote quote = quoted({.lines = {line(1, yuan(100)), line(2, yuan(250))}}, both);
  EXPECT_EQ(pays(quote), (Fen{4'000, 25'000}));
  const Quote more = quoted({.lines = {line(1, yuan(100)), line(2, yuan(300))}}, both);
  EXPECT_EQ(pays(more), (Fen{4'000, 25'000}));
}

TEST(Stacking, TiesGoToTheSmallerRuleThenCoupon) {
  const Rulebook twins =
      book({coupon_rule(5, shop_coupon, Span::shop, SpendOff{.spend = fen(0), .off = yuan(3)}),
            coupon_rule(4, shop_coupon, Span::shop, SpendOff{.spend = fen(0), .off = yuan(3)})});
  Basket basket{.lines = {line(1, yuan(9))},
                .coupons = {{CouponId{2}, RuleId{5}}, {CouponId{9}, RuleId{4}}, {CouponId{8}, RuleId{4}}}};
  const Quote quote = quoted(basket, twins);
  ASSERT_EQ(quote.applied.size(), 1u);
  EXPECT_EQ(quote.applied[0].rule, RuleId{4});
  EXPECT_EQ(quote.applied[0].coupon, CouponId{8});
  EXPECT_EQ(quote.unused, (std::vector<CouponId>{{2}, {9}}));  // F-87: these are not locked
}

// A coupon is used on one bundle, the one where it gives most.
TEST(Stacking, ACouponWorksOnce) {
  const Rulebook tenth =
      book({coupon_rule(1, item_coupon, Span::line, SpendRate{.spend = fen(0), .pays = {9, 10}})});
  Basket basket{.lines = {line(1, yuan(10)), line(2, yuan(30)), line(3, yuan(20))},
                .coupons = {{CouponId{1}, RuleId{1}}}};
  EXPECT_EQ(pays(quoted(basket, tenth)), (Fen{1'000, 2'700, 2'000}));
  basket.coupons.push_back({CouponId{2}, RuleId{1}});
  EXPECT_EQ(pays(quoted(basket, tenth)), (Fen{1'000, 2'700, 1'800}));
  // Where they add up, the second finds the best bundle of what the first has left: 27 is still the most.
  const Rulebook adding =
      book({coupon_rule(1, item_coupon, Span::line, SpendRate{.spend = fen(0), .pays = {9, 10}})}, {},
           {{{item_coupon, Pick::all}, {freight}}});
  EXPECT_EQ(pays(quoted(basket, adding)), (Fen{1'000, 2'430, 2'000}));
}

// 秒杀商品不参与满减: lines with a special price do not count for the offer.
TEST(Stacking, NotTogether) {
  const std::vector<Rule> rules = {
      kMinus, rule(2, item_price, Span::line, UnitPrice{.price = yuan(150)}, {.skus = {SkuId{1}}})};
  const Basket basket{.lines = {line(1, yuan(200)), line(2, yuan(160)), line(3, yuan(150))}};
  EXPECT_EQ(quoted(basket, book(rules)).total, yuan(410));  // 460 - 50
  const Stacking apart{{{item_price}, {shop_offer, Pick::best, {item_price}}, {freight}}};
  const Quote quote = quoted(basket, book(rules, {}, apart));  // 310 counts
  EXPECT_EQ(quote.total, yuan(410));
  EXPECT_EQ(quote.line(SkuId{1})->pay, yuan(150));
  EXPECT_EQ(quote.applied[1].lines, (std::vector<SkuId>{{2}, {3}}));
  const Basket less{.lines = {line(1, yuan(200)), line(2, yuan(140)), line(3, yuan(150))}};
  EXPECT_EQ(quoted(less, book(rules, {}, apart)).total, yuan(440));  // 290 does not reach 300
}

// 100 and 100 of two shops: what one shop's points lot took is not there for the other.
TEST(Stacking, PointsAreSpentOnce) {
  const Rulebook by_shop = book(
      {rule(1, points, Span::shop, PointsAsCash{.points = 10, .worth = yuan(1), .covers_at_most = {1, 2}})});
  const Basket basket{.lines = {line(1, yuan(10), 1, 1), line(2, yuan(10), 1, 2)}, .points = 70};
  const Quote quote = quoted(basket, by_shop);
  EXPECT_EQ(pays(quote), (Fen{500, 800}));
  EXPECT_EQ(quote.points, 70);
  EXPECT_EQ(quote.line(SkuId{1})->points, 50);
  const Stacking best{{{freight}, {points, Pick::best}}};
  EXPECT_EQ(
      quoted(basket, book({rule(1, points, Span::shop,
                                PointsAsCash{.points = 10, .worth = yuan(1), .covers_at_most = {1, 2}})},
                          {}, best)),
      quote);
}

// C39: by SPU all variants count, by sku one does.
TEST(Stacking, ScopesAreOfShopSpuAndSku) {
  Line red = line(1, yuan(100)), blue = line(2, yuan(100)), other = line(3, yuan(100));
  red.spu = blue.spu = SpuId{50};
  const Basket basket{.lines = {other, blue, red}};
  const auto with = [&](Scope scope) {
    return pays(
        quoted(basket, book({rule(1, item_price, Span::line, UnitRate{.pays = {1, 2}}, std::move(scope))})));
  };
  EXPECT_EQ(with({.spus = {SpuId{50}}}), (Fen{5'000, 5'000, 10'000}));
  EXPECT_EQ(with({.skus = {SkuId{3}, SkuId{1}}}), (Fen{5'000, 10'000, 5'000}));
  EXPECT_EQ(with({.spus = {SpuId{50}}, .skus = {SkuId{3}, SkuId{1}}}), (Fen{5'000, 10'000, 10'000}));
  EXPECT_EQ(with({.shops = {MerchantId{2}}}), (Fen{10'000, 10'000, 10'000}));
}

// A discount larger than what is left takes what is left: no line below zero (I-21).
TEST(Stacking, NothingFallsBelowZero) {
  const Rulebook gift =
      book({coupon_rule(1, cross_coupon, Span::order, SpendOff{.spend = fen(0), .off = yuan(50)}),
            rule(2, item_price, Span::line, UnitPrice{.price = fen(0)}, {.skus = {SkuId{2}}})});
  const Quote quote = quoted({.lines = {line(1, yuan(20)), line(2, yuan(9)), line(3, yuan(7))},
                              .coupons = {{CouponId{1}, RuleId{1}}}},
                             gift);
  EXPECT_EQ(pays(quote), (Fen{0, 0, 0}));
  EXPECT_EQ(quote.applied.back().off, yuan(27));
}

}  // namespace
}  // namespace ordeal::pricing

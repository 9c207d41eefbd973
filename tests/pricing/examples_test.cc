// The founding documents' own examples, A36 to A38, and what they leave open, as tables.
#include <gtest/gtest.h>

#include "tests/pricing/shop.h"

namespace ordeal::pricing {
namespace {

using enum Group;
using Fen = std::vector<std::int64_t>;

const Rule kFullMinus = rule(1, shop_offer, Span::shop, SpendOff{.spend = yuan(300), .off = yuan(50)});
const Rule kFullRate = rule(2, shop_offer, Span::shop, SpendRate{.spend = yuan(500), .pays = {8, 10}});

// A36: 3 × 20 = 60, 8折 of it is 48.
TEST(Examples, ThreeTimesTwentyAtTwentyPercentOff) {
  const Basket basket{.lines = {line(1, yuan(20), 3)}};
  EXPECT_EQ(quoted(basket, book({})).total, yuan(60));
  const Quote quote = quoted(basket, book({rule(1, item_price, Span::line, UnitRate{.pays = {8, 10}})}));
  EXPECT_EQ(quote.total, yuan(48));
  EXPECT_EQ(quote.lines[0].gross, yuan(60));
  EXPECT_EQ(quote.lines[0].discounts, (std::vector<Discount>{{.rule = RuleId{1}, .off = yuan(12)}}));
}

// A37: 满300减50, 满500打8折, each alone and the better of both.
TEST(Examples, FromThreeHundredFiftyOffFromFiveHundredAnEighth) {
  struct Case {
    std::int64_t goods, minus, rate, best;  // yuan
  };
  for (const Case& one : {Case{299, 299, 299, 299},
                          {300, 250, 300, 250},
                          {499, 449, 499, 449},
                          {500, 450, 400, 400},
                          {600, 550, 480, 480},
                          {1000, 950, 800, 800}}) {
    const Basket basket{.lines = {line(1, yuan(one.goods))}};
    EXPECT_EQ(quoted(basket, book({kFullMinus})).total, yuan(one.minus)) << one.goods;
    EXPECT_EQ(quoted(basket, book({kFullRate})).total, yuan(one.rate)) << one.goods;
    EXPECT_EQ(quoted(basket, book({kFullMinus, kFullRate})).total, yuan(one.best)) << one.goods;
  }
}

TEST(Examples, TheBoundIsToTheMinorUnit) {
  EXPECT_EQ(quoted({.lines = {line(1, fen(29'999))}}, book({kFullMinus})).total, fen(29'999));
  EXPECT_EQ(quoted({.lines = {line(1, fen(30'000))}}, book({kFullMinus})).total, fen(25'000));
}

// 每满300减50, at most twice.
TEST(Examples, ForEveryThreeHundred) {
  const auto every = [](std::int64_t times) {
    return book({rule(1, shop_offer, Span::shop,
                      SpendOff{.spend = yuan(300), .off = yuan(50), .times_at_most = times})});
  };
  for (const auto& [goods, off, off_twice] :
       {std::array{599, 50, 50}, {600, 100, 100}, {899, 100, 100}, {900, 150, 100}}) {
    const Basket basket{.lines = {line(1, yuan(goods))}};
    EXPECT_EQ(quoted(basket, every(SpendOff::kEvery)).total, yuan(goods - off)) << goods;
    EXPECT_EQ(quoted(basket, every(2)).total, yuan(goods - off_twice)) << goods;
  }
}

// What is taken off an order lies on its lines in proportion, to the last fen (I-22, F-42).
TEST(Examples, FiftyOffOverThreeLines) {
  const Basket basket{.lines = {line(1, yuan(100)), line(2, yuan(100)), line(3, yuan(100))}};
  EXPECT_EQ(pays(quoted(basket, book({kFullMinus}))), (Fen{8333, 8333, 8334}));
}

// 不同店铺: an offer of a shop counts the lines of that shop alone, one of the platform those of all.
TEST(Examples, OffersCountShopsOrAll) {
  const Basket basket{.lines = {line(1, yuan(200), 1, 1), line(2, yuan(200), 1, 2)}};
  EXPECT_EQ(quoted(basket, book({kFullMinus})).total, yuan(400));
  const Rulebook across =
      book({rule(1, platform_offer, Span::order, SpendOff{.spend = yuan(300), .off = yuan(50)})});
  EXPECT_EQ(pays(quoted(basket, across)), (Fen{17'500, 17'500}));
  const Rulebook one_shop =
      book({rule(1, platform_offer, Span::order, SpendOff{.spend = yuan(200), .off = yuan(50)},
                 {.shops = {MerchantId{2}}})});
  EXPECT_EQ(pays(quoted(basket, one_shop)), (Fen{20'000, 15'000}));
}

// 会员等级: the best level that the buyer has.
TEST(Examples, MembersPayLess) {
  const Rulebook levels =
      book({rule(1, member_level, Span::line, MemberRate{.level_at_least = 1, .pays = {95, 100}}),
            rule(2, member_level, Span::line, MemberRate{.level_at_least = 3, .pays = {9, 10}})});
  for (const auto& [level, total] : {std::pair{0, 10'000}, {1, 9'500}, {2, 9'500}, {3, 9'000}, {9, 9'000}})
    EXPECT_EQ(quoted({.lines = {line(1, yuan(100))}, .level = level}, levels).total, fen(total)) << level;
}

// 优惠券: on an item, in a shop, over shops; each once, and only by who holds it.
TEST(Examples, CouponsOnItemShopAndOrder) {
  const Rulebook coupons =
      book({coupon_rule(1, item_coupon, Span::line, SpendOff{.spend = yuan(0), .off = yuan(5)}),
            coupon_rule(2, shop_coupon, Span::shop, SpendOff{.spend = yuan(100), .off = yuan(20)}),
            coupon_rule(3, cross_coupon, Span::order, SpendRate{.spend = yuan(150), .pays = {9, 10}})});
  Basket basket{.lines = {line(1, yuan(105), 1, 1), line(2, yuan(100), 1, 2)}};
  EXPECT_EQ(quoted(basket, coupons).total, yuan(205));
  const HeldCoupon item{CouponId{11}, RuleId{1}}, shop{CouponId{12}, RuleId{2}},
      cross{CouponId{13}, RuleId{3}};
  basket.coupons = {item};
  EXPECT_EQ(pays(quoted(basket, coupons)), (Fen{10'000, 10'000}));
  basket.coupons = {shop};
  EXPECT_EQ(pays(quoted(basket, coupons)), (Fen{8'500, 10'000}));
  basket.coupons = {cross, shop, item};  // 105 - 5 = 100, - 20 = 80; 80 + 100 = 180, 9折 162
  const Quote all = quoted(basket, coupons);
  EXPECT_EQ(pays(all), (Fen{7'200, 9'000}));
  EXPECT_TRUE(all.unused.empty());
}

// 积分抵现: 100 points for 1.00, up to half of the goods, in whole lots.
TEST(Examples, PointsAreCash) {
  const Rulebook cash = book({rule(1, points, Span::order,
                                   PointsAsCash{.points = 100, .worth = yuan(1), .covers_at_most = {1, 2}})});
  struct Case {
    std::int64_t offered, spent;
    Money total;
  };
  for (const Case& one : {Case{0, 0, fen(4'190)},
                          {99, 0, fen(4'190)},
                          {100, 100, fen(4'090)},
                          {250, 200, fen(3'990)},
                          {5'000, 2'000, fen(2'190)}}) {
    const Quote quote = quoted({.lines = {line(1, fen(4'190))}, .points = one.offered}, cash);
    EXPECT_EQ(quote.total, one.total) << one.offered;
    EXPECT_EQ(quote.points, one.spent) << one.offered;
    EXPECT_EQ(quote.lines[0].points, one.spent) << one.offered;
  }
}

// A38: the lower price while at least ten are left.
TEST(Examples, APriceThatHangsOnStock) {
  const Rulebook offer =
      book({rule(1, item_price, Span::line, StockPrice{.price = yuan(15), .stock_at_least = 10})});
  struct Case {
    std::int64_t stock, units, promo;
  };
  for (const Case& one :
       {Case{9, 3, 0}, {10, 3, 1}, {11, 3, 2}, {12, 3, 3}, {13, 3, 3}, {1000, 3, 3}, {0, 1, 0}}) {
    Line wanted = line(1, yuan(20), one.units);
    wanted.stock = one.stock;
    const Quote quote = quoted({.lines = {wanted}}, offer);
    EXPECT_EQ(promo_units(quote.lines[0]), one.promo) << one.stock;
    EXPECT_EQ(quote.total, yuan(20 * one.units - 5 * one.promo)) << one.stock;
  }
}

// I-23: whatever buyers take in turn, the units at the lower price are those above the bound.
TEST(Examples, BuyersCrossTheBoundTogether) {
  const Rulebook offer =
      book({rule(1, item_price, Span::line, StockPrice{.price = yuan(15), .stock_at_least = 10})});
  std::int64_t stock = 20, promo = 0;
  for (const std::int64_t units : {4, 1, 3, 5, 2, 5}) {
    Line wanted = line(1, yuan(20), units);
    wanted.stock = stock;
    promo += promo_units(quoted({.lines = {wanted}}, offer).lines[0]);
    stock -= units;
  }
  EXPECT_EQ(promo, 11);
}

// 促销价 never makes anything dearer.
TEST(Examples, APriceOfferIsNoRise) {
  const Rulebook offer = book({rule(1, item_price, Span::line, UnitPrice{.price = yuan(15)})});
  EXPECT_EQ(quoted({.lines = {line(1, yuan(20), 2)}}, offer).total, yuan(30));
  const Quote cheap = quoted({.lines = {line(1, yuan(14), 2)}}, offer);
  EXPECT_EQ(cheap.total, yuan(28));
  EXPECT_TRUE(cheap.applied.empty());
}

// Each rule says how it rounds; a unit's price is rounded per unit, an amount once.
TEST(Examples, RoundingIsTheRules) {
  using enum Rounding;
  struct Case {
    std::int64_t unit, units;
    Ratio pays;
    Rounding rounding;
    std::int64_t by_unit, by_amount;
  };
  for (const Case& one : {Case{1999, 3, {8, 10}, half_up, 4797, 4798},  // 1599.2 × 3, 4797.6
                          {1999, 3, {8, 10}, down, 4797, 4797},
                          {1999, 3, {8, 10}, up, 4800, 4798},
                          {99, 1, {8, 10}, half_up, 79, 79},
                          {5, 1, {1, 2}, half_up, 3, 3},
                          {5, 1, {1, 2}, down, 2, 2},
                          {1, 1, {4999, 10'000}, half_up, 0, 0},
                          {1, 1, {5, 10}, half_up, 1, 1},
                          {7, 1, {0, 1}, up, 0, 0},
                          {7, 2, {1, 1}, down, 14, 14}}) {
    const Basket basket{.lines = {line(1, fen(one.unit), one.units)}, .level = 1};
    EXPECT_EQ(
        quoted(basket, book({rule(1, item_price, Span::line, UnitRate{one.pays, one.rounding})})).total.minor,
        one.by_unit);
    EXPECT_EQ(quoted(basket, book({rule(1, member_level, Span::line, MemberRate{1, one.pays, one.rounding})}))
                  .total.minor,
              one.by_amount);
    EXPECT_EQ(
        quoted(basket, book({rule(1, shop_offer, Span::shop,
                                  SpendRate{.spend = fen(0), .pays = one.pays, .rounding = one.rounding})}))
            .total.minor,
        one.by_amount);
  }
}

TEST(Examples, ARateMayHaveAMost) {
  const Rulebook capped = book({rule(
      1, shop_offer, Span::shop, SpendRate{.spend = yuan(500), .pays = {8, 10}, .off_at_most = yuan(150)})});
  EXPECT_EQ(quoted({.lines = {line(1, yuan(600))}}, capped).total, yuan(480));
  EXPECT_EQ(quoted({.lines = {line(1, yuan(1000))}}, capped).total, yuan(850));
}

}  // namespace
}  // namespace ordeal::pricing

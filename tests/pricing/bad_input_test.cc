// What is refused, with which fault, and that the sentence says where and what was expected (I-30, I-36, F-91).
#include <functional>

#include <gtest/gtest.h>

#include "tests/pricing/shop.h"

namespace ordeal::pricing {
namespace {

using enum Group;

const Money kDollar{100, *Currency::parse("USD")};

Basket usual() { return {.lines = {line(1, yuan(10), 2), line(2, yuan(20))}, .destination = "31"}; }

Rulebook usual_book() {
  return book({coupon_rule(3, shop_coupon, Span::shop, SpendOff{.spend = fen(0), .off = yuan(1)}),
               rule(4, shop_offer, Span::shop, SpendRate{.pays = {9, 10}})},
              {{RuleId{9}, MerchantId{1}, {{.regions = {"31"}, .first_fee = yuan(1), .next_fee = yuan(1)}}}});
}

TEST(BadBasket, IsRefusedForItsReason) {
  struct Case {
    BasketFault fault;
    std::function<void(Basket&)> change;
    const char* text;
  };
  const std::string sku = SkuId{2}.text() + ": ", coupon = CouponId{5}.text() + ": ";
  const std::vector<Case> cases = {
      {BasketFault::empty, [](Basket& b) { b.lines.clear(); }, "no lines"},
      {BasketFault::too_many_lines, [](Basket& b) { b.lines.assign(501, b.lines[0]); }, "at most 500"},
      {BasketFault::units, [](Basket& b) { b.lines[1].units = 0; }, "1 to 100000"},
      {BasketFault::units, [](Basket& b) { b.lines[1].units = -1; }, "1 to 100000"},
      {BasketFault::units, [](Basket& b) { b.lines[1].units = INT64_MAX; }, "1 to 100000"},
      {BasketFault::units, [](Basket& b) { b.lines[1].units = 100'000, b.lines.push_back(b.lines[1]); },
       "units"},
      {BasketFault::unit_price, [](Basket& b) { b.lines[1].unit = fen(-1); }, "unit price"},
      {BasketFault::unit_price, [](Basket& b) { b.lines[1].unit = fen(Money::kMaxMinor + 1); },
       "10000000000"},
      {BasketFault::size, [](Basket& b) { b.lines[1].grams = -1; }, "grams"},
      {BasketFault::size, [](Basket& b) { b.lines[1].cm3 = kMaxSize + 1; }, "cm3"},
      {BasketFault::size, [](Basket& b) { b.lines[1].stock = -1; }, "stock"},
      {BasketFault::currency, [](Basket& b) { b.lines[1].unit = kDollar; }, "currency"},
      {BasketFault::contradiction, [](Basket& b) { b.lines.push_back(line(2, yuan(21))); }, "one sku"},
      {BasketFault::contradiction, [](Basket& b) { b.lines.push_back(line(2, yuan(20), 1, 3)); }, "one sku"},
      {BasketFault::points, [](Basket& b) { b.points = -1; }, "points"},
      {BasketFault::points, [](Basket& b) { b.points = kMaxPoints + 1; }, "points"},
      {BasketFault::coupon_twice,
       [](Basket& b) {
         b.coupons.assign(2, {CouponId{5}, RuleId{3}});
       },
       "twice"},
      {BasketFault::coupon_unknown,
       [](Basket& b) {
         b.coupons = {{CouponId{5}, RuleId{77}}};
       },
       "no rule"},
      {BasketFault::coupon_unknown,
       [](Basket& b) {
         b.coupons = {{CouponId{5}, RuleId{4}}};
       },
       "no rule"},
      {BasketFault::no_template, [](Basket& b) { b.lines.push_back(line(3, yuan(1), 1, 2)); }, "template"},
      {BasketFault::not_delivered, [](Basket& b) { b.destination = "32"; }, "deliver"},
      {BasketFault::total, [](Basket& b) { b.lines[1].unit = fen(Money::kMaxMinor); }, "total"},
      {BasketFault::total, [](Basket& b) { b.lines[1].unit = fen(200'000'000), b.lines[1].units = 100'000; },
       "total"},
  };
  const Rulebook rules = usual_book();
  ASSERT_TRUE(price(usual(), rules).ok());
  for (const Case& one : cases) {
    Basket basket = usual();
    one.change(basket);
    const auto refused = price(basket, rules);
    ASSERT_FALSE(refused.ok()) << one.text;
    EXPECT_EQ(refused.error().fault, one.fault) << refused.error().text();
    EXPECT_NE(refused.error().text().find(one.text), std::string::npos) << refused.error().text();
    EXPECT_NE(refused.error().text().find("expected"), std::string::npos) << refused.error().text();
    const std::string text = refused.error().text();
    EXPECT_TRUE(!refused.error().sku || text.starts_with(sku)) << text;
    EXPECT_TRUE(!refused.error().coupon || text.starts_with(coupon)) << text;
    // The same reason, whichever line comes first (I-36).
    std::reverse(basket.lines.begin(), basket.lines.end());
    EXPECT_EQ(price(basket, rules).error(), refused.error());
  }
}

// Two faults in one basket: which is told does not depend on the order of lines.
TEST(BadBasket, OfTwoFaultsTheSameIsTold) {
  Basket basket = usual();
  basket.lines[0].units = 0;
  basket.lines[1].unit = fen(-1);
  Line twin = basket.lines[0];
  twin.unit = kDollar;
  basket.lines.push_back(twin);
  const BasketProblem told = price(basket, usual_book()).error();
  EXPECT_EQ(told, (BasketProblem{.fault = BasketFault::currency, .sku = SkuId{1}}));
  do {
    EXPECT_EQ(price(basket, usual_book()).error(), told);
    std::rotate(basket.lines.begin(), basket.lines.begin() + 1, basket.lines.end());
  } while (basket.lines[0] != usual().lines[0] && basket.lines[0].sku != SkuId{2});
}

// A contradiction among three lines of a sku is told before there are too many units of it, whichever comes first.
TEST(BadBasket, AContradictionComesBeforeTheSum) {
  const Line many = line(1, yuan(1), kMaxUnits), one = line(1, yuan(1), 1), other = line(1, yuan(2), 1);
  for (const std::vector<Line>& lines :
       {std::vector{many, one, other}, {many, other, one}, {other, one, many}})
    EXPECT_EQ(price({.lines = lines}, book({})).error().fault, BasketFault::contradiction);
}

// The largest amounts that are allowed are priced without a wrapped sum, and one more is refused.
TEST(BadBasket, TheLargestTotalIsStillRight) {
  const Rulebook half = book({rule(1, shop_offer, Span::shop, SpendRate{.pays = {9'999, 10'000}})},
                             {{RuleId{2},
                               MerchantId{1},
                               {{.regions = {""},
                                 .measure = Measure::grams,
                                 .first = 0,
                                 .first_fee = fen(0),
                                 .next = 1,
                                 .next_fee = fen(1)}}}});
  Line all = line(1, fen(100'000), 100'000);
  all.grams = 10;
  const Quote quote = quoted({.lines = {all}, .destination = ""}, half);
  EXPECT_EQ(quote.goods, fen(9'999'000'000));
  EXPECT_EQ(quote.total, fen(Money::kMaxMinor));
  all.grams = 11;
  EXPECT_EQ(price({.lines = {all}, .destination = ""}, half).error().fault, BasketFault::total);
  all.grams = kMaxSize;
  EXPECT_EQ(price({.lines = {all}, .destination = ""}, half).error(),
            (BasketProblem{.fault = BasketFault::total, .shop = MerchantId{1}}));
}

TEST(BadRule, IsRefusedForItsReason) {
  struct Case {
    RuleFault fault;
    Rule rule;
  };
  const auto unit = [](Terms terms, Span span = Span::line) {
    return rule(5, item_price, span, std::move(terms));
  };
  const std::vector<Case> cases = {
      {RuleFault::id, rule(0, item_price, Span::line, UnitRate{})},
      {RuleFault::id, rule(1, item_price, Span::line, UnitRate{})},
      {RuleFault::group, rule(5, freight, Span::line, UnitRate{})},
      {RuleFault::span, unit(UnitRate{}, Span::shop)},
      {RuleFault::span, unit(UnitPrice{}, Span::order)},
      {RuleFault::span, unit(StockPrice{}, Span::order)},
      {RuleFault::rate, unit(UnitRate{.pays = {11, 10}})},
      {RuleFault::rate, unit(UnitRate{.pays = {-1, 10}})},
      {RuleFault::rate, unit(UnitRate{.pays = {1, 0}})},
      {RuleFault::rate, unit(UnitRate{.pays = {1, 10'001}})},
      {RuleFault::rate, unit(MemberRate{.pays = {2, 1}})},
      {RuleFault::rate, unit(SpendRate{.pays = {2, 1}})},
      {RuleFault::rate, unit(PointsAsCash{.worth = yuan(1), .covers_at_most = {2, 1}})},
      {RuleFault::currency, unit(UnitPrice{.price = kDollar})},
      {RuleFault::currency, unit(StockPrice{.price = kDollar})},
      {RuleFault::currency, unit(SpendOff{.spend = kDollar, .off = yuan(1)})},
      {RuleFault::currency, unit(SpendOff{.spend = yuan(1), .off = kDollar})},
      {RuleFault::currency, unit(SpendRate{.spend = kDollar})},
      {RuleFault::currency, unit(SpendRate{.off_at_most = kDollar})},
      {RuleFault::currency, unit(PointsAsCash{.worth = kDollar})},
      {RuleFault::amount, unit(UnitPrice{.price = fen(-1)})},
      {RuleFault::amount, unit(SpendOff{.spend = yuan(1), .off = fen(0)})},
      {RuleFault::amount, unit(SpendOff{.spend = fen(Money::kMaxMinor + 1), .off = fen(1)})},
      {RuleFault::amount, unit(PointsAsCash{.worth = fen(0)})},
      {RuleFault::gives_too_much, unit(SpendOff{.spend = yuan(50), .off = yuan(300)})},
      {RuleFault::gives_too_much,
       coupon_rule(5, item_coupon, Span::line,
                   SpendOff{.spend = yuan(1), .off = yuan(2), .times_at_most = 2})},
      {RuleFault::bound, unit(StockPrice{.stock_at_least = 0})},
      {RuleFault::bound, unit(MemberRate{.level_at_least = 0})},
      {RuleFault::bound, unit(SpendOff{.spend = yuan(2), .off = yuan(1), .times_at_most = 0})},
      {RuleFault::bound, unit(PointsAsCash{.points = 0, .worth = yuan(1)})},
      {RuleFault::bound, unit(PointsAsCash{.points = kMaxPoints + 1, .worth = yuan(1)})},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto made = Rulebook::make(1, {}, {rule(1, item_price, Span::line, UnitRate{}), cases[i].rule});
    ASSERT_FALSE(made.ok()) << i;
    EXPECT_EQ(made.error(), (RuleProblem{cases[i].fault, cases[i].rule.id}))
        << i << " " << made.error().text();
    EXPECT_NE(made.error().text().find("expected"), std::string::npos) << made.error().text();
  }
  EXPECT_EQ(Rulebook::make(1, {}, {rule(1, points, Span::line, UnitRate{})}, {}, {{{freight}}}).error(),
            (RuleProblem{RuleFault::group, RuleId{1}}));
}

TEST(BadFreight, IsRefusedForItsReason) {
  struct Case {
    RuleFault fault;
    std::function<void(std::vector<FreightTemplate>&)> change;
  };
  const std::vector<Case> cases = {
      {RuleFault::id, [](auto& all) { all[0].id = RuleId{}; }},
      {RuleFault::id, [](auto& all) { all[1].id = all[0].id; }},
      {RuleFault::shop_twice, [](auto& all) { all[1].shop = all[0].shop; }},
      {RuleFault::rows, [](auto& all) { all[1].rows.clear(); }},
      {RuleFault::rows, [](auto& all) { all[1].rows[0].regions.clear(); }},
      {RuleFault::rows, [](auto& all) { all[1].rows.push_back(all[1].rows[0]); }},
      {RuleFault::freight_step, [](auto& all) { all[1].rows[0].next = 0; }},
      {RuleFault::freight_step, [](auto& all) { all[1].rows[0].first = -1; }},
      {RuleFault::currency, [](auto& all) { all[1].rows[0].next_fee = kDollar; }},
      {RuleFault::amount, [](auto& all) { all[1].rows[0].first_fee = fen(-1); }},
      {RuleFault::currency, [](auto& all) { all[1].rows[0].free_from = kDollar; }},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    std::vector<FreightTemplate> all = {{RuleId{1}, MerchantId{1}, {{.regions = {""}}}},
                                        {RuleId{2}, MerchantId{2}, {{.regions = {""}}}}};
    cases[i].change(all);
    const auto made = Rulebook::make(1, {}, {}, all);
    ASSERT_FALSE(made.ok()) << i;
    EXPECT_EQ(made.error().fault, cases[i].fault) << i << " " << made.error().text();
  }
}

TEST(BadStacking, IsRefused) {
  for (const Stacking& wrong : {Stacking{}, Stacking{{{points}}}, Stacking{{{freight}, {points}, {points}}},
                                Stacking{{{freight}, {points, Pick::best, {shop_offer}}}},
                                Stacking{{{freight}, {points, Pick::best, {points}}}},
                                Stacking{{{freight}, {points, Pick::best, {freight}}}},
                                Stacking{{{freight}, {static_cast<Group>(99)}}}}) {
    const auto made = Rulebook::make(1, {}, {}, {}, wrong);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error(), (RuleProblem{RuleFault::stacking, {}}));
  }
}

}  // namespace
}  // namespace ordeal::pricing

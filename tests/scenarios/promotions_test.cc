// Promotions in a purchase: what a scenario may say of them, a trial of them, and the model's price against the core's.
#include "scenarios/flows/purchase/promotions.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/pricing/price.h"
#include "scenarios/flows/purchase/model/offers.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Json;

// What is said of coupon_rush after `edit`.
std::string complaint(const std::function<void(Json&)>& edit) {
  try {
    edited(library().load("coupon_rush"), edit);
  } catch (const play::BadInput& wrong) {
    return wrong.what();
  }
  return "";
}

struct Case {
  std::string name;
  std::function<void(Json&)> edit;
  std::vector<std::string> says;
};

TEST(Promotions, WhatMakesNoSenseIsSaidWithItsPlace) {
  const auto rule = [](std::size_t index, const char* key, Json value) {
    return [=](Json& json) { json["promotions"][index][key] = value; };
  };
  const auto without = [](std::size_t index, const char* key) {
    return [=](Json& json) { json["promotions"][index].erase(key); };
  };
  const std::vector<Case> cases{
      {"no service",
       [](Json& json) { json["hosts"].erase(3); },
       {"promotion-1", "\"services\": [\"promotion\"]"}},
      {"no promotions", [](Json& json) { json.erase("promotions"); }, {"$.workloads[0]", "\"promotions\""}},
      {"unknown good", rule(0, "sku", "kettl"), {"$.promotions[0].sku", "kettle"}},
      {"unknown kind", rule(0, "kind", "prise"), {"$.promotions[0].kind", "price"}},
      {"no price", without(0, "price"), {"$.promotions[0]", "\"price\" of a rule of kind price"}},
      {"key of another kind", rule(1, "off", "1.00 CNY"), {"$.promotions[1].off", "kind rate"}},
      {"gives more than it asks", rule(2, "off", "301.00 CNY"), {"$.promotions[2]", "makes sense"}},
      {"other currency", rule(2, "off", "5.00 USD"), {"$.promotions[2]"}},
      {"too many coupons", rule(4, "each", 9), {"$.promotions[4].each", "at most 8"}},
      {"ends before it begins", rule(3, "until", "1m"), {"$.promotions[3].until", "later than from"}},
      {"two that count one good",
       [](Json& json) { json["promotions"].push_back(json["promotions"][0]); },
       {"$.promotions[7].sku", "one rule that counts"}},
  };
  for (const Case& one : cases) {
    const std::string said = complaint(one.edit);
    EXPECT_NE(said, "") << one.name;
    for (const std::string& part : one.says)
      EXPECT_NE(said.find(part), std::string::npos) << one.name << ":\n" << said;
  }
  EXPECT_EQ(complaint([](Json&) {}), "");
}

TEST(Promotions, ARulebookBeginsWhereverARuleBeginsOrEnds) {
  const play::Scenario scenario = library().load("coupon_rush");
  const auto campaigns = purchase::campaigns(scenario);
  ASSERT_EQ(campaigns.size(), 3u);
  EXPECT_EQ(campaigns[1].from, scenario.start + minutes(5));
  EXPECT_EQ(campaigns[2].from, scenario.start + minutes(30));
  EXPECT_EQ(purchase::quota_of(scenario.setting<purchase::PromotionsSpec>().rules.front(), scenario), 4);
}

TEST(Promotions, CouponsAreEverybodysOwn) {
  std::set<CouponId> seen;
  for (const purchase::Issued& issued : purchase::all_coupons(library().load("coupon_rush")))
    EXPECT_TRUE(seen.insert(issued.coupon).second);
  EXPECT_EQ(seen.size(), 9u * 2u);
}

TEST(Promotions, AHoldThatWaitsIsSurvived) {
  play::Stage stage(all_flows(), library().load("coupon_rush"), {});
  faults::Plan plan;
  plan.windows.push_back(
      {"w", faults::ForkTaken{"promotion: a hold waits", "unlucky", {1, 2}}, {}, {}, minutes(40)});
  play::PlayOptions options;
  options.seed = 3;
  options.faults = play::FaultMode::plan;
  options.plan = plan;
  const play::Played day = stage.play(options);
  EXPECT_TRUE(clean(day));
  EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0u);
  EXPECT_GT(mark(day, "no answer from promotion"), 0u);
}

// ---- the model's price against the core's ----

namespace model = purchase::model;

struct Counted {
  pricing::Rule rule;
  model::Offer offer;
};

std::int64_t amount(std::int64_t from, std::int64_t below) { return *rc::gen::inRange(from, below); }
Ratio any_share() { return {amount(0, 101), 100}; }

Counted any_rule(std::int64_t id, const std::vector<pricing::Line>& lines) {
  using pricing::Group;
  using pricing::Span;
  const Currency currency{};
  Counted made;
  made.rule.id = made.offer.id = RuleId{id};
  const std::int64_t spend = amount(0, 20'000);
  const std::int64_t off = amount(1, std::max<std::int64_t>(2, spend));
  switch (amount(0, 5)) {
    case 0: {
      made.offer = {.id = made.rule.id,
                    .kind = model::OfferKind::unit_rate,
                    .sku = lines.front().sku,
                    .pays = any_share()};
      made.rule.group = Group::item_price;
      made.rule.terms = pricing::UnitRate{made.offer.pays};
      made.rule.scope.skus = {made.offer.sku};
      break;
    }
    case 1: {
      made.offer = {.id = made.rule.id,
                    .kind = model::OfferKind::unit_price,
                    .sku = lines.back().sku,
                    .price = amount(0, 5'000)};
      made.rule.group = Group::item_price;
      made.rule.terms = pricing::UnitPrice{{made.offer.price, currency}};
      made.rule.scope.skus = {made.offer.sku};
      break;
    }
    case 2: {
      made.offer = {
          .id = made.rule.id, .kind = model::OfferKind::spend_rate, .pays = any_share(), .spend = spend};
      made.rule.group = Group::shop_offer;
      made.rule.span = Span::shop;
      made.rule.terms = pricing::SpendRate{{spend, currency}, made.offer.pays, {}};
      break;
    }
    case 3: {
      made.offer = {
          .id = made.rule.id, .kind = model::OfferKind::spend_off, .spend = std::max(spend, off), .off = off};
      made.rule.group = Group::shop_offer;
      made.rule.span = Span::shop;
      made.rule.terms = pricing::SpendOff{{made.offer.spend, currency}, {off, currency}};
      break;
    }
    default: {
      made.offer = {.id = made.rule.id, .kind = model::OfferKind::coupon, .spend = spend, .off = off};
      made.rule.group = Group::shop_coupon;
      made.rule.span = Span::shop;
      made.rule.by_coupon = true;
      made.rule.terms = pricing::SpendOff{{spend, currency}, {off, currency}};
      break;
    }
  }
  return made;
}

RC_GTEST_PROP(Offers, AreWhatTheCounterTakesOff, ()) {
  const Currency currency{};
  std::vector<pricing::Line> lines;
  std::vector<model::OfferLine> listed;
  for (std::int64_t sku = 1; sku <= amount(1, 5); ++sku) {
    pricing::Line& line = lines.emplace_back();
    line.sku = SkuId{sku};
    line.shop = MerchantId{1};
    line.unit = {amount(0, 8'000), currency};
    line.units = amount(1, 5);
    listed.push_back({line.sku, line.units, line.unit.minor});
  }
  std::vector<pricing::Rule> rules;
  std::vector<model::Offer> offers;
  model::Used has;
  pricing::Basket basket;
  for (std::int64_t id = 1; id <= amount(0, 6); ++id) {
    const Counted made = any_rule(id, lines);
    rules.push_back(made.rule);
    offers.push_back(made.offer);
    if (!made.rule.by_coupon) continue;
    has.coupons.push_back(made.rule.id);
    basket.coupons.push_back({CouponId{id}, made.rule.id});
  }
  // A price tied to a stock, and points: one of each at most.
  if (amount(0, 2) == 1) {
    model::Offer offer{.id = RuleId{10},
                       .kind = model::OfferKind::unit_price,
                       .sku = SkuId{1},
                       .price = amount(0, 8'000),
                       .quota = 9};
    pricing::Rule rule{offer.id,
                       pricing::Group::item_price,
                       pricing::Span::line,
                       {},
                       false,
                       pricing::StockPrice{{offer.price, currency}, 3}};
    rule.scope.skus = {offer.sku};
    const std::int64_t units = amount(0, 5);
    lines.front().stock = units + 2;
    has.units[offer.id] = std::min(units, lines.front().units);
    rules.push_back(rule);
    offers.push_back(offer);
  }
  if (amount(0, 2) == 1) {
    model::Offer offer{.id = RuleId{11},
                       .kind = model::OfferKind::points,
                       .lot = amount(1, 200),
                       .worth = amount(1, 300),
                       .covers = any_share()};
    rules.push_back({offer.id,
                     pricing::Group::points,
                     pricing::Span::order,
                     {},
                     false,
                     pricing::PointsAsCash{offer.lot, {offer.worth, currency}, offer.covers}});
    offers.push_back(offer);
    basket.points = has.points = amount(0, 3'000);
  }
  basket.lines = lines;
  const auto book = pricing::Rulebook::make(1, currency, std::move(rules));
  RC_PRE(book.ok());
  const auto quote = pricing::price(basket, *book);
  RC_ASSERT(quote.ok());
  const model::Used best = model::best_use(listed, offers, has);
  RC_ASSERT(model::total(listed, offers, best) == quote->total.minor);
  RC_ASSERT(best.points == quote->points);
}

}  // namespace
}  // namespace ordeal::test

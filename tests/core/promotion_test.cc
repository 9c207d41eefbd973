// Coupons, points and units at a price: how they are held, used and given back, and what an order of them costs.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/api/facts.h"
#include "core/pricing/rulebook.h"
#include "core/promotion/service.h"
#include "tests/support/shop.h"

namespace ordeal::promotion {
namespace {

using namespace literals;
using api::HoldStatus;
using api::OrderState;
using api::PlaceStatus;
using support::Fault;

constexpr UserId kAnn{7};
constexpr UserId kBob{8};
constexpr CouponId kFirst{71};
constexpr CouponId kSecond{72};
constexpr CouponId kBobs{81};
constexpr RuleId kCoupon{1};
constexpr RuleId kPoints{2};
constexpr RuleId kMugAtEight{3};

void fill(env::Tx& tx) {
  issue_coupon(tx, kFirst, kAnn, kCoupon);
  issue_coupon(tx, kSecond, kAnn, kCoupon);
  issue_coupon(tx, kBobs, kBob, kCoupon);
  grant_points(tx, kAnn, 300);
  grant_points(tx, kBob, 300);
  open_quota(tx, kMugAtEight, 2);
}

struct Fixture {
  Fixture() { db.transact("fill", fill); }
  HoldStatus hold(std::int64_t order, std::vector<CouponId> coupons, std::int64_t points = 0,
                  std::int64_t units = 0, UserId user = kAnn) {
    api::HoldDiscounts wanted{OrderId{order}, user, std::move(coupons), points, {}};
    if (units > 0) wanted.units.push_back({kMugAtEight, units});
    return service.hold(wanted).status;
  }
  // "available/frozen/spent" of Ann's points, "available/held/used" of the units at the price.
  std::string points() { return counts("points where user_id = 7", {"available", "frozen", "spent"}); }
  std::string units() { return counts("promo_units", {"available", "held", "used"}); }
  std::int64_t state(CouponId coupon) {
    return db.number("select state from coupon where id = " + std::to_string(coupon.value));
  }
  std::string counts(const std::string& from, const std::vector<std::string>& columns) {
    std::string text;
    for (const std::string& column : columns)
      text += (text.empty() ? "" : "/") + std::to_string(db.number("select " + column + " from " + from));
    return text;
  }

  support::FakeWorld world;
  support::PlainDatabase& db = world.database(kSchema);
  std::unique_ptr<Holder> holder = make_holder("conditional");
  std::unique_ptr<Ender> ender = make_ender("by_order");
  Service service{world.env("promotion"), db, {*holder, *ender}};
};

TEST(Hold, TakesAllOrNothing) {
  Fixture f;
  EXPECT_EQ(f.hold(1, {kFirst}, 200, 1), HoldStatus::held);
  EXPECT_EQ(f.points(), "100/200/0");
  EXPECT_EQ(f.units(), "1/1/0");
  EXPECT_EQ(f.hold(2, {kSecond}, 100, 2), HoldStatus::gone);  // one unit is left
  EXPECT_EQ(f.points(), "100/200/0");
  EXPECT_EQ(f.units(), "1/1/0");
  EXPECT_EQ(f.state(kSecond), 0);
  EXPECT_EQ(f.hold(2, {kSecond, kFirst}), HoldStatus::gone);  // the first is the other order's
  EXPECT_EQ(f.state(kSecond), 0);
  EXPECT_EQ(f.hold(2, {kSecond}, 101), HoldStatus::gone);
  EXPECT_EQ(f.state(kSecond), 0);
  EXPECT_EQ(f.hold(2, {kSecond}, 100, 1), HoldStatus::held);
}

TEST(Hold, ARepeatTakesNothingMore) {
  Fixture f;
  EXPECT_EQ(f.hold(1, {kFirst}, 200, 1), HoldStatus::held);
  EXPECT_EQ(f.hold(1, {kFirst}, 200, 1), HoldStatus::held);
  EXPECT_EQ(f.points(), "100/200/0");
  EXPECT_EQ(f.db.count<api::facts::DiscountsHeld>(), 1);
}

TEST(Hold, OfSomeoneElsesCouponIsNone) {
  Fixture f;
  EXPECT_EQ(f.hold(1, {kBobs}), HoldStatus::gone);
  EXPECT_EQ(f.service.look({kAnn, {kFirst, kBobs}}).coupons,
            (std::vector<api::OwnCoupon>{{kFirst, kCoupon}}));
}

TEST(End, OfAPaidOrderUsesWhatItHoldsOnce) {
  Fixture f;
  f.hold(1, {kFirst}, 200, 1);
  for (int again = 0; again < 2; ++again)
    EXPECT_TRUE(f.service.on_order_paid({OrderId{1}, {}, {}, 3, {}}).done);
  EXPECT_EQ(f.points(), "100/0/200");
  EXPECT_EQ(f.units(), "1/0/1");
  EXPECT_EQ(f.state(kFirst), 2);
  EXPECT_EQ(f.db.count<api::facts::DiscountsEnded>(), 1);
}

TEST(End, OfAClosedOrderGivesItBackOnceAndToNobodyElse) {
  Fixture f;
  f.hold(1, {kFirst}, 200, 1);
  f.hold(2, {kSecond}, 100, 1);
  for (int again = 0; again < 2; ++again) EXPECT_TRUE(f.service.on_order_ended(OrderId{2}).done);
  EXPECT_EQ(f.state(kFirst), 1);
  EXPECT_EQ(f.state(kSecond), 0);
  EXPECT_EQ(f.points(), "100/200/0");
  EXPECT_EQ(f.units(), "1/1/0");
}

TEST(End, BeforeItWasHeldRefusesTheHoldThatComesLate) {
  Fixture f;
  EXPECT_TRUE(f.service.on_order_ended(OrderId{1}).done);
  EXPECT_EQ(f.hold(1, {kFirst}, 200, 1), HoldStatus::refused);
  EXPECT_EQ(f.state(kFirst), 0);
  EXPECT_EQ(f.points(), "300/0/0");
}

TEST(Designs, OfPromotionsWithOtherNamesAreNone) {
  EXPECT_EQ(make_holder("none"), nullptr);
  EXPECT_EQ(make_ender("none"), nullptr);
}

// Whatever comes in whatever order: nothing is lost, nothing is below zero.
RC_GTEST_PROP(Holdings, AddUp, ()) {
  Fixture f;
  const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange(1, 5)));
  for (const auto& [what, order] : steps) {
    if (what == 0) f.hold(order, order % 2 == 0 ? std::vector{kFirst} : std::vector<CouponId>{}, 100, 1);
    if (what == 1) f.service.on_order_paid({OrderId{order}, {}, {}, 3, {}});
    if (what == 2) f.service.on_order_ended(OrderId{order});
  }
  RC_ASSERT(f.db.number("select count(*) from points where available + frozen + spent <> granted or "
                        "available < 0 or frozen < 0") == 0);
  RC_ASSERT(f.db.number("select count(*) from promo_units where available + held + used <> quota or "
                        "available < 0 or held < 0") == 0);
}

// ---- in an order

order::Promotions promotions(Instant later = Instant::max()) {
  pricing::Rule coupon{kCoupon,
                       pricing::Group::shop_coupon,
                       pricing::Span::shop,
                       {},
                       true,
                       pricing::SpendOff{{500, {}}, {100, {}}}};
  pricing::Rule points{kPoints,
                       pricing::Group::points,
                       pricing::Span::order,
                       {},
                       false,
                       pricing::PointsAsCash{100, {100, {}}}};
  pricing::Rule mug{kMugAtEight, pricing::Group::item_price,       pricing::Span::line, {},
                    false,       pricing::StockPrice{{800, {}}, 1}};
  mug.scope.skus.push_back(SkuId{1});
  const auto book = [](std::int64_t version, std::vector<pricing::Rule> rules) {
    return *pricing::Rulebook::make(version, Currency{}, std::move(rules));
  };
  return {{{Instant{}, book(1, {coupon, points, mug})}, {later, book(2, {points})}}};
}

struct Counter : support::Shop {
  explicit Counter(Instant later = Instant::max()) : Shop({.promotions = promotions(later)}) {
    promotion_db.transact("fill", fill);
  }
  api::QuoteReply quote(std::vector<api::Line> lines, api::Discounts discounts) {
    return order.quote({kAnn, std::move(lines), std::move(discounts)});
  }
  api::PlaceReply ask(const std::string& key, std::vector<api::Line> lines, std::int64_t total,
                      api::Discounts discounts) {
    return place({kAnn, key, std::move(lines), {total, {}}, std::move(discounts)});
  }
};

TEST(Quote, TellsWhatItCostsAndWhatIsUsed) {
  Counter shop;
  const auto reply = shop.quote({{SkuId{1}, 3}}, {{kFirst, kSecond}, 500});
  // Two mugs at 8.00 and one at 10.00, one coupon of 1.00, and as many points as there are.
  EXPECT_EQ(reply.status, api::QuoteStatus::quoted);
  EXPECT_EQ(reply.total.minor, 2 * 800 + 1000 - 100 - 300);
  EXPECT_EQ(reply.used, (api::Discounts{{kFirst}, 300}));
  EXPECT_EQ(shop.quote({}, {}).status, api::QuoteStatus::invalid);
  EXPECT_EQ(shop.quote({{SkuId{1}, 1}}, {{kFirst, kFirst}, 0}).status, api::QuoteStatus::invalid);
  EXPECT_EQ(shop.quote({{SkuId{1}, 1}}, {{}, -1}).status, api::QuoteStatus::invalid);
}

TEST(Discounted, IsHeldPaidAndUsed) {
  Counter shop;
  const auto placed = shop.ask("k", {{SkuId{1}, 1}}, 600, {{kFirst}, 100});
  ASSERT_EQ(placed.status, PlaceStatus::placed);
  EXPECT_EQ(shop.promotion_db.number("select state from discount_hold"), 0);
  const auto reply = shop.pay(placed.order, api::PayMode::direct_debit);
  EXPECT_EQ(reply.status, api::PayStatus::captured);
  shop.run();
  EXPECT_EQ(shop.state(placed.order), OrderState::paid);
  EXPECT_EQ(shop.promotion_db.number("select spent from points where user_id = 7"), 100);
  EXPECT_EQ(shop.promotion_db.number("select used from promo_units"), 1);
  EXPECT_EQ(shop.promotion_db.number("select count(*) from coupon where state = 2"), 1);
  EXPECT_EQ(shop.order_db.number("select pay from order_line_price"), 600);
  EXPECT_EQ(shop.order_db.number("select sum(off) from order_discount"), 400);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST(Discounted, AnotherTotalIsRefusedWithTheOneOfNow) {
  Counter shop;
  const auto reply = shop.ask("k", {{SkuId{1}, 1}}, 1000, {{kFirst}, 100});
  EXPECT_EQ(reply.status, PlaceStatus::price_changed);
  EXPECT_EQ(reply.total.minor, 600);
  EXPECT_EQ(shop.promotion_db.number("select count(*) from discount_hold"), 0);
}

TEST(Discounted, WhatASecondOrderHasUsedIsGone) {
  Counter shop;
  ASSERT_EQ(shop.ask("one", {{SkuId{2}, 4}}, 900, {{kFirst}, 0}).status, PlaceStatus::placed);
  // Priced as if the coupon were free, as two devices do at one moment; the hold decides.
  shop.world.rpc_fault = [&](std::string_view service, std::string_view method) {
    if (service == "promotion" && method == "hold")
      shop.promotion_db.transact("stolen", [](env::Tx& tx) { take_coupon(tx, kSecond, kAnn, OrderId{99}); });
    return Fault::none;
  };
  const auto reply = shop.ask("two", {{SkuId{2}, 4}}, 900, {{kSecond}, 0});
  EXPECT_EQ(reply.status, PlaceStatus::discount_gone);
  EXPECT_EQ(reply.state, OrderState::rejected);
  EXPECT_EQ(shop.ask("two", {{SkuId{2}, 4}}, 900, {{kSecond}, 0}).status, PlaceStatus::discount_gone);
  shop.run();
  EXPECT_EQ(shop.inventory_db.number("select available from stock where sku = 2"), 96);
}

TEST(Discounted, GoesBackWithItsOrder) {
  Counter shop;
  const auto placed = shop.ask("k", {{SkuId{1}, 1}}, 600, {{kFirst}, 100});
  EXPECT_EQ(shop.cancel(placed.order), api::CancelStatus::cancelled);
  shop.run();
  EXPECT_EQ(shop.promotion_db.number("select count(*) from coupon where state <> 0"), 0);
  EXPECT_EQ(shop.promotion_db.number("select available from points where user_id = 7"), 300);
  EXPECT_EQ(shop.promotion_db.number("select available from promo_units"), 2);
}

TEST(Discounted, WithoutPromotionsIsInvalid) {
  support::Shop shop;
  EXPECT_EQ(shop.place({kAnn, "k", {{SkuId{1}, 1}}, {1000, {}}, api::Discounts{{kFirst}, 0}}).status,
            PlaceStatus::invalid);
  EXPECT_EQ(shop.order.quote({kAnn, {{SkuId{1}, 1}}, {}}).total.minor, 1000);
}

TEST(Discounted, NobodyWhoCanSayWhatIsLeftMeansNothingHappened) {
  Counter shop;
  shop.world.rpc_fault = [](std::string_view service, std::string_view method) {
    return service == "promotion" && method == "look" ? Fault::unreachable : Fault::none;
  };
  EXPECT_EQ(shop.ask("k", {{SkuId{1}, 1}}, 600, {{kFirst}, 100}).status, PlaceStatus::unavailable);
  EXPECT_EQ(shop.order_db.number("select count(*) from orders"), 0);
  EXPECT_EQ(shop.quote({{SkuId{1}, 1}}, {}).status, api::QuoteStatus::unavailable);
}

}  // namespace
}  // namespace ordeal::promotion

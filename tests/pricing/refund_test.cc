// What comes back: of units that are returned (F-44), and where the price falls after the order (A40).
#include "core/pricing/refund.h"

#include <gtest/gtest.h>

#include "tests/pricing/shop.h"

namespace ordeal::pricing {
namespace {

using namespace literals;
using enum Group;

constexpr Duration kDay = 24_h;
constexpr Protection kWeek{kDay * 7};
constexpr Instant kOrdered{1'000};

// 3 × 100.00 for 250.00: one unit that comes back is worth 83.33 or 83.34, though 满300减50 holds for two no more.
TEST(Refund, GivesBackWhatWasPaidForUnits) {
  const Quote quote =
      quoted({.lines = {line(1, yuan(100), 3)}},
             book({rule(1, shop_offer, Span::shop, SpendOff{.spend = yuan(300), .off = yuan(50)})}));
  PaidLine line = paid(quote.lines[0]);
  std::vector<std::int64_t> back;
  for (int unit = 0; unit < 3; ++unit) {
    back.push_back(refundable(line, 1, FreightBack::kept).money().minor);
    ++line.returned;
  }
  EXPECT_EQ(back, (std::vector<std::int64_t>{8333, 8333, 8334}));
  EXPECT_EQ(refundable(line, 0, FreightBack::kept).money(), fen(0));
}

// Freight and points lie on units, too: freight comes back where the shop says so, and never twice.
TEST(Refund, OfFreightAndPoints) {
  const PaidLine line{
      .sku = SkuId{1}, .units = 4, .goods = fen(1000), .freight = fen(10), .points = 6, .returned = 1};
  EXPECT_EQ(refundable(line, 2, FreightBack::returned), (Refund{fen(500), fen(5), 3}));
  EXPECT_EQ(refundable(line, 2, FreightBack::kept), (Refund{fen(500), fen(0), 3}));
  EXPECT_EQ(refundable(line, 3, FreightBack::returned), (Refund{fen(750), fen(8), 5}));
}

TEST(Refund, OfMoreUnitsThanThereAreIsAMistake) {
  const PaidLine line{.sku = SkuId{1}, .units = 3, .goods = fen(10), .freight = fen(0), .returned = 1};
  EXPECT_THROW((void)refundable(line, 3, FreightBack::kept), CheckFailed);
  EXPECT_THROW((void)refundable(line, -1, FreightBack::kept), CheckFailed);
}

TEST(Protection, OwesTheDifferenceWithinTheWindow) {
  const PaidLine line{.sku = SkuId{1}, .units = 2, .goods = yuan(180), .freight = yuan(6), .points = 9};
  struct Case {
    Duration after;
    std::int64_t unit_now;  // yuan
    std::optional<std::int64_t> owed;
    NotOwed why;
  };
  for (const Case& one : {Case{1_h, 80, 20, {}},
                          {Duration{}, 0, 180, {}},
                          {kDay * 7, 80, 20, {}},
                          {kDay * 7 + 1_ns, 80, {}, NotOwed::expired},
                          {-1_ns, 80, {}, NotOwed::expired},
                          {1_h, 90, {}, NotOwed::no_fall},
                          {1_h, 100, {}, NotOwed::no_fall}}) {
    const auto fall = price_fall(line, kOrdered, kOrdered + one.after, yuan(one.unit_now), kWeek);
    ASSERT_EQ(fall.ok(), one.owed.has_value()) << one.unit_now;
    if (fall.ok()) {
      EXPECT_EQ(fall->owed, yuan(*one.owed));
    } else {
      EXPECT_EQ(fall.error(), one.why);
    }
  }
}

// Only units that are kept count, a second fall counts from the first, and a refund gives back what is left.
TEST(Protection, AndRefundsAddUpToWhatWasPaid) {
  PaidLine line{.sku = SkuId{1}, .units = 3, .goods = yuan(100), .freight = yuan(6), .points = 10};
  const Refund one = refundable(line, 1, FreightBack::returned);
  EXPECT_EQ(one, (Refund{fen(3333), fen(200), 3}));
  ++line.returned;
  const auto first = price_fall(line, kOrdered, kOrdered + 1_h, yuan(30), kWeek);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->owed, fen(667));
  EXPECT_EQ(price_fall(first->rest, kOrdered, kOrdered + 2_h, yuan(30), kWeek).error(), NotOwed::no_fall);
  const auto second = price_fall(first->rest, kOrdered, kOrdered + 2_h, yuan(25), kWeek);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->owed, yuan(10));
  const Refund rest = refundable(second->rest, 2, FreightBack::returned);
  EXPECT_EQ(rest, (Refund{yuan(50), yuan(4), 7}));
  EXPECT_EQ(one.money() + first->owed + second->owed + rest.money(), yuan(106));
  PaidLine gone = second->rest;
  gone.returned = 2;
  EXPECT_EQ(price_fall(gone, kOrdered, kOrdered + 2_h, yuan(0), kWeek).error(), NotOwed::kept_none);
}

}  // namespace
}  // namespace ordeal::pricing

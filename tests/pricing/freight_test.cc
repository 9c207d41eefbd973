// Freight by weight, pieces, volume and address (A39).
#include <gtest/gtest.h>

#include "tests/pricing/shop.h"

namespace ordeal::pricing {
namespace {

using enum Group;
using Fen = std::vector<std::int64_t>;

FreightRow row(std::vector<std::string> regions, Measure measure, std::int64_t first, Money first_fee,
               std::int64_t next, Money next_fee, std::optional<Money> free_from = {}) {
  return {std::move(regions), measure, first, first_fee, next, next_fee, free_from};
}

FreightTemplate shop_sends(std::vector<FreightRow> rows, std::int64_t shop = 1) {
  return {RuleId{100 + shop}, MerchantId{shop}, std::move(rows)};
}

Line heavy(std::int64_t n, Money unit, std::int64_t units, std::int64_t grams, std::int64_t shop = 1) {
  Line made = line(n, unit, units, shop);
  made.grams = grams;
  return made;
}

// The first kilogram 8.00, each further begun 500 g 2.00.
TEST(Freight, ByWeightInBegunSteps) {
  const Rulebook by_weight = book({}, {shop_sends({row({""}, Measure::grams, 1000, yuan(8), 500, yuan(2))})});
  for (const auto& [grams, fee] :
       {std::array{0, 8}, {1, 8}, {1000, 8}, {1001, 10}, {1500, 10}, {1501, 12}, {3000, 16}}) {
    const Quote quote = quoted({.lines = {heavy(1, yuan(10), 1, grams)}, .destination = "310000"}, by_weight);
    EXPECT_EQ(quote.freight, yuan(fee)) << grams;
    EXPECT_EQ(quote.total, yuan(10 + fee)) << grams;
  }
}

TEST(Freight, ByPiecesAndVolume) {
  const Rulebook by_piece = book({}, {shop_sends({row({""}, Measure::pieces, 2, yuan(6), 3, yuan(1))})});
  for (const auto& [units, fee] : {std::array{1, 6}, {2, 6}, {3, 7}, {5, 7}, {6, 8}})
    EXPECT_EQ(quoted({.lines = {line(1, yuan(1), units)}, .destination = "1"}, by_piece).freight, yuan(fee))
        << units;
  const Rulebook by_volume = book({}, {shop_sends({row({""}, Measure::cm3, 1000, yuan(6), 1000, yuan(3))})});
  Line box = line(1, yuan(1), 3);
  box.cm3 = 700;
  EXPECT_EQ(quoted({.lines = {box}, .destination = "1"}, by_volume).freight, yuan(12));
}

// The longest beginning of the destination decides; where none fits the shop does not deliver.
TEST(Freight, ByAddress) {
  const Rulebook regions =
      book({}, {shop_sends({row({"31", "32"}, Measure::pieces, 1, yuan(5), 1, yuan(0)),
                            row({"3205"}, Measure::pieces, 1, yuan(7), 1, yuan(0)),
                            row({"65", "54"}, Measure::pieces, 1, yuan(25), 1, yuan(0))})});
  for (const auto& [where, fee] : {std::pair{"310104", 5}, {"320100", 5}, {"320506", 7}, {"540102", 25}})
    EXPECT_EQ(quoted({.lines = {line(1, yuan(1))}, .destination = where}, regions).freight, yuan(fee))
        << where;
  const auto refused = price({.lines = {line(1, yuan(1))}, .destination = "110101"}, regions);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error(), (BasketProblem{.fault = BasketFault::not_delivered, .shop = MerchantId{1}}));
}

// 满99包邮 looks at the goods where freight stands in the stacking: after coupons, before points.
TEST(Freight, FreeFromWhatIsStillToPay) {
  const std::vector<Rule> rules = {
      coupon_rule(1, shop_coupon, Span::shop, SpendOff{.spend = fen(0), .off = yuan(5)}),
      rule(2, points, Span::order, PointsAsCash{.points = 1, .worth = yuan(1)})};
  const std::vector<FreightTemplate> sends = {
      shop_sends({row({""}, Measure::pieces, 1, yuan(6), 1, yuan(0), yuan(99))})};
  const HeldCoupon coupon{CouponId{1}, RuleId{1}};
  const Rulebook usual = book(rules, sends);
  EXPECT_EQ(quoted({.lines = {line(1, fen(9'899))}, .destination = "1"}, usual).freight, yuan(6));
  EXPECT_EQ(quoted({.lines = {line(1, yuan(99))}, .destination = "1"}, usual).freight, yuan(0));
  EXPECT_EQ(quoted({.lines = {line(1, yuan(99))}, .points = 50, .destination = "1"}, usual).freight, yuan(0));
  EXPECT_EQ(quoted({.lines = {line(1, yuan(99))}, .coupons = {coupon}, .destination = "1"}, usual).freight,
            yuan(6));
  const Rulebook early = book(rules, sends, {{{freight}, {shop_coupon}, {points}}});
  EXPECT_EQ(quoted({.lines = {line(1, yuan(99))}, .coupons = {coupon}, .destination = "1"}, early).freight,
            yuan(0));
}

// Each shop sends one parcel; its fee lies on its lines by what was measured (I-22).
TEST(Freight, LiesOnTheLinesThatWeigh) {
  const Rulebook two = book({}, {shop_sends({row({""}, Measure::grams, 100, yuan(10), 100, yuan(0))}, 1),
                                 shop_sends({row({""}, Measure::pieces, 1, yuan(3), 1, yuan(0))}, 2)});
  const Quote quote = quoted({.lines = {heavy(4, yuan(1), 1, 0, 2), heavy(1, yuan(1), 1, 100),
                                        heavy(2, yuan(1), 2, 100), heavy(3, yuan(1), 1, 0)},
                              .destination = "1"},
                             two);
  Fen parts;
  for (const QuotedLine& one : quote.lines) parts.push_back(one.freight.minor);
  EXPECT_EQ(parts, (Fen{333, 667, 0, 300}));
  ASSERT_EQ(quote.parcels.size(), 2u);
  EXPECT_EQ(quote.parcels[0], (ParcelFee{RuleId{101}, MerchantId{1}, 300, yuan(10)}));
  // What weighs nothing still pays for its parcel: by pieces.
  const Quote light =
      quoted({.lines = {heavy(1, yuan(1), 1, 0), heavy(2, yuan(1), 3, 0)}, .destination = "1"}, two);
  EXPECT_EQ(light.lines[0].freight, fen(250));
  EXPECT_EQ(light.lines[1].freight, fen(750));
}

TEST(Freight, NobodySendsToWhoFetches) {
  const Rulebook none = book({});
  EXPECT_EQ(quoted({.lines = {line(1, yuan(1))}}, none).freight, yuan(0));  // A21
  const auto refused = price({.lines = {line(1, yuan(1))}, .destination = "1"}, none);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error(), (BasketProblem{.fault = BasketFault::no_template, .shop = MerchantId{1}}));
}

}  // namespace
}  // namespace ordeal::pricing

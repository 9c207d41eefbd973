// A quote is what the buyer agreed to, or it is refused (A36, A40, C9, I-20, F-41).
#include <functional>

#include <gtest/gtest.h>

#include "tests/pricing/shop.h"

namespace ordeal::pricing {
namespace {

using enum Group;

const Basket kBasket{.lines = {line(1, yuan(20), 3), line(2, yuan(100), 2)}};
const std::vector<Rule> kRules = {rule(1, item_price, Span::line, UnitRate{.pays = {8, 10}})};

TEST(Confirm, TakesWhatTheBuyerSaw) {
  const Quote now = quoted(kBasket, book(kRules));
  const auto by_both = confirm(now, {now.total, now.digest});
  ASSERT_TRUE(by_both.ok());
  EXPECT_EQ(*by_both, now);
  EXPECT_TRUE(confirm(now, {yuan(208), {}}).ok());
}

// Dearer or cheaper: it is refused, with the quote of now. Nothing is taken silently.
TEST(Confirm, RefusesEveryOtherTotalWithTheNewQuote) {
  const Quote now = quoted(kBasket, book(kRules));
  for (const Money shown :
       {fen(20'799), fen(20'801), yuan(260), fen(0), fen(-20'800), Money{20'800, *Currency::parse("USD")}}) {
    const auto refused = confirm(now, {shown, {}});
    ASSERT_FALSE(refused.ok()) << shown.text();
    EXPECT_EQ(refused.error().now, now);
  }
}

// The same total of other parts is another quote: here a coupon would be spent where an offer was shown.
TEST(Confirm, RefusesOtherPartsOfOneTotal) {
  const Quote shown = quoted(kBasket, book(kRules));
  Basket with_coupon = kBasket;
  with_coupon.coupons = {{CouponId{1}, RuleId{2}}};
  const Quote now =
      quoted(with_coupon,
             book({coupon_rule(2, item_coupon, Span::order, SpendOff{.spend = fen(0), .off = yuan(52)})}));
  ASSERT_EQ(now.total, shown.total);
  EXPECT_FALSE(confirm(now, {shown.total, shown.digest}).ok());
  EXPECT_TRUE(confirm(now, {shown.total, {}}).ok());
}

// Every part of what the buyer agrees to is in the digest.
TEST(Digest, SeesEveryPart) {
  Quote quote = quoted(kBasket, book(kRules));
  ASSERT_EQ(digest_of(quote), quote.digest);
  const std::vector<std::function<void(Quote&)>> changes = {
      [](Quote& q) { q.lines[0].sku.value = 9; },
      [](Quote& q) { q.lines[0].shop.value = 9; },
      [](Quote& q) { q.lines[0].units = 9; },
      [](Quote& q) { q.lines[0].unit.minor = 9; },
      [](Quote& q) { q.lines[0].discounts[0].rule.value = 9; },
      [](Quote& q) { q.lines[0].discounts[0].coupon.value = 9; },
      [](Quote& q) { q.lines[0].discounts[0].off.minor = 9; },
      [](Quote& q) { q.lines[0].discounts.clear(); },
      [](Quote& q) { q.lines[0].pay.minor = 9; },
      [](Quote& q) { q.lines[1].freight.minor = 9; },
      [](Quote& q) { q.lines[1].points = 9; },
      [](Quote& q) { q.lines[0].discounts[0].promo_units = 9; },
      [](Quote& q) { q.lines.pop_back(); },
      [](Quote& q) { q.freight.minor = 9; },
      [](Quote& q) { q.total.minor = 9; },
      [](Quote& q) { q.total.currency = *Currency::parse("USD"); },
      [](Quote& q) { q.points = 9; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Quote other = quote;
    changes[i](other);
    EXPECT_NE(digest_of(other), quote.digest) << i;
  }
}

// Nothing that leaves the buyer's side as it is makes them agree again: rules for others, a stock that went down.
TEST(Digest, DoesNotSeeWhatChangesNothing) {
  std::vector<Rule> more = kRules;
  more.push_back(rule(5, member_level, Span::line, MemberRate{.level_at_least = 1, .pays = {5, 10}}));
  Basket later = kBasket;
  for (Line& line : later.lines) line.stock = 77;
  const Quote before = quoted(kBasket, book(kRules));
  const auto second = Rulebook::make(8, {}, more);
  ASSERT_TRUE(second.ok());
  const Quote after = quoted(later, *second);
  EXPECT_EQ(before.rules_version, 7);
  EXPECT_EQ(after.rules_version, 8);
  EXPECT_EQ(before.digest, after.digest);
}

}  // namespace
}  // namespace ordeal::pricing

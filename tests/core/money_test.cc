#include "core/base/money.h"

#include <cstdlib>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/base/check.h"

namespace ordeal {
namespace {

__extension__ using Wide = __int128;

// I-22: the parts add up, and each is within one minor unit of its ideal share.
RC_GTEST_PROP(Money, AllocationLosesNothing, ()) {
  const Money total{*rc::gen::inRange<std::int64_t>(-Money::kMaxMinor, Money::kMaxMinor), {}};
  const auto weights = *rc::gen::suchThat(
      rc::gen::nonEmpty(
          rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 1'000'000))),
      [](const auto& list) { return std::accumulate(list.begin(), list.end(), std::int64_t{0}) > 0; });
  const auto parts = allocate(total, weights);
  RC_ASSERT(parts.size() == weights.size());
  const std::int64_t sum_of_weights = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sum += parts[i].minor;
    const Wide distance = Wide{parts[i].minor} * sum_of_weights - Wide{total.minor} * weights[i];
    RC_ASSERT((distance < 0 ? -distance : distance) < sum_of_weights);
    if (weights[i] == 0) RC_ASSERT(parts[i].minor == 0);
  }
  RC_ASSERT(sum == total.minor);
}

TEST(Money, TiesGoToTheEarlierPart) {
  const std::vector<std::int64_t> thirds{1, 1, 1};
  const auto parts = allocate({100, {}}, thirds);
  EXPECT_EQ(parts[0].minor, 34);
  EXPECT_EQ(parts[1].minor, 33);
  EXPECT_EQ(parts[2].minor, 33);
}

TEST(Money, PortionIsTheFloor) {
  EXPECT_EQ(portion({1000, {}}, 6, 1000).minor, 6);
  EXPECT_EQ(portion({999, {}}, 6, 1000).minor, 5);
  EXPECT_EQ(portion({1, {}}, 6, 1000).minor, 0);
}

RC_GTEST_PROP(Money, TextRoundTrips, ()) {
  const Money amount{*rc::gen::inRange<std::int64_t>(-Money::kMaxMinor, Money::kMaxMinor),
                     *Currency::parse(*rc::gen::element("CNY", "USD", "EUR", "GBP", "HKD", "JPY", "KWD"))};
  RC_ASSERT(Money::parse(amount.text()) == amount);
}

// ISO 4217: the yen has no minor digits, the dinar of Kuwait three.
TEST(Money, HasTheDigitsOfItsCurrency) {
  EXPECT_EQ((Money{1'234, *Currency::parse("JPY")}).text(), "1234 JPY");
  EXPECT_EQ((Money{-5, *Currency::parse("KWD")}).text(), "-0.005 KWD");
  EXPECT_EQ(Money::parse("0 JPY"), (Money{0, *Currency::parse("JPY")}));
  EXPECT_EQ(Money::parse("3 KWD"), (Money{3'000, *Currency::parse("KWD")}));
  for (const char* text : {"1.00 JPY", "1. JPY", "1.00 KWD", "1.0000 KWD", ".500 KWD"})
    EXPECT_EQ(Money::parse(text), std::nullopt) << text;
}

TEST(Money, RejectsOtherForms) {
  for (const char* text :
       {"", "1", "1 XXX", "1.2 CNY", "1.234 CNY", ".50 CNY", "+1 CNY", "1e3 CNY", "1,00 CNY"}) {
    EXPECT_EQ(Money::parse(text), std::nullopt) << text;
  }
}

TEST(Money, MixedCurrenciesAndOverflowAreProgrammerErrors) {
  EXPECT_THROW((void)(Money{1, {}} + Money{1, *Currency::parse("USD")}), CheckFailed);
  EXPECT_THROW((void)(Money{INT64_MAX, {}} + Money{1, {}}), CheckFailed);
  EXPECT_THROW((void)(Money{INT64_MAX, {}} * 2), CheckFailed);
}

}  // namespace
}  // namespace ordeal

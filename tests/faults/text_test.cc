#include "faults/text.h"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "faults/plan/plan.h"
#include "faults/suggest.h"

namespace ordeal::faults {
namespace {

TEST(Text, DurationsReadAsPeopleWriteThem) {
  EXPECT_EQ(text(Duration{90 * 60'000'000'000}), "1h30m");
  EXPECT_EQ(text(Duration{250'000'000}), "250ms");
  EXPECT_EQ(text(Duration{5'000}), "5us");
  EXPECT_EQ(text(Duration{7}), "7ns");
  EXPECT_EQ(text(Duration{0}), "0s");
  EXPECT_EQ(text(Duration{-2'000'000'000}), "-2s");
  EXPECT_EQ(text(Duration::max()), "never");
  EXPECT_EQ(*parse_duration("2d"), Duration{2 * 86'400'000'000'000});
  EXPECT_EQ(*parse_duration("90m"), *parse_duration("1h30m"));
}

RC_GTEST_PROP(Text, DurationSurvivesTheRoundTrip, (std::int64_t ns)) {
  RC_ASSERT(parse_duration(text(Duration{ns})).value() == Duration{ns});
}

TEST(Text, TheEndsOfTheRangeSurviveToo) {
  for (const std::int64_t ns : {INT64_MIN, INT64_MIN + 1, INT64_MAX - 1, INT64_MAX}) {
    EXPECT_EQ(parse_duration(text(Duration{ns})).value(), Duration{ns});
  }
}

TEST(Text, WrongDurationsSayWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "empty"},
      {"-", "empty"},
      {"30", "unit is missing"},
      {"m", "number"},
      {"30min", "\"min\""},
      {"1m1h", "large to small"},
      {"1h1h", "large to small"},
      {"1.5h", "\".\""},
      {"99999999999999h", "292 years"},
      {" 3s", "number"},
      {"3 s", "\" s\""},
      {"9223372036854775807ns", "292 years"},
  };
  for (const auto& [wrong, why] : table) {
    const auto result = parse_duration(wrong);
    ASSERT_FALSE(result.ok()) << wrong;
    EXPECT_NE(result.error().find(why), std::string::npos) << result.error();
  }
}

RC_GTEST_PROP(Text, RatioSurvivesTheRoundTrip, (std::int64_t num)) {
  const Ratio ratio{num, *rc::gen::positive<std::int64_t>()};
  RC_ASSERT(parse_ratio(text(ratio)).value() == ratio);
}

TEST(Text, WrongRatiosSayWhatIsWrong) {
  for (const char* wrong : {"", "0.03", "3%", "3/0", "3/-1", "a/b", "1/2/3", "2"}) {
    EXPECT_FALSE(parse_ratio(wrong).ok()) << wrong;
  }
  EXPECT_FALSE(is_probability({3, 2}));
  EXPECT_FALSE(is_probability({-1, 2}));
  EXPECT_TRUE(is_probability({2, 2}));
}

TEST(Suggest, FindsTheNearestWordOrNone) {
  const std::vector<std::string_view> known{"message_loss", "message_delay", "host_crash"};
  EXPECT_EQ(nearest("mesage_loss", known), "message_loss");
  EXPECT_EQ(nearest("host_crahs", known), "host_crash");
  EXPECT_EQ(nearest("banana", known), std::nullopt);
  EXPECT_EQ(nearest("HOST_CRASH", known), "host_crash");
  EXPECT_EQ(nearest("host_crash", known), std::nullopt) << "then something else is wrong";
  constexpr std::array<std::string_view, 3> kNames{"I-10 no-oversell", "stock.gate=row_lock", "flash_sale"};
  EXPECT_EQ(nearest("no-oversell", kNames), "I-10 no-oversell");
  EXPECT_EQ(nearest("i-10", kNames), "I-10 no-oversell");
  EXPECT_EQ(nearest("row_lock", kNames), "stock.gate=row_lock");
  EXPECT_EQ(nearest("flash", kNames), "flash_sale");
  EXPECT_EQ(nearest("fl", kNames), std::nullopt);
  EXPECT_EQ(edit_distance("ab", "ba"), 1u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
}

TEST(Plan, FilePatternsMatchWholeNames) {
  EXPECT_TRUE(matches("", "order.db"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*.db-wal", "order.db-wal"));
  EXPECT_TRUE(matches("o*r*", "order.db"));
  EXPECT_FALSE(matches("order", "order.db"));
  EXPECT_FALSE(matches("*.db", "order.db-wal"));
}

}  // namespace
}  // namespace ordeal::faults

// Columns on a terminal, and the breaking of lines.
#include "reports/layout.h"

#include <gtest/gtest.h>

namespace ordeal::reports {
namespace {

using Lines = std::vector<std::string>;

TEST(Layout, WidthIsWhatATerminalShows) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("teapot"), 6U);
  EXPECT_EQ(display_width("✗ ⚡ é …"), 7U);
  EXPECT_EQ(display_width("e\xCC\x81"), 1U) << "a combining accent";
  EXPECT_EQ(display_width("茶壶"), 4U);
  EXPECT_EQ(display_width("\xFF\xC3"), 2U) << "bytes that are no text";
}

TEST(Layout, LinesBreakAtSpaces) {
  EXPECT_EQ(wrapped("ann orders a teapot", 10), (Lines{"ann orders", "a teapot"}));
  EXPECT_EQ(wrapped("ann orders a teapot", 80), (Lines{"ann orders a teapot"}));
  EXPECT_EQ(wrapped("", 10), (Lines{""}));
  EXPECT_EQ(wrapped("茶壶 茶壶 茶壶", 9), (Lines{"茶壶 茶壶", "茶壶"}));
}

TEST(Layout, AWordThatIsTooLongIsBrokenWhereItMustBe) {
  EXPECT_EQ(wrapped("a callbacks-have-one-effect", 10), (Lines{"a", "callbacks-", "have-one-e", "ffect"}));
  EXPECT_EQ(wrapped("茶壶", 3), (Lines{"茶", "壶"}));
  EXPECT_EQ(wrapped("ab", 0), (Lines{"a", "b"}));
}

// Text without blanks is broken anywhere but where a reader would stumble.
TEST(Layout, ChineseBreaksBetweenCharactersButNotBeforeAFullStopOrBehindABracket) {
  EXPECT_EQ(wrapped("先查库存，再扣减", 10), (Lines{"先查库存，", "再扣减"}));
  EXPECT_EQ(wrapped("先查库存，再扣减", 8), (Lines{"先查库", "存，再扣", "减"}));
  EXPECT_EQ(wrapped("一件（最后）货", 6), (Lines{"一件", "（最", "后）货"}));
  EXPECT_EQ(wrapped("用 update 语句", 8), (Lines{"用", "update", "语句"}));
}

TEST(Layout, NoLineIsWiderThanAsked) {
  const std::string text = "wechat's book of 2026-01-01 has 1, the statement that was believed has 0 茶壶";
  for (std::size_t width = 2; width < 90; ++width) {
    for (const std::string& line : wrapped(text, width)) EXPECT_LE(display_width(line), width) << line;
  }
}

}  // namespace
}  // namespace ordeal::reports

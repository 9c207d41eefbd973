// The mornings after: what the channel's statements bring, and what becomes of those that are late, broken or a lie.
// Every story also passes all invariants, I-91 among them.
#include <gtest/gtest.h>

#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Played;

constexpr Duration hours(std::int64_t n) { return minutes(60 * n); }
// Half past eleven in the evening at the channel, so its mornings of the two days come after this.
constexpr Duration kFirstMorning = minutes(10 * 60 + 30);
constexpr Duration kSecondMorning = kFirstMorning + hours(24);

Shop late_shop(const std::string& channel = "wechat") {
  Shop shop = small_shop();
  shop.frame.start = shop.frame.start + minutes(15 * 60 + 30);
  shop.frame.storm = hours(40);
  shop.frame.settle_bound = hours(72);
  shop.frame.designs["payment.statements"] = "daily";
  shop.pays_by(channel);
  shop.shopping.shoppers = 6;
  shop.shopping.arrive.until = minutes(55);
  return shop;
}

std::int64_t accepted(const Played& day) { return day.counts.at("statements"); }

TEST(Statements, OfBothDaysAreReadOnTheirMornings) {
  for (const char* channel : {"wechat", "alipay"}) {
    Story story(late_shop(channel));
    const Played& day = story.play();
    EXPECT_TRUE(clean(day)) << channel;
    EXPECT_EQ(accepted(day), 2) << channel;
    EXPECT_EQ(mark(day, "statement believed"), 2u) << channel;
    EXPECT_EQ(day.counts.at("captures"), 6) << channel;
  }
}

TEST(Statements, AreNotReadUnlessTheDesignSaysSo) {
  Story story(late_shop());
  const Played& day = story.design("payment.statements", "none").play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(accepted(day), 0);
}

// Paid at the cashier, with nobody to be asked until the morning.
Story& silent_until(Story& story, std::initializer_list<Duration> openings) {
  story.everybody_pays_late(minutes(5), minutes(10));
  story.shop().shopping.arrive.until = minutes(1);
  Duration from = minutes(4);
  for (const Duration opening : openings) {
    story.fault(faults::MessageLoss{Ratio::one()},
                {{}, {"payment-1"}, {story.shop().channels.front().first}, {}}, from, opening - seconds(10));
    from = opening + seconds(10);
  }
  return story;
}

// L-38, I-42: no callback, no query, the order closed long ago; the statement tells, and the money goes back.
TEST(Statements, TellOfMoneyThatNothingElseToldOf) {
  for (const char* channel : {"wechat", "alipay"}) {
    Story story(late_shop(channel));
    const Played& day =
        silent_until(story.shoppers(1), {kFirstMorning}).fork("callback start", "never").play();
    EXPECT_TRUE(clean(day)) << channel;
    EXPECT_EQ(mark(day, "capture found by statement"), 1u) << channel;
    EXPECT_EQ(day.counts.at("captures"), 1) << channel;
    EXPECT_EQ(day.counts.at("refunds"), 1) << channel;
  }
}

// The line stands on the day on which the refund was taken on, and proves nothing; Alipay's file does not say.
TEST(Statements, TellOfRefundsThatAreStillOnTheirWay) {
  for (const char* channel : {"wechat", "alipay"}) {
    Story story(late_shop(channel));
    story.fork("statement", "refunds_in_process").fork("callback start", "never");
    const Played& day = silent_until(story.shoppers(1), {kFirstMorning}).play();
    EXPECT_TRUE(clean(day)) << channel;
    EXPECT_EQ(day.counts.at("refunds"), 1) << channel;
    EXPECT_EQ(mark(day, "statement line of a refund in process"), channel == std::string("wechat") ? 1u : 0u);
  }
}

TEST(Statements, OneThatWasCutOffTellsAnHourLater) {
  Story story(late_shop());
  story.fault(faults::ForkTaken{"statement", "truncated", Ratio::one()}, {}, hours(10), hours(11));
  story.fork("callback start", "never");
  const Played& day = silent_until(story.shoppers(1), {kFirstMorning, kFirstMorning + hours(1)}).play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(mark(day, "statement truncated"), 1u);
  EXPECT_EQ(mark(day, "capture found by statement"), 1u);
  EXPECT_EQ(day.counts.at("captures"), 1);
}

// F-74: a callback that gets through only after the repair.
TEST(Statements, ARepairAndALateCallbackAreOneCapture) {
  Story story(late_shop());
  silent_until(story.shoppers(1), {kFirstMorning})
      .cut_off("gateway-1", minutes(4), kFirstMorning + minutes(1));
  const Played& day = story.play();
  EXPECT_TRUE(clean(day));
  EXPECT_EQ(day.counts.at("captures"), 1);
  EXPECT_EQ(mark(day, "capture found by statement"), 1u);
  EXPECT_EQ(mark(day, "callback duplicate acknowledged"), 1u);
}

struct Way {
  const char* way;
  const char* leaves;
};

TEST(Statements, WhateverIsWrongWithThemTheyAreReadInTheEnd) {
  constexpr Way kWays[] = {
      {"late", "statement not ready"},           {"empty", "empty statement of a day with money"},
      {"duplicated", "statement line repeated"}, {"duplicated", "statement totals differ"},
      {"truncated", "statement truncated"},      {"day_before", "empty statement of a day with money"}};
  for (const char* channel : {"wechat", "alipay"}) {
    for (const Way& one : kWays) {
      Story story(late_shop(channel));
      const Played& day = story.fork("statement", one.way).play();
      EXPECT_TRUE(clean(day)) << channel << " " << one.way;
      EXPECT_EQ(accepted(day), 2) << channel << " " << one.way;
      EXPECT_EQ(mark(day, "payment missing at the channel"), 0u) << channel << " " << one.way;
      // On its first day WeChat's file of the day before is no file, and Alipay's says whose it is.
      const bool says_its_day =
          std::string_view(one.way) == "day_before" && std::string_view(channel) == "alipay";
      EXPECT_GT(mark(day, says_its_day ? "statement of another day" : one.leaves), 0u)
          << channel << " " << one.way;
    }
  }
}

// In the wild: an empty file, and all own payments become a loss.
TEST(Statements, BelievedBlindlyMakeOwnMoneyMissing) {
  Story story(late_shop());
  const Played& day = story.flaw("F-81").fork("statement", "empty").play();
  EXPECT_TRUE(found(day, "I-91 statements-are-whole"));
  EXPECT_GT(mark(day, "payment missing at the channel"), 0u);
}

TEST(Statements, BelievedBlindlyHideWhatWasCutOff) {
  Story story(late_shop());
  const Played& day = story.flaw("F-81").fork("statement", "truncated").play();
  EXPECT_TRUE(found(day, "I-91 statements-are-whole"));
}

TEST(Statements, SurviveCrashesWhileTheyAreRead) {
  faults::HostCrash crash;
  crash.rate = {1, 3};
  crash.restart_after_min = seconds(1);
  crash.restart_after_max = seconds(20);
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Story story(late_shop());
    story.fault(crash, {.hosts = {"payment-1", "wechat"}, .from = {}, .to = {}, .file = {}}, hours(10),
                hours(40));
    story.fault(faults::ForkTaken{"statement", "duplicated", {1, 2}});
    story.fork("callback start", "never");
    const Played& day = silent_until(story.shoppers(3), {kFirstMorning}).play(seed);
    EXPECT_TRUE(clean(day)) << "seed " << seed;
    EXPECT_GT(day.fired.size(), 0u);
  }
}

// F-72: the day of a trade is cut by the channel's clock, whatever ours says.
TEST(Statements, DaysAreCutByTheChannelsClock) {
  for (const std::int64_t by : {-9, 9}) {
    for (const char* host : {"wechat", "payment-1"}) {
      Story story(late_shop());
      story.fault(faults::ClockOffset{minutes(by)}, {.hosts = {host}, .from = {}, .to = {}, .file = {}}, {},
                  kSecondMorning);
      const Played& day = story.shoppers(10).play();
      EXPECT_TRUE(clean(day)) << host << by;
      EXPECT_EQ(mark(day, "payment missing at the channel"), 0u) << host << by;
    }
  }
}

}  // namespace
}  // namespace ordeal::test

// Days and times of a channel, where clocks stay as they are and where they change for the summer.
#include "core/channel/day.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace ordeal::channel {
namespace {

using namespace literals;

constexpr Zone kChina{8_h};
constexpr Zone kUtc{};
constexpr Zone kBerlin{1_h, Summer::european};
constexpr Zone kLisbon{0_h, Summer::european};
constexpr Zone kAzores{Duration{} - 1_h, Summer::european};
constexpr Zone kNewYork{Duration{} - 5_h, Summer::american};
const Day kDay = *Day::parse("2026-01-01");

Instant utc(std::string_view text) { return *parse_time(text, kUtc); }

TEST(Day, IsCutInTheChannelsZone) {
  const Instant midnight = begin_of(kDay, kChina);
  EXPECT_EQ(midnight.ns, 1'767'196'800'000'000'000);  // 2025-12-31T16:00:00Z
  EXPECT_EQ(day_at(midnight, kChina), kDay);
  EXPECT_EQ(day_at(midnight - 1_ns, kChina).text(), "2025-12-31");
  EXPECT_EQ(day_at(midnight, kUtc).text(), "2025-12-31");
  EXPECT_EQ(day_at(Instant{-1}, kUtc).text(), "1969-12-31");
  EXPECT_EQ(kDay.next().text(), "2026-01-02");
}

TEST(Day, ReadsOnlyWhatItWrites) {
  EXPECT_EQ(Day::parse("2024-02-29")->text(), "2024-02-29");
  for (const char* text :
       {"", "2026-1-01", "2026-02-29", "2026-13-01", "2026-00-10", "2026/01/01", "2026-01-01 "})
    EXPECT_EQ(Day::parse(text), std::nullopt) << text;
  const Instant at = begin_of(kDay, kChina) + 23_h + 59_min + 59_s;
  EXPECT_EQ(time_text(at + 999_ms, kChina), "2026-01-01 23:59:59");
  EXPECT_EQ(parse_time("2026-01-01 23:59:59", kChina), at);
  EXPECT_EQ(parse_time("2026-01-01 23:59:59+08:00", kChina), at);
  for (const char* text : {"2026-01-01", "2026-01-01 24:00:00", "2026-01-01T23:59:59", "2026-01-01 23:60:00",
                           "2026-01-01 23:59:59Z", "2026-01-01 23:59:59+07:00", "2026-01-01 23:59:59+08",
                           "2026-01-01 23:59:59 +08:00"})
    EXPECT_EQ(parse_time(text, kChina), std::nullopt) << text;
}

TEST(Summer, BeginsAndEndsWhenTheRuleSays) {
  struct Case {
    Zone zone;
    const char* before;  // UTC
    std::int64_t hours_before, hours_after;
  };
  for (const Case& one : {Case{kBerlin, "2026-03-29 00:59:59", 1, 2},
                          {kBerlin, "2026-10-25 00:59:59", 2, 1},
                          {kLisbon, "2026-03-29 00:59:59", 0, 1},
                          {kAzores, "2026-10-25 00:59:59", 0, -1},
                          {kBerlin, "2027-03-28 00:59:59", 1, 2},
                          {kBerlin, "2027-10-31 00:59:59", 2, 1},
                          {kNewYork, "2026-03-08 06:59:59", -5, -4},
                          {kNewYork, "2026-11-01 05:59:59", -4, -5},
                          {kNewYork, "2027-03-14 06:59:59", -5, -4},
                          {kChina, "2026-03-29 00:59:59", 8, 8}}) {
    EXPECT_EQ(offset_at(utc(one.before), one.zone), 1_h * one.hours_before) << one.before;
    EXPECT_EQ(offset_at(utc(one.before) + 1_s, one.zone), 1_h * one.hours_after) << one.before;
  }
}

TEST(Summer, MakesADayOf23HoursAndOneOf25) {
  const auto length = [](const char* day, Zone zone) {
    return begin_of(Day::parse(day)->next(), zone) - begin_of(*Day::parse(day), zone);
  };
  EXPECT_EQ(length("2026-03-29", kBerlin), 23_h);
  EXPECT_EQ(length("2026-10-25", kBerlin), 25_h);
  EXPECT_EQ(length("2026-10-24", kBerlin), 24_h);
  EXPECT_EQ(length("2026-10-26", kBerlin), 24_h);
  EXPECT_EQ(length("2026-03-08", kNewYork), 23_h);
  EXPECT_EQ(length("2026-11-01", kNewYork), 25_h);
  EXPECT_EQ(length("2026-03-29", kAzores), 23_h);  // clocks jump at its midnight
  EXPECT_EQ(length("2026-10-25", kAzores), 25_h);
  EXPECT_EQ(length("2026-03-29", kChina), 24_h);
  EXPECT_EQ(begin_of(*Day::parse("2026-10-26"), kBerlin), utc("2026-10-25 23:00:00"));
  EXPECT_EQ(time_text(begin_of(*Day::parse("2026-03-29"), kAzores), kAzores), "2026-03-29 01:00:00");
}

TEST(Summer, HasATimeTwiceAndOneNotAtAll) {
  const Instant first = utc("2026-10-25 00:30:00");
  EXPECT_EQ(time_text(first, kBerlin), "2026-10-25 02:30:00");
  EXPECT_EQ(time_text(first + 1_h, kBerlin), "2026-10-25 02:30:00");
  EXPECT_EQ(parse_time("2026-10-25 02:30:00", kBerlin), first);
  EXPECT_EQ(parse_time("2026-10-25 02:30:00+02:00", kBerlin), first);
  EXPECT_EQ(parse_time("2026-10-25 02:30:00+01:00", kBerlin), first + 1_h);
  EXPECT_EQ(parse_time("2026-10-25 03:00:00", kBerlin), first + 90_min);
  EXPECT_EQ(parse_time("2026-10-25 03:00:00+02:00", kBerlin), std::nullopt);
  EXPECT_EQ(parse_time("2026-10-24 02:30:00+01:00", kBerlin), std::nullopt);

  EXPECT_EQ(time_text(utc("2026-03-29 00:59:59"), kBerlin), "2026-03-29 01:59:59");
  EXPECT_EQ(time_text(utc("2026-03-29 01:00:00"), kBerlin), "2026-03-29 03:00:00");
  for (const char* text : {"2026-03-29 02:00:00", "2026-03-29 02:30:00", "2026-03-29 02:59:59",
                           "2026-03-29 02:30:00+01:00", "2026-03-29 02:30:00+02:00"})
    EXPECT_EQ(parse_time(text, kBerlin), std::nullopt) << text;
  EXPECT_EQ(parse_time("2026-03-08 02:30:00", kNewYork), std::nullopt);
  EXPECT_EQ(parse_time("2026-11-01 01:30:00", kNewYork), utc("2026-11-01 05:30:00"));
}

Zone any_zone() { return *rc::gen::element(kChina, kUtc, kBerlin, kLisbon, kAzores, kNewYork); }

// Half of them near a change of the clocks.
Instant any_time() {
  const Instant at = utc("2020-01-01 00:00:00") + 1_s * *rc::gen::inRange<std::int64_t>(0, 10 * 365 * 86'400);
  const Instant change = utc(*rc::gen::element("2026-03-29 01:00:00", "2026-10-25 01:00:00",
                                               "2026-03-08 07:00:00", "2026-11-01 06:00:00"));
  return *rc::gen::arbitrary<bool>() ? at : change + 1_s * *rc::gen::inRange<std::int64_t>(-100'000, 100'000);
}

RC_GTEST_PROP(DayLaws, DaysPartitionTime, ()) {
  const Zone zone = any_zone();
  const Instant at = any_time();
  const Day day = day_at(at, zone);
  RC_ASSERT(begin_of(day, zone) <= at);
  RC_ASSERT(at < begin_of(day.next(), zone));
  RC_ASSERT(day_at(begin_of(day, zone), zone) == day);
  RC_ASSERT(day_at(begin_of(day, zone) - 1_ns, zone).next() == day);
}

// Of the doubled hour it is the first one, and the other one with its offset.
RC_GTEST_PROP(DayLaws, WhatIsWrittenIsRead, ()) {
  const Zone zone = any_zone();
  const Instant at = any_time();
  const std::string text = time_text(at, zone);
  const auto back = parse_time(text, zone);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == at || *back == at - 1_h);
  RC_ASSERT(parse_time(text + offset_text(at, zone), zone) == at);
  if (*back == at) return;
  RC_ASSERT(time_text(*back, zone) == text);
  RC_ASSERT(offset_at(*back, zone) == zone.standard + 1_h);
  RC_ASSERT(offset_at(at, zone) == zone.standard);
}

}  // namespace
}  // namespace ordeal::channel

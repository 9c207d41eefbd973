// Footprints, on traces written by hand: what belongs to one, when two have nothing to do with each other, and that
// sums of independent faults add up.
#include "faults/search/footprint.h"

#include <gtest/gtest.h>

namespace ordeal::faults {
namespace {

using sim::EventKind;
using Span = Footprint::Span;
using Records = std::vector<sim::TraceRecord>;

constexpr std::int64_t kSecond = 1'000'000'000;

sim::TraceRecord at(std::int64_t seconds, sim::HostId host, EventKind kind, std::uint64_t payload = 0) {
  return {seconds * kSecond, 1, payload, host, kind, "", ""};
}

SiteAsked step(std::int64_t seconds, sim::HostId host) {
  SiteAsked site{"before commit", 0, Question::stepping, host, seconds * kSecond, {}};
  return site;
}

std::vector<Span> in_seconds(std::vector<Span> spans) {
  for (Span& span : spans) span = {span.host, span.from_ns / kSecond, span.to_ns / kSecond};
  return spans;
}

TEST(Footprint, IsWhatOnlyOneOfTheTwoTrialsHas) {
  const Records clean{at(1, 0, EventKind::message_sent), at(2, 1, EventKind::message_delivered),
                      at(60, 0, EventKind::fact)};
  const Records struck{at(1, 0, EventKind::message_sent), at(30, 1, EventKind::message_delivered),
                       at(60, 0, EventKind::fact)};
  const Footprint found = footprint(clean, struck, step(1, 0), act::Delay{});
  EXPECT_EQ(in_seconds(found.spans), (std::vector<Span>{{0, 1, 1}, {1, 2, 2}, {1, 30, 30}}));
  EXPECT_TRUE(found.restarts.empty());
}

TEST(Footprint, EventsOfOneHostCloseTogetherAreOneSpan) {
  const Records struck{at(5, 0, EventKind::fact), at(14, 0, EventKind::fact), at(40, 0, EventKind::fact)};
  const Footprint found = footprint({}, struck, step(5, 0), act::Drop{});
  EXPECT_EQ(in_seconds(found.spans), (std::vector<Span>{{0, 5, 14}, {0, 40, 40}}));
}

TEST(Footprint, AHostIsTouchedWhileItIsDownFrozenOrStalled) {
  const Records down{at(5, 2, EventKind::host_down), at(35, 2, EventKind::host_up)};
  const Footprint crash = footprint({}, down, step(5, 2), act::Crash{});
  EXPECT_EQ(in_seconds(crash.spans), (std::vector<Span>{{2, 5, 35}}));
  EXPECT_EQ(crash.restarts, std::vector<sim::HostId>{2});
  const Records frozen{at(5, 2, EventKind::host_frozen), at(35, 2, EventKind::host_thawed)};
  const Footprint freeze = footprint({}, frozen, step(5, 2), act::Freeze{});
  EXPECT_EQ(in_seconds(freeze.spans), (std::vector<Span>{{2, 5, 35}}));
  EXPECT_TRUE(freeze.restarts.empty());
  EXPECT_EQ(in_seconds(footprint({}, {}, step(5, 2), act::DiskStall{{20 * kSecond}}).spans),
            (std::vector<Span>{{2, 5, 25}}));
}

TEST(Footprint, WhatNobodyElseCanSeeDoesNotCount) {
  const Records struck{at(1, 0, EventKind::disk_write, 3), at(1, 0, EventKind::mark),
                       at(1, 0, EventKind::log), at(2, 0, EventKind::committed, 8)};
  const Records clean{at(2, 0, EventKind::committed, 7)};
  EXPECT_EQ(footprint(clean, struck, step(1, 4), act::Drop{}).spans.size(), 1U) << "the strike alone";
}

Footprint on(std::vector<Span> seconds, std::vector<sim::HostId> restarts = {}) {
  for (Span& span : seconds) span = {span.host, span.from_ns * kSecond, span.to_ns * kSecond};
  return {std::move(seconds), std::move(restarts)};
}

TEST(Footprint, FaultsAreIndependentUnlessTheyMeetOnAHost) {
  struct Row {
    const char* what;
    Footprint a, b;
    bool independent;
  };
  const std::vector<Row> rows{
      {"other hosts at one time", on({{0, 1, 9}, {2, 1, 9}}), on({{1, 1, 9}, {3, 2, 3}}), true},
      {"one host at other times", on({{0, 1, 9}, {0, 60, 61}}), on({{0, 20, 50}}), true},
      {"within a second", on({{0, 1, 9}}), on({{0, 10, 50}}), false},
      {"one inside the other", on({{0, 1, 90}}), on({{0, 10, 50}}), false},
      {"the last of many", on({{0, 1, 2}, {1, 1, 2}, {7, 1, 2}}), on({{1, 8, 9}, {7, 1, 1}}), false},
      {"between two spans, but a restart reads what was left", on({{0, 1, 2}, {0, 60, 61}}),
       on({{0, 20, 30}}, {0}), false},
      {"a restart behind everything", on({{0, 1, 2}, {0, 20, 21}}), on({{0, 60, 70}}, {0}), true},
      {"two restarts of one host", on({{0, 1, 2}}, {0}), on({{0, 60, 70}}, {0}), false},
      {"restarts of two hosts", on({{0, 1, 2}}, {0}), on({{1, 1, 2}}, {1}), true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(independent(row.a, row.b), row.independent) << row.what;
    EXPECT_EQ(independent(row.b, row.a), row.independent) << row.what << ", the other way round";
  }
}

TEST(Footprint, AWayThatWasTakenMayBeRemembered) {
  const Footprint take = footprint({}, {}, step(1, 0), act::Take{"impatient"});
  EXPECT_FALSE(independent(take, on({{5, 900, 901}})));
  EXPECT_FALSE(independent(on({{5, 900, 901}}), take));
}

TEST(Footprint, SurvivesTheWayThroughAPipe) {
  Footprint footprint = on({{0, 1, 9}, {3, 2, 3}}, {3, 4});
  footprint.lasting = true;
  const std::string text = to_text(footprint);
  EXPECT_EQ(footprint_from(text), footprint);
  EXPECT_EQ(footprint_from(to_text(Footprint{})), Footprint{});
  EXPECT_FALSE(footprint_from(""));
  EXPECT_FALSE(footprint_from("nonsense"));
  EXPECT_FALSE(footprint_from("1 7 3 4 "));
}

TEST(Tally, OfIndependentFaultsAddsUpWhateverTheTimes) {
  const Records none{at(1, 0, EventKind::message_sent), at(9, 1, EventKind::fact)};
  const Records one{at(1, 0, EventKind::message_sent), at(9, 1, EventKind::fact),
                    at(5, 0, EventKind::rpc_timed_out)};
  const Records other{at(1, 0, EventKind::message_sent), at(30, 1, EventKind::fact),
                      at(31, 1, EventKind::message_lost)};
  Records both = other;
  both.push_back(at(6, 0, EventKind::rpc_timed_out));
  EXPECT_EQ(tally(both) + tally(none), tally(one) + tally(other));
  both.push_back(at(40, 1, EventKind::fact));
  EXPECT_NE(tally(both) + tally(none), tally(one) + tally(other)) << "something came of the two together";
}

}  // namespace
}  // namespace ordeal::faults

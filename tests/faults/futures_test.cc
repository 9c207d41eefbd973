// Enumerating and pruning, on lists written by hand: what is offered, which strikes stand for others, when two
// futures are one.
#include "faults/search/futures.h"

#include <gtest/gtest.h>

#include "faults/search/enumerate.h"

namespace ordeal::faults {
namespace {

using Op = sim::DiskOp::Kind;

SiteAsked step(const std::string& site, sim::HostId host, std::int64_t at_ns, std::size_t records) {
  SiteAsked asked{site, 0, Question::stepping, host, at_ns, {act::Crash{}, act::Freeze{}}};
  asked.site_id = digest_of(site);
  asked.records = records;
  return asked;
}

SiteAsked disk(const std::string& site, Op op, std::uint32_t occurrence, std::int64_t at_ns,
               std::size_t records) {
  SiteAsked asked{site, occurrence, Question::disk, 0, at_ns, {}};
  asked.applicable = {act::DiskStall{}, act::CrashBeforeDisk{}, act::CrashAfterDisk{}, act::DiskFail{}};
  asked.op = op;
  asked.site_id = digest_of(site);
  asked.records = records;
  return asked;
}

sim::TraceRecord record(sim::EventKind kind, std::int64_t at_ns, std::uint64_t payload = 0) {
  return {at_ns, 1, payload, 0, kind, "", ""};
}

// A transaction of two writes and a sync, then a message.
struct Example {
  std::vector<SiteAsked> asked{step("before commit", 0, 10, 0),    disk("write", Op::write, 0, 10, 0),
                               disk("write", Op::write, 1, 10, 1), disk("sync", Op::sync, 0, 10, 2),
                               step("after commit", 0, 20, 3),     step("elsewhere", 1, 20, 3)};
  std::vector<sim::TraceRecord> records{
      record(sim::EventKind::disk_write, 10, 1), record(sim::EventKind::disk_write, 10, 2),
      record(sim::EventKind::disk_sync, 20, 1), record(sim::EventKind::fact, 30)};  // 1: the file, as below
};

TEST(Futures, AStretchEndsWithWhateverOutlivesTheHost) {
  Example example;
  EXPECT_EQ(stretches(example.asked, example.records), (std::vector<std::size_t>{0, 0, 0, 0, 1, 2}));
  example.records[0].kind = sim::EventKind::fact;  // somebody has seen something
  EXPECT_EQ(stretches(example.asked, example.records), (std::vector<std::size_t>{0, 0, 1, 1, 2, 3}));
}

TEST(Futures, TheLastCrashOfAStretchStandsForAllAndTheFirstWriteForAllThatFail) {
  const Example example;
  const Twins twins(example.asked, example.records);
  for (const auto& [question, action] : {std::pair{0, 0}, {1, 1}, {1, 2}, {2, 1}}) {
    const Twin* twin = twins.of(static_cast<std::size_t>(question), static_cast<std::size_t>(action));
    ASSERT_NE(twin, nullptr) << question << " " << action;
    EXPECT_EQ(twin->question, 2U);
    EXPECT_EQ(twin->action, 2U) << "after the last write";
  }
  EXPECT_EQ(twins.of(2, 2), nullptr);
  EXPECT_EQ(twins.of(3, 1), nullptr) << "the next sync will have another delay";
  EXPECT_EQ(twins.of(3, 2), nullptr) << "after the sync the transaction is durable";
  EXPECT_EQ(twins.of(0, 1), nullptr) << "a freeze is no crash";
  for (const std::size_t write : {1, 2}) {
    ASSERT_NE(twins.of(write, 0), nullptr) << "a stall";
    EXPECT_EQ(twins.of(write, 0)->question, 3U) << "of the sync, for nobody sees how far the disk has come";
  }
  EXPECT_EQ(twins.of(3, 0), nullptr);
  ASSERT_NE(twins.of(2, 3), nullptr);
  EXPECT_EQ(twins.of(2, 3)->question, 1U);
  EXPECT_EQ(twins.of(1, 3), nullptr);
  EXPECT_EQ(twins.of(3, 3), nullptr) << "a failing sync is another matter";
}

TEST(Futures, TheLastFreezeOfAStretchStandsForAll) {
  const std::vector<SiteAsked> asked{step("after commit", 0, 10, 0), step("before send", 0, 10, 0),
                                     step("before send", 1, 10, 0)};
  const Twins twins(asked, {});
  ASSERT_NE(twins.of(0, 1), nullptr);
  EXPECT_EQ(twins.of(0, 1)->question, 1U);
  EXPECT_EQ(twins.of(1, 1), nullptr);
  EXPECT_EQ(twins.of(2, 1), nullptr) << "another host";
}

TEST(Futures, EqualFromSomeMomentOnMeansEqualHashesFromThereOn) {
  const Example one;
  Example other;
  other.records[0].payload = 9;  // the first write differs, what follows does not
  const auto a = futures(one.asked, one.records, 7);
  const auto b = futures(other.asked, other.records, 7);
  for (const std::size_t before : {0, 1, 2, 3}) EXPECT_NE(a[before], b[before]) << "nothing is synced yet";
  EXPECT_EQ(a[4], b[4]);
  EXPECT_NE(a[5], futures(one.asked, one.records, 8)[5]) << "another state at rest";
  other.asked[5].fibers = 1;
  EXPECT_NE(a[4], futures(other.asked, other.records, 7)[4]) << "somebody more is there";
}

TEST(Futures, WhatOnlyASecondFaultBringsToLightMakesAnotherFuture) {
  const Example plain;
  const auto expected = futures(plain.asked, plain.records, 7);
  Example example;
  example.asked[3].occurrence = 0;
  example.asked[3].site_id = digest_of("sync of another call");  // the next retry draws another delay
  EXPECT_NE(futures(example.asked, example.records, 7)[4], expected[4]);
  example = {};
  example.asked[0].question = Question::fork;
  example.asked[0].way = 1;  // a shopper that will not wait as long
  EXPECT_NE(futures(example.asked, example.records, 7)[4], expected[4]);
  example = {};
  example.records[2].kind = sim::EventKind::fact;  // the sync failed
  EXPECT_NE(futures(example.asked, example.records, 7)[4], expected[4]);
  example.records[3].kind = sim::EventKind::host_down;
  example.asked[5].records = 4;
  Example other = example;
  other.records[0].payload = 9;
  EXPECT_EQ(futures(example.asked, example.records, 7)[5], futures(other.asked, other.records, 7)[5])
      << "what was not synced is gone with the host";
}

TEST(Futures, AStallOrAFreezeIsOverWhenItsTimeHasPassed) {
  Example example;
  const auto at = futures(example.asked, example.records, 7);
  EXPECT_EQ(future_after(example.asked, at, 1, act::DiskStall{{5}}), at[4]) << "behind 10 + 5";
  EXPECT_EQ(future_after(example.asked, at, 0, act::Freeze{{9}}), at[4]);
  EXPECT_EQ(future_after(example.asked, at, 0, act::Freeze{{10}}), 0U) << "the world ends before";
  EXPECT_EQ(future_after(example.asked, at, 1, act::DiskFail{}), at[3]) << "the host's next, elsewhere";
}

TEST(Futures, OccurrencesOfWritesAreNoDifferenceAndThoseOfSyncsAre) {
  Example example;
  const auto before = futures(example.asked, example.records, 7);
  example.asked[2].occurrence = 5;
  EXPECT_EQ(futures(example.asked, example.records, 7), before);
  example.asked[3].occurrence = 5;
  EXPECT_NE(futures(example.asked, example.records, 7), before);
}

TEST(Enumerate, OffersWhatMayStrikeInTheOrderOfAsking) {
  const Example example;
  const auto on_first = singles(example.asked, {{true, false}, {}});
  EXPECT_EQ(on_first.size(), 2U + 4 + 4 + 4 + 2);
  EXPECT_TRUE(std::is_sorted(on_first.begin(), on_first.end(), [](const Single& a, const Single& b) {
    return std::pair(a.question, a.action) < std::pair(b.question, b.action);
  }));
  EXPECT_EQ(singles(example.asked, {{true, true}, {FaultKind::host_freeze}}).size(), 3U);
  EXPECT_TRUE(singles(example.asked, {}).empty()) << "no host may suffer anything";
}

TEST(Enumerate, MessagesAndForksMayGoWrongEverywhere) {
  SiteAsked send{"send", 0, Question::sending,
                 9,      0, {act::Drop{}, act::Duplicate{}, act::Delay{}, act::Reset{}}};
  EXPECT_EQ(singles({send}, {}).size(), 4U);
  EXPECT_EQ(singles({send}, {{}, {FaultKind::reply_loss}}), (std::vector<Single>{{0, 0}}));
}

}  // namespace
}  // namespace ordeal::faults

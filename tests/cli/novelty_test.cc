#include "scenarios/cli/hunt/novelty.h"

#include <gtest/gtest.h>

namespace ordeal::cli {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TrialLine line(std::uint64_t stockouts) {
  TrialLine line;
  line.marks["out of stock"] = stockouts;
  line.counts["orders_placed"] = 10;
  return line;
}

TEST(Novelty, StopsAfterSoManyTrialsWithNothingNew) {
  Novelty novelty({std::nullopt, 3}, 0);
  EXPECT_TRUE(novelty.add(line(1), 0));
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(novelty.add(line(1), 0));
  EXPECT_FALSE(novelty.stale(0));
  EXPECT_TRUE(novelty.add(line(2), 0)) << "twice is another behaviour than once";
  for (int i = 0; i < 3; ++i) novelty.add(line(2), 0);
  EXPECT_EQ(novelty.stale(0), "nothing new in 3 trials");
}

TEST(Novelty, StopsAfterSoMuchTimeWithNothingNew) {
  Novelty novelty({Duration{60 * kSecond}, 0}, 0);
  novelty.add(line(1), 30 * kSecond);
  novelty.add(line(1), 80 * kSecond);
  EXPECT_FALSE(novelty.stale(89 * kSecond));
  EXPECT_EQ(novelty.words(80 * kSecond), "  nothing found  nothing new for 50 s, 1 trials");
  EXPECT_EQ(novelty.stale(90 * kSecond), "nothing new for 1m");
}

TEST(Novelty, EveryKindOfBehaviourCounts) {
  Novelty novelty({}, 0);
  EXPECT_TRUE(novelty.add(line(1), 0));
  TrialLine broken = line(1);
  broken.findings.push_back({"I-10 no-oversell", sim::FindingKind::safety, "minus one"});
  EXPECT_TRUE(novelty.add(broken, 0));
  TrialLine struck = line(1);
  struck.faults.by_kind["host_crash"] = {1, 1, 1, 1};
  EXPECT_TRUE(novelty.add(struck, 0));
  TrialLine busy = line(1);
  busy.counts["orders_placed"] = 100;
  EXPECT_TRUE(novelty.add(busy, 0));
  EXPECT_FALSE(novelty.add(busy, 0));
  EXPECT_FALSE(novelty.stale(INT64_MAX)) << "without a patience nothing is ever stale";
}

TEST(Novelty, WordsSayWhatWasFoundSoFar) {
  Novelty novelty({}, 0);
  TrialLine broken = line(1);
  for (const char* invariant : {"I-32 no-double-charge", "I-10 no-oversell", "I-10 no-oversell"}) {
    broken.findings.push_back({invariant, sim::FindingKind::safety, "minus one"});
    novelty.add(broken, 2 * kSecond);
  }
  EXPECT_EQ(novelty.words(9 * kSecond), "  found I-10, I-32  nothing new for 7 s, 1 trials");
  broken.findings.push_back({"I-91 statements-are-whole", sim::FindingKind::safety, "minus one"});
  novelty.add(broken, 9 * kSecond);
  EXPECT_EQ(novelty.words(9 * kSecond), "  found I-10, I-32 and 1 more  nothing new for 0 s, 0 trials");
}

}  // namespace
}  // namespace ordeal::cli

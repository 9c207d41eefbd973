#include "tests/disk/random_history.h"

#include <cstdio>

#include <gtest/gtest.h>

namespace ordeal::sim {
namespace {

TEST(RandomHistories, AHundredHoldWhatWasCommitted) {
  FiberPool pool;
  RandomHistory all;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const RandomHistory one = play_random_history(pool, seed);
    EXPECT_EQ(one.wrong, "") << "seed " << seed;
    all.transactions += one.transactions;
    all.crashes += one.crashes;
    all.crashes_in_recovery += one.crashes_in_recovery;
    all.torn += one.torn;
    all.spills += one.spills;
    all.survived_in_flight += one.survived_in_flight;
  }
  std::printf(
      "[ random   ] %d transactions, %d crashes (%d in recovery), %d torn sectors, %d spills, %d survived in "
      "flight\n",
      all.transactions, all.crashes, all.crashes_in_recovery, all.torn, all.spills, all.survived_in_flight);
  EXPECT_GT(all.transactions, 2000);
  EXPECT_GT(all.crashes, 250);
  EXPECT_GT(all.crashes_in_recovery, 20);
  EXPECT_GT(all.torn, 500);
  EXPECT_GT(all.spills, 5000);
  EXPECT_GT(all.survived_in_flight, 0);
}

TEST(RandomHistories, SeeALossWhenSyncsLie) {
  FiberPool pool;
  int wrong = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    if (!play_random_history(pool, seed, /*syncs_lie=*/true).wrong.empty()) ++wrong;
  }
  EXPECT_GT(wrong, 5);
}

}  // namespace
}  // namespace ordeal::sim

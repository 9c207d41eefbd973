// The random histories of tests/disk, by the thousand.
#include <cstdio>

#include <gtest/gtest.h>

#include "tests/disk/random_history.h"

namespace ordeal::sim {
namespace {

constexpr std::uint64_t kHistories = 1500;

class ManyRandomHistories : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ManyRandomHistories, HoldWhatWasCommitted) {
  FiberPool pool;
  int crashes = 0;
  int crashes_in_recovery = 0;
  int survived_in_flight = 0;
  const std::uint64_t first = GetParam() * kHistories + 1'000;
  for (std::uint64_t seed = first; seed < first + kHistories; ++seed) {
    const RandomHistory one = play_random_history(pool, seed);
    EXPECT_EQ(one.wrong, "") << "seed " << seed;
    crashes += one.crashes;
    crashes_in_recovery += one.crashes_in_recovery;
    survived_in_flight += one.survived_in_flight;
  }
  std::printf("[ random   ] %d crashes, %d in recovery, %d survived in flight\n", crashes,
              crashes_in_recovery, survived_in_flight);
  EXPECT_GT(crashes, 4000);
  EXPECT_GT(crashes_in_recovery, 1000);
  EXPECT_GT(survived_in_flight, 5);
}

INSTANTIATE_TEST_SUITE_P(Parts, ManyRandomHistories, testing::Range<std::uint64_t>(0, 4));

}  // namespace
}  // namespace ordeal::sim

// Shards: together they have every seed once, and what is left of one after a part of it was played is the rest of it.
#include "scenarios/cli/hunt/shard.h"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

std::vector<std::uint64_t> all_of(const SeedsLeft& left) {
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t place = 0; place < left.count(); ++place) seeds.push_back(left.at(place));
  return seeds;
}

RC_GTEST_PROP(Shards, TogetherHaveEverySeedOnce, ()) {
  const auto first = *rc::gen::inRange<std::uint64_t>(0, 1'000);
  const auto count = *rc::gen::inRange<std::uint64_t>(1, 200);
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 20);
  const SeedRange seeds{first, first + count - 1};
  std::multiset<std::uint64_t> played;
  for (std::uint64_t k = 1; k <= n; ++k) {
    for (const std::uint64_t seed : all_of(SeedsLeft(seeds, {k, n}, {}))) {
      RC_ASSERT(has(seeds, {k, n}, seed));
      played.insert(seed);
    }
  }
  RC_ASSERT(played.size() == count);
  for (std::uint64_t seed = seeds.first; seed <= seeds.last; ++seed) RC_ASSERT(played.count(seed) == 1U);
}

RC_GTEST_PROP(Shards, WhatIsLeftIsWhatIsNotDone, ()) {
  const SeedRange seeds{7, 7 + *rc::gen::inRange<std::uint64_t>(0, 150)};
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 6);
  const Shard shard{*rc::gen::inRange<std::uint64_t>(1, n + 1), n};
  std::vector<std::uint64_t> done;
  std::vector<std::uint64_t> expected;
  for (const std::uint64_t seed : all_of(SeedsLeft(seeds, shard, {}))) {
    (*rc::gen::arbitrary<bool>() ? done : expected).push_back(seed);
  }
  RC_ASSERT(all_of(SeedsLeft(seeds, shard, done)) == expected);
}

TEST(Shards, AnOpenEndIsNoListOfSeeds) {
  const SeedsLeft left({1, INT64_MAX}, {2, 3}, {2, 8});
  EXPECT_EQ(left.at(0), 5U);
  EXPECT_EQ(left.at(1), 11U);
  EXPECT_EQ(left.at(1'000'000'000), 11U + 999'999'999U * 3U);
}

TEST(Shards, BeyondTheLastSeedHaveNothing) {
  EXPECT_EQ(SeedsLeft({5, 6}, {3, 8}, {}).count(), 0U);
  EXPECT_EQ(SeedsLeft({5, 6}, {2, 8}, {}).count(), 1U);
}

TEST(Shards, AreWrittenFromOneToTheirTotal) {
  EXPECT_EQ(parse_shard("--shard", "3/8"), (Shard{3, 8}));
  for (const char* wrong :
       {"0/8", "9/8", "3", "/", "3/", "/8", "-1/8", "3/8 ", "1/0", "0/0", "3/99999999999999999999"}) {
    try {
      parse_shard("--shard", wrong);
      ADD_FAILURE() << wrong;
    } catch (const play::BadInput& error) {
      EXPECT_EQ(error.code(), play::ExitCode::usage);
      EXPECT_NE(std::string(error.what()).find(std::string("found \"") + wrong), std::string::npos)
          << error.what();
    }
  }
}

}  // namespace
}  // namespace ordeal::cli

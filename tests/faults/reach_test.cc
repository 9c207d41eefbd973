#include "faults/inject/reach.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

TEST(Reach, ThreeSigmaIsExact) {
  // 10,000 tries at 1/10: sigma is 30.
  EXPECT_TRUE(within_three_sigma(10'000, 1'000, {1, 10}));
  EXPECT_TRUE(within_three_sigma(10'000, 1'090, {1, 10}));
  EXPECT_FALSE(within_three_sigma(10'000, 1'091, {1, 10}));
  EXPECT_TRUE(within_three_sigma(10'000, 910, {1, 10}));
  EXPECT_FALSE(within_three_sigma(10'000, 909, {1, 10}));
  EXPECT_TRUE(within_three_sigma(5, 5, {1, 1}));
  EXPECT_FALSE(within_three_sigma(5, 4, {1, 1}));
  EXPECT_FALSE(within_three_sigma(1'000'000'000'000, 0, {1, 1'000}));
  EXPECT_TRUE(enough_tries(10'000, {1, 1'000}));
  EXPECT_FALSE(enough_tries(9'999, {1, 1'000}));
}

TEST(Reach, SaysWhatWasArmedReachedAndEffective) {
  World world(plan_of({{"loss", MessageLoss{{1, 3}}, {}, 0_s},
                       {"later", MessageLoss{{1, 3}}, {}, 1_min, 110_s},  // the calls are over by then
                       {"rare", ReplyLoss{{1, 1'000'000'000}}, {}, 0_s},  // asked and never fired
                       {"disk", DiskFail{{1, 2}}, {}, 0_s}}));            // nobody has a disk here
  world.run();
  Reach reach;
  reach.add(world.hooks.reach());
  EXPECT_EQ(reach.total().armed, 4u);
  EXPECT_EQ(reach.of(FaultKind::message_loss).armed, 2u);
  EXPECT_GE(reach.of(FaultKind::message_loss).effective, 1u);
  EXPECT_EQ(reach.of(FaultKind::reply_loss).reached, 1u);
  EXPECT_EQ(reach.of(FaultKind::reply_loss).effective, 0u);
  EXPECT_EQ(reach.of(FaultKind::disk_fail).reached, 0u);
  EXPECT_EQ(reach.never_effective(), (std::vector{FaultKind::reply_loss, FaultKind::disk_fail}));
}

TEST(Reach, AchievedRatesAreTheAskedOnesOverACampaign) {
  Reach campaign;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    World world(plan_of({{"crash", HostCrash{{1, 40}, {}, 1_s, 3_s}, {}, 0_s},
                         {"loss", MessageLoss{{1, 10}}, {}, 0_s},
                         {"reply", ReplyLoss{{1, 20}}, {}, 0_s},
                         {"late", MessageDelay{{1, 6}, 2_s}, {}, 0_s},
                         {"twice", MessageDuplicate{{1, 3}, 2_s}, {}, 0_s},
                         {"freeze", HostFreeze{{1, 60}, 100_ms, 500_ms}, {}, 0_s}}),
                seed);
    world.run();
    campaign.add(world.hooks.reach());
  }
  EXPECT_EQ(campaign.rates().size(), 6u);
  EXPECT_TRUE(campaign.never_effective().empty());
  for (const RateRow& row : campaign.off_rates()) {
    ADD_FAILURE() << name_of(row.kind) << " " << row.hits << " of " << row.tries;
  }
}

FaultReach arbitrary_reach() {
  FaultReach row;
  row.kind = static_cast<FaultKind>(*rc::gen::inRange<int>(0, static_cast<int>(kFaultKinds)));
  row.asked = {1, *rc::gen::inRange<std::int64_t>(2, 5)};
  row.tries = *rc::gen::inRange<std::uint64_t>(0, 100);
  row.hits = *rc::gen::inRange<std::uint64_t>(0, row.tries + 1);
  return row;
}

RC_GTEST_PROP(Reach, ShardsMergeInAnyOrder, ()) {
  std::vector<Reach> shards(3);
  Reach whole;
  for (int i = *rc::gen::inRange(0, 30); i > 0; --i) {
    const std::vector<FaultReach> trial{arbitrary_reach(), arbitrary_reach()};
    shards[*rc::gen::inRange<std::size_t>(0, 3)].add(trial);
    whole.add(trial);
  }
  Reach left = shards[0];
  left.merge(shards[1]);
  left.merge(shards[2]);
  Reach right = shards[2];
  right.merge(shards[1]);
  right.merge(shards[0]);
  RC_ASSERT(left == whole);
  RC_ASSERT(right == whole);
}

}  // namespace
}  // namespace ordeal::faults

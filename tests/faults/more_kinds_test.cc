// Messages held, tailed and damaged; hosts that loop, die together, are slow or come back with another disk.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

constexpr Ratio kAlways{1, 1};
const Scope kFromClient{{}, {"client"}, {}, {}};
const Scope kServer{{"server"}, {}, {}, {}};

std::vector<Strike> strikes_of(const World& world) {
  std::vector<Strike> strikes;
  for (const FiredStrike& fired : world.hooks.fired()) strikes.push_back(fired.strike);
  return strikes;
}

TEST(Hold, MessagesAreLateAndNotLost) {
  World world(plan_of({{"held", MessageHold{}, kFromClient, 10_s, 40_s}}));
  world.sim->scheduler().run_until((39_s).ns);
  const std::size_t before = world.served.size();
  EXPECT_LE(before, 11u);
  world.sim->scheduler().run_until((40_s + 100_ms).ns);
  EXPECT_GE(world.served.size(), before + 15) << "all that was held comes at once";
  world.run();
  EXPECT_EQ(world.served.size(), 50u);
  EXPECT_TRUE(std::is_sorted(world.served.begin(), world.served.end()));
  EXPECT_TRUE(world.reach_of("held").effective());
}

TEST(Hold, ReversedTheLastComesFirst) {
  World world(plan_of({{"held", MessageHold{MessageHold::Release::reversed}, kFromClient, 10_s, 40_s}}));
  world.run();
  ASSERT_EQ(world.served.size(), 50u);
  const auto released = std::find_if(world.served.begin(), world.served.end(), [&](int n) {
    return n > 0 && std::find(world.served.begin(), world.served.end(), n - 1) >
                        std::find(world.served.begin(), world.served.end(), n);
  });
  ASSERT_NE(released, world.served.end());
  EXPECT_GT(*released, 20) << "the youngest that was held";
}

TEST(Hold, UntilHealIsLetGoAtHeal) {
  World world(plan_of({{"held", MessageHold{}, kFromClient, 10_s}}));
  world.storm();
  EXPECT_LE(world.served.size(), 11u);
  world.run();
  EXPECT_EQ(world.served.size(), 50u);
}

TEST(Hold, ItsStrikesDoTheSame) {
  World world(plan_of({{"held", MessageHold{MessageHold::Release::reversed}, kFromClient, 10_s, 40_s}}));
  world.run();
  Plan replay = plan_of({});
  replay.strikes = strikes_of(world);
  World again(replay);
  again.run();
  EXPECT_TRUE(again.hooks.unmatched().empty());
  EXPECT_EQ(again.served, world.served);
}

TEST(Tail, MostAreNearTypicalAndSomeFarAway) {
  World world(plan_of({{"tail", MessageTail{kAlways, 10_ms, 10_s}, {}, 0_s}}));
  int typical = 0;
  int tenfold = 0;
  int hundredfold = 0;
  constexpr int kTries = 4'000;
  for (int i = 0; i < kTries; ++i) {
    const auto verdict = world.hooks.sending(world.moment("send x"), {1});
    ASSERT_EQ(verdict.act, sim::SendVerdict::Act::pass);
    ASSERT_GE(verdict.extra, 10_ms);
    ASSERT_LE(verdict.extra, 10_s);
    typical += verdict.extra <= 20_ms ? 1 : 0;
    tenfold += verdict.extra > 100_ms ? 1 : 0;
    hundredfold += verdict.extra > 1_s ? 1 : 0;
  }
  EXPECT_NEAR(typical, kTries / 2, 150);
  EXPECT_NEAR(tenfold, kTries / 10, 100);
  EXPECT_NEAR(hundredfold, kTries / 100, 30);
}

TEST(Corruption, BetweenServicesAChecksumFindsIt) {
  World world(plan_of({{"bits", MessageCorruption{{1, 3}}, {}, 0_s}}));
  world.run();
  EXPECT_GT(world.failed(), 5u);
  EXPECT_EQ(std::count(world.served.begin(), world.served.end(), -1), 0);
  EXPECT_GT(world.sim->marks().at("damaged message found by its checksum"), 5u);
  EXPECT_FALSE(world.sim->marks().contains("damaged text delivered"));
}

TEST(Corruption, OpenTextArrivesDamaged) {
  World world(plan_of({{"bits", MessageCorruption{kAlways}, kFromClient, 0_s}}), 1, 50, 900_ms, {"/echo"});
  world.run();
  EXPECT_EQ(world.failed(), 0u) << "damaged is not lost";
  EXPECT_EQ(world.sim->marks().at("damaged text delivered"), 50u);
  int changed = 0;
  for (std::size_t i = 0; i < world.served.size(); ++i)
    changed += world.served[i] != static_cast<int>(i) ? 1 : 0;
  EXPECT_EQ(changed, 50) << "every text is another one than was sent";
}

TEST(CrashLoop, ComesUpAndDiesSoManyTimes) {
  World world(plan_of({{"loop", CrashLoop{4, 2_s, 3_s}, kServer, 10_s}}));
  world.run();
  EXPECT_EQ(world.host("server").boots(), 5u);
  EXPECT_EQ(world.host("client").boots(), 1u);
  EXPECT_TRUE(world.host("server").is_up());
  EXPECT_EQ(world.reach_of("loop").tries, 4u);
  EXPECT_EQ(world.reach_of("loop").hits, 4u);
  EXPECT_GT(world.failed(), 5u);
}

TEST(CrashLoop, EndsWithItsWindow) {
  World world(plan_of({{"loop", CrashLoop{1'000, 2_s, 3_s}, kServer, 10_s, 30_s}}));
  world.run();
  EXPECT_GT(world.host("server").boots(), 3u);
  EXPECT_LT(world.host("server").boots(), 9u);
  EXPECT_TRUE(world.host("server").is_up());
}

TEST(HostKill, AllAtOnceAndEachBackByItself) {
  World world(plan_of({{"dark", HostKill{2_s, 20_s}, {{"server", "other"}, {}, {}, {}}, 10_s}}));
  world.sim->scheduler().run_until((10_s + 1_s).ns);
  EXPECT_FALSE(world.host("server").is_up());
  EXPECT_FALSE(world.host("other").is_up());
  EXPECT_TRUE(world.host("client").is_up());
  world.sim->scheduler().run_until((31_s).ns);
  EXPECT_TRUE(world.host("server").is_up());
  EXPECT_TRUE(world.host("other").is_up());
  EXPECT_EQ(world.reach_of("dark").hits, 2u);
}

TEST(HostKill, WithoutAScopeItIsEverybody) {
  World world(plan_of({{"dark", HostKill{}, {}, 10_s}}));
  world.run();
  for (const char* name : {"server", "client", "other"}) EXPECT_EQ(world.host(name).boots(), 2u);
}

TEST(HostSlow, StepsTakeLongerAndNothingIsLost) {
  World slow(plan_of({{"slow", HostSlow{kAlways, 400_ms}, kServer, 0_s}}));
  slow.run();
  World usual(plan_of({}));
  usual.run();
  const auto total = [](const World& world) {
    Duration sum{};
    for (const Outcome& outcome : world.outcomes) sum = sum + outcome.took;
    return sum;
  };
  EXPECT_EQ(slow.served.size(), 50u);
  EXPECT_GT(total(slow), total(usual) + 5_s) << "fifty handlers, 200 ms each in the mean";
  EXPECT_EQ(slow.host("server").boots(), 1u);
  Plan replay = plan_of({});
  replay.strikes = strikes_of(slow);
  World again(replay);
  again.run();
  EXPECT_EQ(total(again), total(slow));
}

TEST(DiskWipedAndSwapped, AreCrashesThatSayWhatTheHostFinds) {
  const auto verdict = [](Fault fault) {
    World world(plan_of({{"disk", std::move(fault), kServer, 0_s}}));
    EXPECT_EQ(world.hooks.stepping(world.moment("before commit x", "client"), {}).act,
              sim::StepVerdict::Act::pass);
    return world.hooks.stepping(world.moment("before commit x"), {});
  };
  const auto wiped = verdict(DiskWiped{kAlways, 7_s});
  EXPECT_EQ(wiped.act, sim::StepVerdict::Act::crash);
  EXPECT_EQ(wiped.storage, sim::Storage::wiped);
  EXPECT_EQ(wiped.for_how_long, 7_s);
  EXPECT_EQ(verdict(DiskSwapped{kAlways, 7_s}).storage, sim::Storage::swapped);
}

TEST(Rates, OfTheNewKindsAreAchieved) {
  constexpr Ratio kThird{1, 3};
  World world(plan_of(
      {{"bits", MessageCorruption{kThird}, {}, 0_s}, {"tail", MessageTail{kThird, 1_ms, 1_s}, {}, 0_s}}));
  World steps(
      plan_of({{"slow", HostSlow{kThird, 1_s}, {}, 0_s}, {"wiped", DiskWiped{kThird, 1_s}, {}, 0_s}}));
  for (int i = 0; i < 3'000; ++i) {
    world.hooks.sending(world.moment("send x"), {1});
    steps.hooks.stepping(steps.moment("before commit x"), {sim::Stepping::Where::before_commit});
  }
  for (const auto& row :
       {world.reach_of("bits"), world.reach_of("tail"), steps.reach_of("slow"), steps.reach_of("wiped")})
    EXPECT_TRUE(within_three_sigma(row.tries, row.hits, row.asked))
        << row.name << " " << row.hits << " of " << row.tries;
}

}  // namespace
}  // namespace ordeal::faults

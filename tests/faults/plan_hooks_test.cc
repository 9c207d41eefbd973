// What a plan promises: keyed decisions, strikes that match once, heal.
#include "faults/inject/plan_hooks.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

Plan stormy() {
  return plan_of({{"loss", MessageLoss{{1, 6}}, {}, 0_s},
                  {"late", MessageDelay{{1, 6}, 2_s}, {}, 0_s},
                  {"twice", MessageDuplicate{{1, 6}, 2_s}, {}, 0_s},
                  {"freeze", HostFreeze{{1, 20}, 100_ms, 500_ms}, {}, 0_s}});
}

std::set<std::string> fired_by(const World& world, std::string_view window) {
  std::set<std::string> out;
  for (const FiredStrike& f : world.hooks.fired()) {
    if (f.window == window) out.insert(readable(f.strike));
  }
  return out;
}

// Asks the same thousand messages of a plan; decisions by window.
std::vector<std::string> decisions(const Plan& plan) {
  World world(plan, 7, 0);
  std::vector<std::string> out;
  for (int i = 0; i < 1000; ++i) {
    const auto moment = world.moment("message " + std::to_string(i % 50));
    const std::size_t before = world.hooks.fired_count();
    world.hooks.sending(moment, {1, i % 2 == 0});
    out.push_back(world.hooks.fired_count() == before
                      ? ""
                      : world.hooks.fired().back().window + readable(world.hooks.fired().back().strike));
  }
  return out;
}

TEST(PlanHooks, OneWindowLessLeavesAllOtherDecisions) {
  const std::vector<std::string> all = decisions(stormy());
  Plan less = stormy();
  less.windows.erase(less.windows.begin());
  const std::vector<std::string> rest = decisions(less);
  int kept = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].starts_with("loss")) continue;  // now somebody else may answer
    EXPECT_EQ(all[i], rest[i]);
    kept += all[i].empty() ? 0 : 1;
  }
  EXPECT_GT(kept, 100);
}

TEST(PlanHooks, OneWindowMoreInAWorldLeavesTheOthersToo) {
  // Delays on another link shift nothing in the draws of the loss window.
  Plan plan = plan_of({{"loss", MessageLoss{{1, 6}}, {{}, {"client"}, {}, {}}, 0_s}});
  World alone(plan);
  alone.run();
  plan.windows.push_back({"late", MessageDelay{{1, 2}, 300_ms}, {{}, {"server"}, {}, {}}, 0_s});
  World both(plan);
  both.run();
  EXPECT_FALSE(fired_by(alone, "loss").empty());
  EXPECT_EQ(fired_by(alone, "loss"), fired_by(both, "loss"));
  EXPECT_FALSE(fired_by(both, "late").empty());
}

TEST(PlanHooks, WhatFiredReplaysAsStrikesWithTheSameTrace) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Plan plan = stormy();
    plan.windows.push_back({"crash", HostCrash{{1, 30}, {}, 1_s, 5_s}, {{"server"}, {}, {}, {}}, 0_s});
    plan.windows.push_back({"cut", Partition{{"client"}, Partition::Cut::leaving}, {}, 10_s, 12_s});
    World windows(plan, seed);
    windows.run();
    Plan strikes = plan;
    strikes.windows.clear();
    for (const FiredStrike& f : windows.hooks.fired()) strikes.strikes.push_back(f.strike);
    ASSERT_FALSE(strikes.strikes.empty());
    World again(strikes, seed);
    again.run();
    EXPECT_TRUE(again.hooks.unmatched().empty());
    EXPECT_EQ(again.hooks.fired_count(), windows.hooks.fired_count());
    EXPECT_EQ(again.sim->trace().hash(), windows.sim->trace().hash());
  }
}

TEST(PlanHooks, AStrikeMatchesExactlyOnce) {
  Plan plan = plan_of({});
  plan.strikes.push_back({"call-3 › send POST /echo", 0, act::Drop{}});
  World world(plan);
  world.run();
  EXPECT_EQ(world.failed(), 1u);
  EXPECT_EQ(world.outcomes[3].error, env::RpcError::timeout);
  EXPECT_EQ(world.hooks.fired_count(), 1u);
  EXPECT_TRUE(world.hooks.unmatched().empty());
  const FaultReach reach = world.reach_of(plan.strikes[0].site);
  EXPECT_TRUE(reach.is_strike);
  EXPECT_TRUE(reach.effective());
  EXPECT_EQ(reach.kind, FaultKind::message_loss);
}

TEST(PlanHooks, StrikesThatMatchNothingAreReported) {
  Plan plan = plan_of({});
  plan.strikes.push_back({"call-3 › send POST /echo", 1, act::Drop{}});  // it comes there once only
  plan.strikes.push_back({"call-3 › send POST /else", 0, act::Drop{}});  // no such site
  plan.strikes.push_back(
      {"call-3 › send POST /echo", 0, act::DiskFail{}});  // a message asks nothing about disks
  World world(plan);
  world.run();
  EXPECT_EQ(world.failed(), 0u);
  EXPECT_EQ(world.hooks.unmatched(), plan.strikes);
}

TEST(PlanHooks, SectorStrikesSayWhichSector) {
  Plan plan = plan_of({});
  plan.strikes.push_back({"crash", 0, act::SectorTorn{"db", 1, 2, 100}});
  plan.strikes.push_back({"crash", 0, act::NameKept{"db-journal"}});
  World world(plan);
  const sim::Moment crash = world.moment("crash");
  EXPECT_EQ(world.hooks.unsynced_sector(crash, {"db", 1, 1}).act, sim::SectorVerdict::Act::lost);
  EXPECT_EQ(world.hooks.unsynced_sector(crash, {"db", 1, 2}).torn_bytes, 100u);
  EXPECT_FALSE(world.hooks.name_survives(crash, {"db", true}));
  EXPECT_TRUE(world.hooks.name_survives(crash, {"db-journal", true}));
}

TEST(PlanHooks, StrikesGoBeforeWindows) {
  Plan plan = plan_of({{"loss", MessageLoss{{1, 1}}, {}, 0_s}});
  plan.strikes.push_back({"call-0 › send POST /echo", 0, act::Reset{}});
  World world(plan, 1, 1);
  world.run();
  EXPECT_EQ(world.hooks.fired().at(0).strike.action, Action(act::Reset{}));
  EXPECT_EQ(world.hooks.fired().at(0).window, "");
}

TEST(PlanHooks, HealStopsEverything) {
  Plan plan = stormy();
  plan.heal_at = 20_s;
  plan.windows.push_back({"dark", HostOutage{}, {{"other"}, {}, {}, {}}, 5_s, 1_h});
  plan.windows.push_back({"skew", ClockOffset{1_h}, {}, 5_s, 1_h});
  plan.windows.push_back({"step", ClockStep{1_h}, {}, 5_s});
  plan.strikes.push_back({"call-40 › send POST /echo", 0, act::Drop{}});
  World world(plan);
  world.storm();
  EXPECT_FALSE(world.host("other").is_up());
  EXPECT_NE(world.host("server").wall_now(), world.sim->true_now());
  const std::size_t fired = world.hooks.fired_count();
  EXPECT_GT(fired, 0u);
  world.hooks.heal(*world.sim);
  EXPECT_FALSE(world.sim->scheduler().run_until((1_h).ns)) << "no timer of the plan is left";
  EXPECT_LT(world.sim->now_ns(), (2_min).ns);
  EXPECT_EQ(world.hooks.fired_count(), fired);
  for (const char* name : {"server", "client", "other"}) {
    EXPECT_TRUE(world.host(name).is_up());
    EXPECT_FALSE(world.host(name).is_frozen());
    EXPECT_EQ(world.host(name).wall_now(), world.sim->true_now());
  }
  EXPECT_EQ(world.hooks.unmatched().size(), 1u);
}

TEST(PlanHooks, HealThawsAndBoots) {
  Plan plan = plan_of({}, 20_s);
  plan.strikes.push_back({"call-3 › POST /echo › before handling POST /echo", 0, act::Freeze{kNever}});
  plan.strikes.push_back({"call-5 › before send POST /echo", 0, act::Crash{kNever}});
  World world(plan);
  world.storm();
  EXPECT_TRUE(world.hooks.unmatched().empty());
  EXPECT_TRUE(world.host("server").is_frozen());
  EXPECT_FALSE(world.host("client").is_up());
  world.hooks.heal(*world.sim);
  world.sim->scheduler().run_until((5_min).ns);
  EXPECT_FALSE(world.host("server").is_frozen());
  EXPECT_TRUE(world.host("client").is_up());
  EXPECT_EQ(world.outcomes.size(), 49u) << "call 5 died with the client";
  EXPECT_EQ(world.served.back(), 49);
}

TEST(PlanHooks, NeverReturningIsRespected) {
  Plan plan = plan_of({}, 20_s);
  plan.strikes.push_back({"call-3 › POST /echo › before handling POST /echo", 0, act::Crash{2_s}});
  plan.never_returning = {"server"};
  World world(plan);
  world.run();
  EXPECT_FALSE(world.host("server").is_up());
  EXPECT_EQ(world.host("server").boots(), 1u);
  EXPECT_EQ(world.failed(), 47u);
}

TEST(PlanHooks, AWindowThatNeverEndsOutlivesHeal) {
  World world(plan_of({{"dead", Partition{{"server"}, {}}, {}, 5_s, kNever},
                       {"dark", HostOutage{}, {{"other"}, {}, {}, {}}, 5_s, kNever}},
                      10_s));
  world.run();
  EXPECT_GE(world.failed(), 44u);
  EXPECT_FALSE(world.host("other").is_up());
}

TEST(PlanHooks, HostsThatWereNeverStartedStayDown) {
  World world(plan_of({}, 20_s));
  world.sim->add_host("spare");
  world.run();
  EXPECT_FALSE(world.host("spare").is_up());
}

TEST(PlanHooks, UnknownHostsAreNamed) {
  Plan plan = plan_of({{"cut", Partition{{"sever", "client"}, {}}, {}, 0_s},
                       {"loss", MessageLoss{{1, 2}}, {{}, {"clinet"}, {}, {}}, 0_s}});
  plan.never_returning = {"sever"};
  const World world(plan);
  EXPECT_EQ(world.hooks.unknown_hosts(), (std::vector<std::string>{"clinet", "sever"}));
}

TEST(PlanHooks, TwoWindowsOfOneIdAreOurBug) {
  EXPECT_THROW(PlanHooks(plan_of({{"a", MessageLoss{}, {}, 0_s}, {"a", ReplyLoss{}, {}, 0_s}})), CheckFailed);
}

TEST(PlanHooks, OverlappingWindowsDrawIndependently) {
  World world(plan_of({{"a", MessageLoss{{1, 3}}, {}, 0_s}, {"b", MessageLoss{{1, 3}}, {}, 0_s}}), 3, 0);
  for (int i = 0; i < 30'000; ++i) world.hooks.sending(world.moment("message"), {1, false});
  for (const FaultReach& row : world.hooks.reach()) {
    EXPECT_TRUE(within_three_sigma(row.tries, row.hits, row.asked))
        << row.name << " " << row.hits << "/" << row.tries;
  }
  EXPECT_EQ(world.reach_of("a").tries, 30'000u);
  EXPECT_LT(world.reach_of("b").tries, 21'000u) << "asked only where a passed";
}

}  // namespace
}  // namespace ordeal::faults

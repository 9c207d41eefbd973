// A plan that can strike nowhere is refused, and what it holds up ends at heal.
#include "faults/plan/check_plan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "faults/search/slight.h"
#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

const std::vector<std::string> kHosts{"gateway", "order", "cache", "channel"};

Menu menu() {
  Menu menu;
  add_host(menu, "gateway", HostRole::stateless);
  add_host(menu, "order", HostRole::service);
  add_host(menu, "cache", HostRole::cache);
  add_host(menu, "channel", HostRole::party);
  menu.forks = {{"alipay.callback", {"twice", "never"}, false}};
  menu.knobs = {{"database.page_size", {"512", "4096"}}};
  menu.may_stay_down = {"channel"};
  menu.storm = 24_h;
  for (const KindInfo& row : kinds()) menu.allowed.push_back(row.kind);
  return menu;
}

Plan with(Fault fault, Scope scope = {}, Duration from = {}, Duration until = kUntilHeal) {
  return plan_of({{"w", std::move(fault), std::move(scope), from, until}});
}
Plan with(std::string site, Action action) {
  Plan plan;
  plan.strikes.push_back({std::move(site), 0, std::move(action)});
  return plan;
}
Plan with_knob(std::string name, std::string value) {
  Plan plan;
  plan.knobs.emplace(std::move(name), std::move(value));
  return plan;
}

struct Mistake {
  Plan plan;
  std::string path;
  std::string says;     // somewhere in what was expected
  std::string nearest;  // empty: none
};

TEST(CheckPlan, EveryMistakeNamesItsPlaceAndWhatWasMeant) {
  constexpr Ratio kHalf{1, 2};
  Plan gone;
  gone.never_returning = {"chanel"};
  const std::vector<Mistake> table{
      {with(ForkTaken{"no such fork", "nonsense", kHalf}), "$.windows[0].fork", "one of the forks", ""},
      {with(ForkTaken{"alipay.calback", "twice", kHalf}), "$.windows[0].fork", "alipay.callback",
       "alipay.callback"},
      {with(ForkTaken{"alipay.callback", "twicee", kHalf}), "$.windows[0].way", "twice, never", "twice"},
      {with(MessageLoss{kHalf}, {{"ordr"}, {}, {}, {}}), "$.windows[0].scope.hosts[0]", "one of the hosts",
       "order"},
      {with(MessageLoss{kHalf}, {{}, {"order"}, {"nobody"}, {}}), "$.windows[0].scope.to[0]",
       "one of the hosts", ""},
      {with(HostCrash{kHalf}, {{}, {"order"}, {}, {}}), "$.windows[0].scope.from", "messages alone", ""},
      {with(MessageLoss{kHalf}, {{}, {}, {}, "*.db"}), "$.windows[0].scope.file", "disks alone", ""},
      {with(Partition{{"order", "chanel"}, {}}), "$.windows[0].side[1]", "one of the hosts", "channel"},
      {with(CacheEvict{kHalf}, {{"order"}, {}, {}, {}}), "$.windows[0].scope.hosts[0]", "cache", ""},
      {with(BrokerDuplicate{kHalf}), "$.windows[0].fault", "no broker in this scenario", ""},
      {with(MessageLoss{kHalf}, {}, 24_h), "$.windows[0].from", "before heal, 24h", ""},
      {with(MessageLoss{kHalf}, {}, 1_h, 30_h), "$.windows[0].until", "a time up to heal, 24h", ""},
      {with(MessageLoss{kHalf}, {}, 0_s, kNever), "$.windows[0].until", "only a host_outage", ""},
      {with("shopper-1 › order.place › sync order.db", act::Crash{}), "$.strikes[0].action",
       "crash_before_disk", ""},
      {with("shopper-1 › send order.place", act::DiskFail{}), "$.strikes[0].action", "drop", ""},
      {with("shopper-1 › alipay.callback", act::Drop{}), "$.strikes[0].action", "take", ""},
      {with("shopper-1 › alipay.callback", act::Take{"nevr"}), "$.strikes[0].way", "twice, never", "never"},
      {with("shopper-1 › alipay.calback", act::Take{"never"}), "$.strikes[0].site", "one of the forks",
       "alipay.callback"},
      {gone, "$.never_returning[0]", "one of the hosts", "channel"},
      {with_knob("database.page_sise", "512"), "$.knobs.database.page_sise", "one of the knobs",
       "database.page_size"},
      {with_knob("database.page_size", "513"), "$.knobs.database.page_size", "512, 4096", "512"},
  };
  for (const Mistake& row : table) {
    const auto mistakes = check_plan(row.plan, menu(), kHosts);
    ASSERT_EQ(mistakes.size(), 1u) << readable(row.plan);
    EXPECT_EQ(mistakes[0].path, row.path) << mistakes[0].text();
    EXPECT_NE(mistakes[0].text().find(row.says), std::string::npos) << mistakes[0].text();
    EXPECT_EQ(mistakes[0].suggestion, row.nearest) << mistakes[0].text();
  }
}

TEST(CheckPlan, WhatFitsIsNoMistake) {
  constexpr Ratio kHalf{1, 2};
  const std::vector<Plan> plans{
      with(ForkTaken{"alipay.callback", "never", kHalf}),
      with(HostCrash{kHalf, {CrashPoints::after_sync}}, {{"channel"}, {}, {}, "*.db"}),
      with(HostOutage{}, {{"channel"}, {}, {}, {}}, 1_h, kNever),
      with(MessageLoss{kHalf}, {{}, {"order"}, {"channel"}, {}}, 1_h, 24_h),
      with("shopper-1 › order.place › sync order.db", act::CrashBeforeDisk{}),
      with("shopper-1 › something nobody knows", act::Drop{}),
      with("shopper-1 › alipay.callback", act::Take{"never"}),
      with_knob("database.page_size", "512")};
  for (const Plan& plan : plans) {
    for (const PlanError& mistake : check_plan(plan, menu(), kHosts))
      ADD_FAILURE() << readable(plan) << mistake.text();
  }
}

RC_GTEST_PROP(CheckPlan, WhatIsDrawnFromAMenuHasNoMistake, ()) {
  const sim::Choices choices(*rc::gen::arbitrary<std::uint64_t>());
  for (const Plan& plan : {swarm(choices, menu()), everything_slightly(choices, menu())}) {
    for (const PlanError& mistake : check_plan(plan, menu(), kHosts)) RC_FAIL(mistake.text());
  }
}

TEST(CheckPlan, PathsBeginWhereTheFileSays) {
  const auto mistakes = check_plan(with(BrokerDuplicate{{1, 2}}), menu(), kHosts, {}, "$.plan");
  ASSERT_EQ(mistakes.size(), 1u);
  EXPECT_EQ(mistakes[0].path, "$.plan.windows[0].fault");
}

// ---- heal ----

TEST(Heal, WhatAFaultHoldsUpItHoldsUntilHealAtTheLatest) {
  const Duration days = 1'000'000_s;
  Plan plan = plan_of({}, 1_min);
  plan.strikes = {{"sync db", 0, act::DiskStall{days}},
                  {"before commit x", 0, act::Slow{days}},
                  {"send x", 0, act::Delay{days}},
                  {"send y", 0, act::Duplicate{days}},
                  {"send z", 0, act::Hold{days}},
                  {"timer paid", 0, act::BrokerHold{days}},
                  {"acknowledge paid", 0, act::BrokerRedeliver{days}}};
  World world(plan);
  world.sim->scheduler().run_until((10_s).ns);
  const Duration left = 1_min - Duration{world.sim->now_ns()};
  PlanHooks& hooks = world.hooks;
  EXPECT_EQ(hooks.disk(world.moment("sync db"), {sim::DiskOp::Kind::sync, "db", 0, 0}).stall, left);
  EXPECT_EQ(hooks.stepping(world.moment("before commit x"), {}).for_how_long, left);
  EXPECT_EQ(hooks.sending(world.moment("send x"), {1}).extra, left);
  EXPECT_EQ(hooks.sending(world.moment("send y"), {1}).copy_after, left);
  const Duration held = hooks.sending(world.moment("send z"), {1}).extra;
  EXPECT_GT(held, left) << "what is held comes out just behind heal";
  EXPECT_LT(held, left + 1_s);
  using Kind = sim::BrokerOp::Kind;
  EXPECT_EQ(hooks.broker(world.moment("timer paid"), {Kind::timer, "paid", "", false}).after, left);
  EXPECT_EQ(hooks.broker(world.moment("acknowledge paid"), {Kind::acknowledge, "paid", "g", false}).after,
            left);
  EXPECT_TRUE(hooks.unmatched().empty());
  EXPECT_EQ(hooks.fired().at(0).strike, plan.strikes[0]) << "and replays as it was written";
}

TEST(Heal, AWindowThatIsWrittenToOutliveItIsCut) {
  World world(plan_of({{"late", MessageLoss{Ratio::one()}, {}, 0_s, 1_h},
                       {"dark", HostOutage{}, {{"other"}, {}, {}, {}}, 0_s, 1_h},
                       {"wrong", ClockOffset{1_h}, {{"other"}, {}, {}, {}}, 0_s, 1_h}},
                      20_s));
  world.storm();
  EXPECT_TRUE(world.served.empty());
  world.run();
  EXPECT_GT(world.served.size(), 20u);
  EXPECT_TRUE(world.host("other").is_up());
  EXPECT_EQ(world.host("other").wall_now(), world.sim->true_now());
}

}  // namespace
}  // namespace ordeal::faults

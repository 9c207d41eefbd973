// Each kind of fault takes effect in a small world.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

using sim::DiskOp;
using sim::DiskVerdict;
using Where = sim::Stepping::Where;

constexpr Ratio kAlways{1, 1};

TEST(Kinds, NoPlanNoFault) {
  World world(plan_of({}));
  world.run();
  EXPECT_EQ(world.outcomes.size(), 50u);
  EXPECT_EQ(world.failed(), 0u);
  EXPECT_EQ(world.hooks.fired_count(), 0u);
}

TEST(Kinds, MessageLoss) {
  World world(plan_of({{"loss", MessageLoss{{1, 3}}, {}, 0_s}}));
  world.run();
  EXPECT_GT(world.failed(), 5u);
  EXPECT_LT(world.served.size(), 50u);
  EXPECT_TRUE(world.traced(sim::EventKind::fault, "loss: the message is lost at call-"));
}

TEST(Kinds, MessageDuplicate) {
  World world(plan_of({{"twice", MessageDuplicate{kAlways, 100_ms}, {}, 0_s}}));
  world.run();
  EXPECT_EQ(world.failed(), 0u);
  EXPECT_EQ(world.served.size(), 100u);
}

TEST(Kinds, MessageDelay) {
  World world(plan_of({{"late", MessageDelay{kAlways, 10_s}, {{}, {"client"}, {}, {}}, 0_s}}));
  world.run();
  EXPECT_GT(world.failed(), 20u);
  EXPECT_EQ(world.served.size(), 50u) << "late is not lost";
}

TEST(Kinds, MessageReorder) {
  World world(plan_of({{"mixed", MessageReorder{{1, 2}, 5_s}, {{}, {"client"}, {}, {}}, 0_s}}));
  world.run();
  EXPECT_FALSE(std::is_sorted(world.served.begin(), world.served.end()));
}

TEST(Kinds, ReplyLossLeavesTheRequestDone) {
  World world(plan_of({{"deaf", ReplyLoss{kAlways}, {}, 0_s}}));
  world.run();
  EXPECT_EQ(world.served.size(), 50u);
  EXPECT_GT(world.failed(), 45u);
}

TEST(Kinds, ConnectionResetIsKnownAtOnce) {
  World world(plan_of({{"reset", ConnectionReset{kAlways}, {{}, {"client"}, {}, {}}, 0_s, 20_s}}));
  world.run();
  ASSERT_GT(world.failed(), 10u);
  EXPECT_EQ(world.outcomes[0].error, env::RpcError::unreachable);
  EXPECT_LT(world.outcomes[0].took, 100_ms);
}

TEST(Kinds, PartitionOneWayAndBothWays) {
  for (const auto cut : {Partition::Cut::both, Partition::Cut::leaving, Partition::Cut::entering}) {
    World world(plan_of({{"cut", Partition{{"server"}, cut}, {}, 10_s, 20_s}}));
    world.run();
    EXPECT_GE(world.failed(), 5u);
    EXPECT_LE(world.failed(), 10u);
    // Only what leaves the server is lost: requests still arrive.
    EXPECT_EQ(world.served.size() == 50u, cut == Partition::Cut::leaving);
  }
}

TEST(Kinds, PartitionBetweenOthersIsNoMatter) {
  World world(plan_of({{"cut", Partition{{"other"}, Partition::Cut::both}, {}, 0_s}}));
  world.run();
  EXPECT_EQ(world.failed(), 0u);
  EXPECT_FALSE(world.reach_of("cut").reached());
}

TEST(Kinds, HostCrashAndRestart) {
  HostCrash crash{{1, 10}, {CrashPoints::before_handle}, 2_s, 5_s};
  World world(plan_of({{"crash", crash, {{"server"}, {}, {}, {}}, 0_s}}));
  world.run();
  EXPECT_GT(world.host("server").boots(), 1u);
  EXPECT_EQ(world.host("client").boots(), 1u) << "out of scope";
  EXPECT_GT(world.failed(), 0u);
}

TEST(Kinds, HostCrashAtSyncs) {
  HostCrash crash{{1, 2}, {CrashPoints::before_sync | CrashPoints::after_sync}, 2_s, 5_s};
  World world(plan_of({{"crash", crash, {}, 0_s}}));
  int before = 0;
  int after = 0;
  for (int i = 0; i < 400; ++i) {
    const DiskVerdict verdict = world.hooks.disk(world.moment("sync db"), {DiskOp::Kind::sync, "db", 0, 0});
    before += verdict.act == DiskVerdict::Act::crash_before ? 1 : 0;
    after += verdict.act == DiskVerdict::Act::crash_after ? 1 : 0;
    if (verdict.act != DiskVerdict::Act::pass) {
      EXPECT_GE(verdict.restart_after, 2_s);
      EXPECT_LE(verdict.restart_after, 5_s);
    }
    EXPECT_EQ(world.hooks.disk(world.moment("write db"), {DiskOp::Kind::write, "db", 0, 1}).act,
              DiskVerdict::Act::pass);
    EXPECT_EQ(world.hooks.stepping(world.moment("before commit x"), {Where::before_commit}).act,
              sim::StepVerdict::Act::pass);
  }
  EXPECT_NEAR(before, 200, 40);
  EXPECT_NEAR(after, 100, 40);
}

TEST(Kinds, HostFreezeDelaysAndLosesNothing) {
  HostFreeze freeze{{1, 10}, 2_s, 3_s};
  World world(plan_of({{"freeze", freeze, {{"server"}, {}, {}, {}}, 0_s}}));
  world.run();
  EXPECT_TRUE(world.traced(sim::EventKind::host_frozen, "server"));
  EXPECT_EQ(world.host("server").boots(), 1u);
  EXPECT_EQ(world.served.size(), 50u);
  EXPECT_GT(world.failed(), 0u);
}

TEST(Kinds, HostOutage) {
  World world(plan_of({{"dark", HostOutage{}, {{"server"}, {}, {}, {}}, 10_s, 20_s}}));
  world.run();
  EXPECT_EQ(world.host("server").boots(), 2u);
  EXPECT_GE(world.failed(), 8u);
  EXPECT_LE(world.failed(), 11u);
}

TEST(Kinds, AnOutageFromTheBeginningHolds) {
  World world(plan_of({{"dark", HostOutage{}, {{"server"}, {}, {}, {}}, 0_s, 20_s}}));
  world.sim->scheduler().run_until((19_s).ns);
  EXPECT_FALSE(world.host("server").is_up());
  EXPECT_TRUE(world.served.empty());
  world.run();
  EXPECT_TRUE(world.host("server").is_up());
}

TEST(Kinds, OverlappingOutagesEndWithTheLast) {
  World world(plan_of({{"a", HostOutage{}, {{"server"}, {}, {}, {}}, 10_s, 20_s},
                       {"b", HostOutage{}, {{"server"}, {}, {}, {}}, 15_s, 40_s}}));
  world.sim->scheduler().run_until((30_s).ns);
  EXPECT_FALSE(world.host("server").is_up());
  world.sim->scheduler().run_until((41_s).ns);
  EXPECT_TRUE(world.host("server").is_up());
}

TEST(Kinds, NoRestartDuringAnOutage) {
  Plan plan = plan_of({{"dark", HostOutage{}, {{"server"}, {}, {}, {}}, 10_s, 60_s}});
  plan.strikes.push_back({"call-5 › POST /echo › before handling POST /echo", 0, act::Crash{10_s}});
  World world(plan);
  world.sim->scheduler().run_until((50_s).ns);
  EXPECT_TRUE(world.hooks.unmatched().empty());
  EXPECT_FALSE(world.host("server").is_up());
  world.sim->scheduler().run_until((61_s).ns);
  EXPECT_TRUE(world.host("server").is_up());
}

TEST(Kinds, Clocks) {
  const Scope server{{"server"}, {}, {}, {}};
  const auto error_at = [&](Fault fault, Duration until, Duration at) {
    World world(plan_of({{"clock", std::move(fault), server, 10_s, until}}));
    world.sim->scheduler().run_until(at.ns);
    world.sim->scheduler().advance_to(at.ns);
    EXPECT_EQ(world.host("client").wall_now(), world.sim->true_now());
    return world.host("server").wall_now() - world.sim->true_now();
  };
  EXPECT_EQ(error_at(ClockOffset{-3_s}, 60_s, 9_s), 0_s);
  EXPECT_EQ(error_at(ClockOffset{-3_s}, 60_s, 30_s), -3_s);
  EXPECT_EQ(error_at(ClockOffset{-3_s}, 60_s, 61_s), 0_s);
  EXPECT_EQ(error_at(ClockStep{1_h}, 20_s, 61_s), 1_h) << "nobody corrects a step before heal";
  EXPECT_EQ(error_at(ClockDrift{1'000'000}, 60_s, 30_s), 20_ms);
  EXPECT_EQ(error_at(ClockFreeze{}, 60_s, 30_s), -20_s);
}

TEST(Kinds, ClockWindowsAddUp) {
  World world(plan_of({{"a", ClockOffset{3_s}, {}, 10_s, 60_s}, {"b", ClockOffset{4_s}, {}, 20_s, 30_s}}));
  const auto error = [&](Duration at) {
    world.sim->scheduler().run_until(at.ns);
    world.sim->scheduler().advance_to(at.ns);
    return world.host("server").wall_now() - world.sim->true_now();
  };
  EXPECT_EQ(error(15_s), 3_s);
  EXPECT_EQ(error(25_s), 7_s);
  EXPECT_EQ(error(35_s), 3_s);
  EXPECT_EQ(error(65_s), 0_s);
}

TEST(Kinds, DiskCrashOutcome) {
  const DiskCrashOutcome half{{1, 2}, {1, 4}, {1, 2}};
  World world(plan_of({{"outcome", half, {}, 0_s}}));
  int kept = 0;
  int torn = 0;
  int names = 0;
  const sim::Moment crash = world.moment("before commit x");
  for (std::uint32_t i = 0; i < 1000; ++i) {  // one moment: the crash
    const auto verdict = world.hooks.unsynced_sector(crash, {"db", i / 8, i % 8});
    kept += verdict.act == sim::SectorVerdict::Act::kept ? 1 : 0;
    if (verdict.act == sim::SectorVerdict::Act::torn) {
      ++torn;
      EXPECT_GE(verdict.torn_bytes, 1u);
      EXPECT_LE(verdict.torn_bytes, 511u);
    }
    names += world.hooks.name_survives(crash, {"file-" + std::to_string(i), true}) ? 1 : 0;
  }
  EXPECT_NEAR(kept, 500, 50);
  EXPECT_NEAR(torn, 250, 45);
  EXPECT_NEAR(names, 500, 50);
}

TEST(Kinds, DiskFaultsStrikeTheirOperationsOnly) {
  struct Row {
    Fault fault;
    DiskOp::Kind hit;
    DiskOp::Kind spared;
    DiskVerdict::Act act;
  };
  const std::vector<Row> rows{
      {DiskFail{kAlways}, DiskOp::Kind::read, DiskOp::Kind::remove, DiskVerdict::Act::fail},
      {DiskFull{kAlways}, DiskOp::Kind::write, DiskOp::Kind::read, DiskVerdict::Act::full},
      {DiskLie{kAlways}, DiskOp::Kind::sync, DiskOp::Kind::write, DiskVerdict::Act::lie},
      {DiskRot{kAlways}, DiskOp::Kind::read, DiskOp::Kind::sync, DiskVerdict::Act::rot},
      {DiskRot{kAlways}, DiskOp::Kind::write, DiskOp::Kind::truncate, DiskVerdict::Act::rot},
      {DiskMisdirectedWrite{kAlways}, DiskOp::Kind::write, DiskOp::Kind::read, DiskVerdict::Act::misdirect},
      {DiskLostWrite{kAlways}, DiskOp::Kind::write, DiskOp::Kind::read, DiskVerdict::Act::lose},
      {DiskTornWrite{kAlways}, DiskOp::Kind::write, DiskOp::Kind::read, DiskVerdict::Act::tear},
      {DiskMisdirectedRead{kAlways}, DiskOp::Kind::read, DiskOp::Kind::write, DiskVerdict::Act::misdirect},
      {DiskShortRead{kAlways}, DiskOp::Kind::read, DiskOp::Kind::write, DiskVerdict::Act::shorten},
      {DiskBadSector{kAlways}, DiskOp::Kind::write, DiskOp::Kind::sync, DiskVerdict::Act::wear_out},
  };
  for (const Row& row : rows) {
    World world(plan_of({{"disk", row.fault, {{"server"}, {}, {}, "*.db"}, 0_s}}));
    const auto ask = [&](DiskOp::Kind kind, std::string_view file, std::string_view host) {
      return world.hooks.disk(world.moment("disk", host), {kind, file, 0, 512}).act;
    };
    EXPECT_EQ(ask(row.hit, "a.db", "server"), row.act);
    EXPECT_EQ(ask(row.spared, "a.db", "server"), DiskVerdict::Act::pass);
    EXPECT_EQ(ask(row.hit, "a.db-wal", "server"), DiskVerdict::Act::pass);
    EXPECT_EQ(ask(row.hit, "a.db", "client"), DiskVerdict::Act::pass);
  }
  World world(plan_of({{"slow", DiskStall{kAlways, 3_s}, {}, 0_s}}));
  const auto verdict = world.hooks.disk(world.moment("disk"), {DiskOp::Kind::write, "db", 0, 512});
  EXPECT_EQ(verdict.act, DiskVerdict::Act::pass);
  EXPECT_GT(verdict.stall, 0_s);
  EXPECT_LE(verdict.stall, 3_s);
}

TEST(Kinds, DiskDamageStaysWithinItsOperation) {
  World world(plan_of({{"rot", DiskRot{kAlways, 4}, {}, 0_s, 10_s},
                       {"torn", DiskTornWrite{kAlways}, {}, 0_s, 10_s},
                       {"short", DiskShortRead{kAlways}, {}, 0_s, 10_s}}));
  for (int i = 0; i < 200; ++i) {
    const auto ask = [&](DiskOp::Kind kind) {
      return world.hooks.disk(world.moment("disk"), {kind, "db", 0, 512});
    };
    const DiskVerdict rot = ask(DiskOp::Kind::write);
    ASSERT_EQ(rot.act, DiskVerdict::Act::rot);
    EXPECT_TRUE(rot.at >= 0 && rot.at < 512 * 8) << rot.at;
    EXPECT_TRUE(rot.count >= 1 && rot.count <= 4) << rot.count;
  }
  // What fired replays: the same verdicts from strikes.
  Plan strikes = plan_of({});
  for (const FiredStrike& fired : world.hooks.fired()) strikes.strikes.push_back(fired.strike);
  World again(strikes);
  for (int i = 0; i < 200; ++i) again.hooks.disk(again.moment("disk"), {DiskOp::Kind::write, "db", 0, 512});
  EXPECT_EQ(again.hooks.fired_count(), 200u);
  EXPECT_TRUE(again.hooks.unmatched().empty());
}

TEST(Kinds, Fork) {
  const std::vector<std::string_view> ways{"once", "twice", "never"};
  World world(plan_of({{"f", ForkTaken{"callback", "never", kAlways}, {}, 0_s},
                       {"g", ForkTaken{"callback", "nothing", kAlways}, {}, 0_s}}));
  EXPECT_EQ(world.sim->fork(world.host("server"), "callback", ways), 2u);
  EXPECT_EQ(world.sim->fork(world.host("server"), "elsewhere", ways), 0u);
  EXPECT_EQ(world.reach_of("g").tries, 0u) << "a way that the fork does not have is never reached";
}

}  // namespace
}  // namespace ordeal::faults

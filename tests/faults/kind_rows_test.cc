// The row of each kind says what the hooks do: where it answers, what it strikes, what it needs, when it acts.
#include <algorithm>
#include <array>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "faults/kinds/fields.h"
#include "faults/kinds/menu.h"
#include "faults/plan/describe.h"
#include "faults/plan/plan_json.h"
#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

using BrokerOp = sim::BrokerOp::Kind;
using DiskOp = sim::DiskOp::Kind;

constexpr std::array kDiskOps{DiskOp::read,   DiskOp::write,  DiskOp::sync,          DiskOp::truncate,
                              DiskOp::remove, DiskOp::create, DiskOp::sync_directory};
constexpr std::array kBrokerOps{BrokerOp::store, BrokerOp::deliver, BrokerOp::acknowledge, BrokerOp::timer};

// A fault of this kind that strikes whenever it is asked.
Fault always(FaultKind kind) {
  Fault fault = make(kind);
  std::visit(
      [](auto& f) {
        if constexpr (requires { f.slight(); }) f = f.slight();
        if constexpr (requires { f.rate; }) f.rate = Ratio::one();
      },
      fault);
  if (auto* crash = std::get_if<HostCrash>(&fault)) crash->at.set = 127;
  if (auto* outcome = std::get_if<DiskCrashOutcome>(&fault)) *outcome = {{1, 1}, {0, 1}, {1, 1}};
  if (auto* fork = std::get_if<ForkTaken>(&fault)) fork->fork = "callback", fork->way = "twice";
  if (auto* partition = std::get_if<Partition>(&fault)) partition->side = {"server"};
  return fault;
}

// A world in which the window is open, and whether a question makes it strike.
class Asked {
 public:
  explicit Asked(FaultKind kind) : world(plan_of({{"it", always(kind), {{"server"}, {}, {}, {}}, 0_s}})) {}

  template <class Ask>
  bool strikes(Ask&& ask) {
    const std::size_t before = world.hooks.fired_count();
    ask(world.hooks, world.moment("callback"));
    return world.hooks.fired_count() > before;
  }
  bool message() {
    return strikes([](PlanHooks& hooks, const sim::Moment& here) { hooks.sending(here, {1, true, false}); });
  }
  bool step() {
    return strikes([](PlanHooks& hooks, const sim::Moment& here) { hooks.stepping(here, {}); });
  }
  bool disk(DiskOp op) {
    return strikes([&](PlanHooks& hooks, const sim::Moment& here) { hooks.disk(here, {op, "db", 0, 512}); });
  }
  bool sector() {
    return strikes([](PlanHooks& hooks, const sim::Moment& here) {
      hooks.unsynced_sector(here, {"db", 0, 0});
    });
  }
  bool name() {
    return strikes([](PlanHooks& hooks, const sim::Moment& here) {
      hooks.name_survives(here, {"db", true});
    });
  }
  bool fork() {
    constexpr std::array<std::string_view, 2> kWays{"once", "twice"};
    return strikes([&](PlanHooks& hooks, const sim::Moment& here) { hooks.fork(here, {kWays}); });
  }
  bool cache(bool able) {
    return strikes([&](PlanHooks& hooks, const sim::Moment& here) {
      hooks.cache(here, {"SET", "stock", true, able, able});
    });
  }
  bool broker(BrokerOp op, bool able) {
    return strikes([&](PlanHooks& hooks, const sim::Moment& here) {
      hooks.broker(here, {op, "paid", "points", able});
    });
  }

  World world;
};

TEST(KindRows, AKindStrikesWhereItsRowSaysAndNowhereElse) {
  for (const KindInfo& row : kinds()) {
    SCOPED_TRACE(std::string(row.name));
    Asked asked(row.kind);
    EXPECT_EQ(asked.message(), row.answers.has(Question::sending));
    EXPECT_EQ(asked.step(), row.answers.has(Question::stepping));
    for (const DiskOp op : kDiskOps) {
      EXPECT_EQ(asked.disk(op), row.answers.has(Question::disk) && row.operations.has(op))
          << static_cast<int>(op);
    }
    EXPECT_EQ(asked.sector(), row.answers.has(Question::unsynced_sector));
    EXPECT_EQ(asked.name(), row.answers.has(Question::unsynced_name));
    EXPECT_EQ(asked.fork(), row.answers.has(Question::fork));
    const bool asks_more = row.need != Need::nothing;
    EXPECT_EQ(asked.cache(true), row.answers.has(Question::cache));
    EXPECT_EQ(asked.cache(false), row.answers.has(Question::cache) && !asks_more);
    for (const BrokerOp op : kBrokerOps) {
      const bool here = row.answers.has(Question::broker) && row.operations.has(op);
      EXPECT_EQ(asked.broker(op, true), here) << static_cast<int>(op);
      EXPECT_EQ(asked.broker(op, false), here && !asks_more) << static_cast<int>(op);
    }
  }
}

// Written out once more, by hand: the hooks follow the rows, so a wrong row would agree with itself.
TEST(KindRows, DevicesStrikeAtTheirOwnOperations) {
  struct Expected {
    FaultKind kind;
    std::vector<BrokerOp> operations;
    Need need;
  };
  const std::vector<Expected> table{
      {FaultKind::cache_failover, {}, Need::replica},
      {FaultKind::cache_restart_empty, {}, Need::nothing},
      {FaultKind::cache_evict, {}, Need::eviction},
      {FaultKind::broker_redeliver, {BrokerOp::acknowledge}, Need::nothing},
      {FaultKind::broker_duplicate, {BrokerOp::store}, Need::nothing},
      {FaultKind::broker_reorder, {BrokerOp::deliver}, Need::nothing},
      {FaultKind::broker_delay, {BrokerOp::timer}, Need::nothing},
      {FaultKind::broker_lose_unflushed, {BrokerOp::store}, Need::asynchronous_flush},
  };
  std::size_t devices = 0;
  for (const KindInfo& row : kinds())
    devices += row.subject == Subject::caches || row.subject == Subject::brokers ? 1 : 0;
  EXPECT_EQ(devices, table.size());
  for (const Expected& row : table) {
    EXPECT_EQ(info(row.kind).need, row.need) << name_of(row.kind);
    for (const BrokerOp op : kBrokerOps) {
      const bool expected =
          std::find(row.operations.begin(), row.operations.end(), op) != row.operations.end();
      EXPECT_EQ(Asked(row.kind).broker(op, true), expected) << name_of(row.kind);
    }
  }
}

TEST(KindRows, EveryKindBitesAndItsReachCountsIt) {
  for (const KindInfo& row : kinds()) {
    SCOPED_TRACE(std::string(row.name));
    Asked asked(row.kind);
    asked.message();
    asked.step();
    for (const DiskOp op : kDiskOps) asked.disk(op);
    asked.sector();
    asked.name();
    asked.fork();
    asked.cache(true);
    for (const BrokerOp op : kBrokerOps) asked.broker(op, true);
    asked.world.run();
    const FaultReach reach = asked.world.reach_of("it");
    EXPECT_EQ(reach.kind, row.kind);
    EXPECT_TRUE(reach.effective());
    if (row.acts == Acts::at_sites) {
      EXPECT_EQ(reach.hits, asked.world.hooks.fired_count());
    } else {
      EXPECT_EQ(asked.world.hooks.fired_count(), 0u) << "what acts by the clock leaves no strikes behind";
    }
    for (const FiredStrike& fired : asked.world.hooks.fired()) {
      EXPECT_TRUE(may_be_of(info(fired.strike.action), row.kind)) << readable(fired.strike);
      EXPECT_TRUE(row.answers.has(info(fired.strike.action).question)) << readable(fired.strike);
    }
  }
}

TEST(KindRows, WhatActsByTheClockBeginsAndEndsAsItsRowSays) {
  for (const KindInfo& row : kinds()) {
    if (row.acts == Acts::at_sites) continue;
    SCOPED_TRACE(std::string(row.name));
    World world(plan_of({{"it", always(row.kind), {{"server"}, {}, {}, {}}, 10_s, 20_s}}));
    const auto disturbed_at = [&](Duration at) {
      world.sim->scheduler().run_until(at.ns);
      world.sim->scheduler().advance_to(at.ns);
      const sim::ClockSetting& clock = world.host("server").clock();
      return !world.host("server").is_up() || clock.frozen || clock.drift_ppb != 0 ||
             clock.offset != Duration{};
    };
    EXPECT_FALSE(disturbed_at(9_s));
    if (row.acts == Acts::at_the_start) {
      disturbed_at(110_s);
      EXPECT_GT(world.host("server").boots(), 1u);
      continue;
    }
    EXPECT_TRUE(disturbed_at(15_s));
    EXPECT_EQ(disturbed_at(25_s), row.acts == Acts::until_heal);
    world.run();
    EXPECT_FALSE(disturbed_at(3_min));
  }
}

Menu full_menu() {
  Menu menu;
  add_host(menu, "order", HostRole::service);
  add_host(menu, "order-db", HostRole::database);
  add_host(menu, "cache", HostRole::cache);
  add_host(menu, "broker", HostRole::broker);
  add_host(menu, "channel", HostRole::party);
  menu.forks = {{"callback", {"twice"}, false}};
  return menu;
}

TEST(KindRows, ADatabaseHostSuffersWhatHostsDisksAndLinksSuffer) {
  const Menu menu = full_menu();
  for (const KindInfo& row : kinds()) {
    const auto& hosts = hosts_for(row.kind, menu);
    const bool in = std::find(hosts.begin(), hosts.end(), "order-db") != hosts.end();
    EXPECT_EQ(in, row.subject != Subject::caches && row.subject != Subject::brokers) << row.name;
    EXPECT_EQ(std::find(hosts.begin(), hosts.end(), "channel") != hosts.end(),
              row.subject == Subject::messages || row.subject == Subject::forks)
        << row.name;
  }
  Menu again = menu;
  add_host(again, "order-db", HostRole::database);
  EXPECT_EQ(again.disk_hosts, (std::vector<std::string>{"order", "order-db"})) << "each host once";
}

TEST(KindRows, WhatAWorldLacksIsWhyAKindCannotBite) {
  const Menu menu = full_menu();
  const Capabilities poor{false, false, false};
  for (const KindInfo& row : kinds()) {
    EXPECT_EQ(why_it_cannot_bite(row.kind, menu), "") << row.name;
    EXPECT_NE(why_it_cannot_bite(row.kind, Menu{}), "") << row.name;
    EXPECT_EQ(why_it_cannot_bite(row.kind, menu, poor).empty(), row.need == Need::nothing) << row.name;
  }
  Menu shop;
  add_host(shop, "shop", HostRole::stateless);
  EXPECT_EQ(why_it_cannot_bite(FaultKind::cache_evict, shop), "no cache in this scenario");
  EXPECT_EQ(why_it_cannot_bite(FaultKind::broker_delay, shop), "no broker in this scenario");
  EXPECT_EQ(why_it_cannot_bite(FaultKind::disk_rot, shop), "no disk in this scenario");
  EXPECT_EQ(why_it_cannot_bite(FaultKind::fork, shop), "no fork in this scenario");
  EXPECT_EQ(why_it_cannot_bite(FaultKind::partition, shop), "it takes at least 2 hosts");
  EXPECT_EQ(why_it_cannot_bite(FaultKind::host_crash, shop), "");
}

TEST(KindRows, EveryParameterSaysWhatItIs) {
  const auto check = [](const std::vector<ParameterText>& parameters, std::string_view of) {
    std::set<std::string> keys;
    for (const ParameterText& one : parameters) {
      EXPECT_TRUE(keys.insert(one.key).second) << of << " " << one.key << " twice";
      EXPECT_FALSE(one.says.empty()) << of << " " << one.key;
      EXPECT_FALSE(one.value.empty()) << of << " " << one.key;
    }
  };
  for (const KindInfo& row : kinds()) check(parameters_of(row.kind), row.name);
  for (std::size_t i = 0; i < kActions; ++i) check(parameters_of_action(i), actions()[i].name);
  check(window_keys(), "windows");
}

TEST(KindRows, ARangeNamesItsUpperEnd) {
  for (const KindInfo& row : kinds()) {
    std::visit(
        [&](const auto& fault) {
          fault.fields(fault, [&](const Parameter& parameter, const auto&) {
            if (parameter.not_above.empty()) return;
            EXPECT_GT(time_named(fault, parameter.not_above), Duration{}) << row.name << " " << parameter.key;
          });
        },
        make(row.kind));
  }
}

TEST(KindRows, TheExampleOfEachKindIsAValidWindow) {
  for (const KindInfo& row : kinds()) {
    const auto plan = plan_from_text(R"({"heal_at":"1h","windows":[)" + example_window(row.kind) + "]}");
    ASSERT_TRUE(plan.ok()) << row.name << ": " << plan.error().text();
    EXPECT_EQ(kind_of(plan->windows.at(0).fault), row.kind);
    for (const ParameterText& one : parameters_of(row.kind))
      EXPECT_NE(example_window(row.kind).find("\"" + one.key + "\""), std::string::npos) << row.name;
  }
}

}  // namespace
}  // namespace ordeal::faults

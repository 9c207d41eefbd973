#include "faults/search/swarm.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "faults/plan/plan_json.h"
#include "faults/text.h"
#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

Menu menu() {
  Menu m;
  m.crash_hosts = m.freeze_hosts = m.disk_hosts = {"server", "client"};
  m.clock_hosts = m.linked_hosts = {"server", "client", "other"};
  m.groups = {{"server", "client"}};
  m.cache_hosts = m.broker_hosts = {"other"};
  m.forks = {{"alipay.callback", {"twice", "never"}, false}};
  for (const KindInfo& row : kinds()) m.allowed.push_back(row.kind);
  m.storm = 24_h;
  m.busy_until = 10_min;
  return m;
}

constexpr std::uint64_t kSeeds = 2'000;

TEST(Swarm, EveryKindAppearsAndNoTrialHasAllTheSame) {
  std::map<FaultKind, int> trials;
  std::map<std::size_t, int> sizes;
  std::set<std::pair<std::string, std::string>> ways;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Plan plan = swarm(sim::Choices(seed), menu());
    std::set<FaultKind> kinds_here;
    for (const Window& window : plan.windows) {
      kinds_here.insert(kind_of(window.fault));
      if (const auto* fork = std::get_if<ForkTaken>(&window.fault)) ways.emplace(fork->fork, fork->way);
    }
    for (const FaultKind kind : kinds_here) ++trials[kind];
    ++sizes[plan.windows.size()];
    EXPECT_LE(plan.windows.size(), menu().max_windows);
    EXPECT_EQ(plan.heal_at, 24_h);
  }
  for (const KindInfo& row : kinds()) {
    EXPECT_GT(trials[row.kind], 250) << row.name;
    EXPECT_LT(trials[row.kind], 1'400) << row.name << " is missing in many trials: that is the point";
  }
  EXPECT_EQ(ways.size(), 2u);
  EXPECT_GT(sizes[0], 20) << "some trials are calm";
}

TEST(Swarm, StrengthsSpanOrdersOfMagnitude) {
  std::map<FaultKind, std::set<std::int64_t>> denominators;
  std::vector<Duration> extras;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const Window& window : swarm(sim::Choices(seed), menu()).windows) {
      const Ratio rate = rate_of(window.fault);
      if (!rate.is_zero()) denominators[kind_of(window.fault)].insert(rate.den);
      EXPECT_LE(rate.num * 3, rate.den);
      if (const auto* delay = std::get_if<MessageDelay>(&window.fault)) extras.push_back(delay->extra_max);
    }
  }
  EXPECT_EQ(denominators[FaultKind::message_loss].size(), 8u);
  EXPECT_EQ(*denominators[FaultKind::message_loss].begin(), 3);
  EXPECT_EQ(*denominators[FaultKind::message_loss].rbegin(), 1'000);
  EXPECT_GE(*denominators[FaultKind::host_crash].begin(), 10) << "a crash loop is not a strength";
  const auto [least, most] = std::minmax_element(extras.begin(), extras.end());
  EXPECT_LT(*least, 500_ms);
  EXPECT_GT(*most, 20_s);
}

// A menu with one kind less gives the same plan without that kind.
TEST(Swarm, AKindLessIsThePlanWithoutIt) {
  Menu all = menu();
  all.max_windows = 1'000;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Plan full = swarm(sim::Choices(seed), all);
    for (const KindInfo& row : kinds()) {
      Menu less = all;
      std::erase(less.allowed, row.kind);
      Plan expected = full;
      std::erase_if(expected.windows, [&](const Window& w) { return kind_of(w.fault) == row.kind; });
      if (row.kind == FaultKind::host_outage) expected.never_returning.clear();
      ASSERT_EQ(swarm(sim::Choices(seed), less), expected) << row.name;
    }
  }
}

TEST(Swarm, NowAndThenSomebodyNeverReturns) {
  Menu m = menu();
  m.may_stay_down = {"client", "other"};
  std::map<std::string, int> gone;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Plan plan = swarm(sim::Choices(seed), m);
    if (plan.never_returning.empty()) continue;
    const Window& window = plan.windows.back();
    EXPECT_EQ(window.scope.hosts, plan.never_returning);
    EXPECT_EQ(window.until, kNever);
    EXPECT_LE(window.from, m.busy_until) << "while there is work that has to do without";
    ++gone[plan.never_returning.front()];
  }
  EXPECT_EQ(gone.size(), 2u);
  EXPECT_NEAR(gone["client"] + gone["other"], kSeeds / 16, 40);
}

TEST(Swarm, CutsHaveEveryShape) {
  Menu m = menu();
  m.linked_hosts = {"a", "b", "c", "d", "e", "f"};
  m.groups = {{"a", "b"}, {"c"}};
  int alone = 0;
  int halves = 0;
  int services = 0;
  std::set<Partition::Cut> cuts;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const Window& window : swarm(sim::Choices(seed), m).windows) {
      const auto* partition = std::get_if<Partition>(&window.fault);
      if (partition == nullptr) continue;
      ASSERT_FALSE(partition->side.empty());
      ASSERT_LT(partition->side.size(), m.linked_hosts.size());
      cuts.insert(partition->cut);
      alone += partition->side.size() == 1 ? 1 : 0;
      halves += partition->side.size() == 3 ? 1 : 0;
      services += partition->side == m.groups[0] ? 1 : 0;
    }
  }
  EXPECT_GT(alone, 50);
  EXPECT_GT(halves, 50);
  EXPECT_GT(services, 20);
  EXPECT_EQ(cuts.size(), 3u);
}

TEST(Swarm, MidnightComesAtTheWrongMoment) {
  Menu m = menu();
  m.midnights = {16_h};
  m.max_clock_error = 10_min;
  int early = 0;
  int late = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const Window& window : swarm(sim::Choices(seed), m).windows) {
      if (!window.id.starts_with("midnight-")) continue;
      const Duration by = std::get<ClockOffset>(window.fault).by;
      ASSERT_LE(window.from, 16_h);
      ASSERT_GT(window.until, 16_h);
      // At its start a fast clock shows the next day already, at its end a slow one still shows the last.
      if (by > 0_s) {
        EXPECT_GE(window.from + by, 16_h);
        ++early;
      } else {
        EXPECT_LT(window.until + by, 16_h);
        ++late;
      }
    }
  }
  EXPECT_GT(early, 20);
  EXPECT_GT(late, 20);
}

TEST(Swarm, PointsAreArmedByThemselvesInAQuarterOfTheTrials) {
  Menu m = menu();
  m.max_windows = 2;
  const auto armed = [](const Plan& plan, std::string_view point) {
    return std::count_if(plan.windows.begin(), plan.windows.end(), [&](const Window& w) {
      const auto* fork = std::get_if<ForkTaken>(&w.fault);
      return fork != nullptr && fork->fork == point;
    });
  };
  m.forks.push_back({"relay: stops", {"unlucky"}, true});
  m.forks.push_back({"worker: late", {"unlucky"}, true});
  std::map<std::string, int> trials;
  std::set<std::int64_t> rates;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Plan plan = swarm(sim::Choices(seed), m);
    for (const char* point : {"relay: stops", "worker: late"}) {
      EXPECT_LE(armed(plan, point), 1);
      trials[point] += armed(plan, point) > 0 ? 1 : 0;
    }
    for (const Window& window : plan.windows) {
      if (std::get_if<ForkTaken>(&window.fault) != nullptr) rates.insert(rate_of(window.fault).den);
    }
    // They take nobody's place under the cap.
    Menu without = m;
    std::erase_if(without.forks, [](const ForkOnMenu& fork) { return fork.is_point; });
    Plan expected = plan;
    std::erase_if(expected.windows, [&](const Window& w) {
      const auto* fork = std::get_if<ForkTaken>(&w.fault);
      return fork != nullptr && fork->way == "unlucky";
    });
    ASSERT_EQ(swarm(sim::Choices(seed), without), expected);
  }
  for (const auto& [point, count] : trials) EXPECT_NEAR(count, kSeeds / 4, 80) << point;
  EXPECT_GT(rates.size(), 5u);
}

TEST(Swarm, KnobsAreTurnedInAQuarterOfTheTrials) {
  Menu m = menu();
  m.knobs = {{"page", {"512", "4096"}}, {"batch", {"1"}}};
  std::map<std::string, int> seen;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Plan plan = swarm(sim::Choices(seed), m);
    for (const auto& [name, value] : plan.knobs) ++seen[name + "=" + value];
    Plan plain = plan;
    plain.knobs.clear();
    ASSERT_EQ(swarm(sim::Choices(seed), menu()), plain) << "knobs change nothing else";
  }
  EXPECT_NEAR(seen["page=512"], kSeeds / 8, 70);
  EXPECT_NEAR(seen["page=4096"], kSeeds / 8, 70);
  EXPECT_NEAR(seen["batch=1"], kSeeds / 4, 80);
}

TEST(Swarm, TheCapTakesASubset) {
  Menu few = menu();
  few.max_windows = 3;
  Menu many = menu();
  many.max_windows = 1'000;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Plan all = swarm(sim::Choices(seed), many);
    const Plan some = swarm(sim::Choices(seed), few);
    EXPECT_EQ(some.windows.size(), std::min<std::size_t>(3, all.windows.size()));
    for (const Window& window : some.windows) {
      EXPECT_NE(std::find(all.windows.begin(), all.windows.end(), window), all.windows.end());
    }
  }
}

TEST(Swarm, KeepsToItsMenu) {
  Menu small;
  small.linked_hosts = {"server", "client"};
  small.storm = 1_h;
  small.max_rate = {1, 50};
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    for (const Window& window : swarm(sim::Choices(seed), small).windows) {
      const FaultKind kind = kind_of(window.fault);
      const bool message = kind <= FaultKind::partition || kind == FaultKind::message_hold ||
                           kind == FaultKind::message_tail || kind == FaultKind::message_corruption;
      EXPECT_TRUE(message) << name_of(kind) << ": no host may crash, freeze or lose its clock";
      const Ratio rate = rate_of(window.fault);
      EXPECT_LE(rate.num * 50, rate.den);
      EXPECT_LT(window.from, window.until);
      EXPECT_TRUE(window.until == kUntilHeal || window.until <= 1_h) << text(window.until);
      for (const std::string& name : window.scope.to) EXPECT_NE(name, "other");
    }
  }
}

TEST(Swarm, WindowsLieInTheBusyPartOften) {
  int partial = 0;
  int busy = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const Window& window : swarm(sim::Choices(seed), menu()).windows) {
      if (window.until == kUntilHeal) continue;
      ++partial;
      busy += window.from < 10_min ? 1 : 0;
    }
  }
  EXPECT_GT(busy * 2, partial);
}

TEST(Swarm, CachesAndBrokersSufferOnlyWhereThereAreSome) {
  Menu neither = menu();
  neither.cache_hosts.clear();
  neither.broker_hosts.clear();
  Menu both = menu();
  both.cache_hosts = {"cache"};
  both.broker_hosts = {"broker"};
  std::size_t caches = 0;
  std::size_t brokers = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    for (const Window& window : swarm(sim::Choices(seed), neither).windows)
      EXPECT_LT(kind_of(window.fault), FaultKind::cache_failover) << window.id;
    for (const Window& window : swarm(sim::Choices(seed), both).windows) {
      const FaultKind kind = kind_of(window.fault);
      if (kind < FaultKind::cache_failover) continue;
      const bool cache = kind <= FaultKind::cache_evict;
      EXPECT_EQ(window.scope.hosts, std::vector<std::string>{cache ? "cache" : "broker"});
      ++(cache ? caches : brokers);
    }
  }
  EXPECT_GT(caches, 50u);
  EXPECT_GT(brokers, 50u);
}

TEST(Swarm, PlansAreValidAndWorldsSurviveThem) {
  Menu m = menu();
  m.cache_hosts.clear();  // the world has none
  m.broker_hosts.clear();
  m.storm = 1_min;
  m.busy_until = 0_s;
  Reach campaign;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Plan plan = swarm(sim::Choices(seed), m);
    const auto again = plan_from_text(plan_to_text(plan));
    ASSERT_TRUE(again.ok()) << again.error().text() << "\n" << plan_to_text(plan);
    ASSERT_EQ(*again, plan);
    World world(plan, seed, 20);
    ASSERT_TRUE(world.hooks.unknown_hosts().empty());
    world.run(2_h);
    for (const char* name : {"server", "client", "other"}) {
      ASSERT_TRUE(world.host(name).is_up()) << name << "\n" << readable(plan);
      ASSERT_EQ(world.host(name).wall_now(), world.sim->true_now());
    }
    campaign.add(world.hooks.reach());
  }
  // 27 of 10,000 honest rates lie outside three sigma, and there are some hundred here.
  EXPECT_LE(campaign.off_rates().size(), 2u);
  EXPECT_GT(campaign.of(FaultKind::partition).effective, 5u);
  EXPECT_GT(campaign.of(FaultKind::host_crash).effective, 10u);
}

}  // namespace
}  // namespace ordeal::faults

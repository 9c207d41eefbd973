#include "faults/search/shrink.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

using Numbers = std::vector<int>;

bool holds_all(const Numbers& items, const Numbers& wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](int w) { return std::find(items.begin(), items.end(), w) != items.end(); });
}

RC_GTEST_PROP(Ddmin, AMonotoneFailureLeavesExactlyItsCause, ()) {
  const int size = *rc::gen::inRange(0, 200);
  Numbers items(static_cast<std::size_t>(size));
  std::iota(items.begin(), items.end(), 0);
  Numbers cause;
  for (int n = size == 0 ? 0 : *rc::gen::inRange(0, 6); n > 0; --n)
    cause.push_back(*rc::gen::inRange(0, size));
  std::sort(cause.begin(), cause.end());
  cause.erase(std::unique(cause.begin(), cause.end()), cause.end());
  Budget budget;
  const Numbers left = ddmin<int>(
      items, [&](const Numbers& some) { return holds_all(some, cause); }, budget);
  RC_ASSERT(left == cause);
}

// Any judge at all, even one that is not monotone: the result fails and no single item can go.
RC_GTEST_PROP(Ddmin, TheResultFailsAndIsOneMinimal, (std::uint64_t salt)) {
  Numbers items(*rc::gen::inRange<std::size_t>(1, 30));
  std::iota(items.begin(), items.end(), 0);
  const auto fails = [&](const Numbers& some) {
    if (some.size() == items.size()) return true;
    std::uint64_t hash = salt;
    for (const int i : some) hash = mix64(hash ^ static_cast<std::uint64_t>(i + 1));
    return hash % 3 == 0;
  };
  Budget budget;
  const Numbers left = ddmin<int>(items, fails, budget);
  RC_ASSERT(fails(left));
  for (std::size_t i = 0; i < left.size(); ++i) {
    Numbers less = left;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    RC_ASSERT(!fails(less));
  }
}

TEST(Ddmin, NeedsFewTriesForOneCauseAmongMany) {
  Numbers items(1'000);
  std::iota(items.begin(), items.end(), 0);
  Budget budget;
  EXPECT_EQ(ddmin<int>(
                items, [](const Numbers& some) { return holds_all(some, {777}); }, budget),
            Numbers{777});
  EXPECT_LT(budget.tries, 60u);
}

TEST(Ddmin, KeepsTheBestSoFarWhenInterrupted) {
  Numbers items(1'000);
  std::iota(items.begin(), items.end(), 0);
  for (const std::uint64_t tries : {0u, 1u, 5u, 20u}) {
    Budget budget;
    budget.max_tries = tries;
    const Numbers left = ddmin<int>(
        items,
        [](const Numbers& some) {
          return holds_all(some, {5, 900});
        },
        budget);
    EXPECT_TRUE(holds_all(left, {5, 900}));
    EXPECT_LE(budget.tries, tries);
  }
}

Plan windows_plan() {
  return plan_of({{"loss", MessageLoss{{1, 5}}, {}, 0_s},
                  {"late", MessageDelay{{1, 5}, 2_s}, {}, 0_s},
                  {"twice", MessageDuplicate{{1, 5}, 2_s}, {}, 0_s},
                  {"crash", HostCrash{{1, 40}, {}, 1_s, 5_s}, {{"server"}, {}, {}, {}}, 0_s},
                  {"skew", ClockOffset{1_h}, {}, 0_s}});
}

// "Some call was handled twice": one duplicate is enough.
bool handled_twice(const World& world) {
  std::vector<int> served = world.served;
  std::sort(served.begin(), served.end());
  return std::adjacent_find(served.begin(), served.end()) != served.end();
}

TEST(Shrink, AWorldsFailureComesDownToOneStrike) {
  World first(windows_plan());
  first.run();
  ASSERT_TRUE(handled_twice(first));
  ASSERT_GT(first.hooks.fired_count(), 30u);
  const Shrunk shrunk = shrink(windows_plan(), first.hooks.fired(),
                               [](const Plan& plan) {
                                 World world(plan);
                                 world.run();
                                 return handled_twice(world);
                               },
                               {});
  EXPECT_TRUE(shrunk.finished);
  EXPECT_TRUE(shrunk.plan.windows.empty());
  ASSERT_EQ(shrunk.plan.strikes.size(), 1u) << readable(shrunk.plan);
  EXPECT_EQ(shrunk.plan.strikes[0].action, Action(act::Duplicate{0_s}));
  EXPECT_LT(shrunk.tries, 60u);
}

TEST(Shrink, WhatActsByTheClockStaysAWindowAndGetsShort) {
  const Plan plan = windows_plan();
  const Shrunk shrunk =
      shrink(plan, {},
             [](const Plan& candidate) {
               return std::any_of(candidate.windows.begin(), candidate.windows.end(), [](const Window& w) {
                 const auto* offset = std::get_if<ClockOffset>(&w.fault);
                 return offset != nullptr && offset->by >= 10_s && w.from <= 61_s && w.until > 62_s;
               });
             },
             {});
  ASSERT_EQ(shrunk.plan.windows.size(), 1u);
  const Window& window = shrunk.plan.windows[0];
  EXPECT_LT(std::get<ClockOffset>(window.fault).by, 20_s);
  EXPECT_GT(window.from, 50_s);
  EXPECT_LT(window.until, 70_s);
}

TEST(Shrink, OfManyHostsOneSuffersAndOfManyTimesOne) {
  const Plan plan = plan_of({{"loop", CrashLoop{9, 5_s, 1_s}, {}, 10_s}});
  Budget budget;
  const PlanShrinker::Judge judge = [](const Plan& p) {
    if (p.windows.size() != 1) return false;
    const auto& hosts = p.windows[0].scope.hosts;
    const bool b_is_hit = hosts.empty() || std::find(hosts.begin(), hosts.end(), "b") != hosts.end();
    return b_is_hit && std::get<CrashLoop>(p.windows[0].fault).times >= 2;
  };
  PlanShrinker shrinker(plan, judge, budget);
  shrinker.fewer_hosts({"a", "b", "c"});
  EXPECT_EQ(shrinker.best().windows[0].scope.hosts, std::vector<std::string>{"b"});
  shrinker.shorten();
  EXPECT_EQ(std::get<CrashLoop>(shrinker.best().windows[0].fault).times, 2);
}

TEST(Shrink, AWindowThatNoListOfStrikesReplacesStays) {
  Plan plan = plan_of({{"loss", MessageLoss{{1, 5}}, {}, 0_s}, {"late", MessageDelay{{1, 5}, 2_s}, {}, 0_s}});
  const std::vector<FiredStrike> fired{{{"a", 0, act::Drop{}}, "loss"}, {{"b", 0, act::Delay{1_s}}, "late"}};
  const Shrunk shrunk = shrink(plan, fired,
                               [](const Plan& p) {
                                 const bool window = !p.windows.empty() && p.windows[0].id == "loss";
                                 const bool late = !p.strikes.empty() || p.windows.size() == 2;
                                 return window && late;
                               },
                               {});
  ASSERT_EQ(shrunk.plan.windows.size(), 1u);
  ASSERT_EQ(shrunk.plan.strikes.size(), 1u);
  EXPECT_EQ(shrunk.plan.strikes[0].site, "b");
}

TEST(Shrink, StopsWhenToldAndKeepsTheBest) {
  World first(windows_plan());
  first.run();
  int asked = 0;
  Budget budget;
  budget.expired = [&] { return asked >= 3; };
  const Shrunk shrunk = shrink(
      windows_plan(), first.hooks.fired(),
      [&](const Plan& plan) {
        ++asked;
        World world(plan);
        world.run();
        return handled_twice(world);
      },
      budget);
  EXPECT_FALSE(shrunk.finished);
  EXPECT_EQ(asked, 3);
  World again(shrunk.plan);
  again.run();
  EXPECT_TRUE(handled_twice(again));
}

}  // namespace
}  // namespace ordeal::faults

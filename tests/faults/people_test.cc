// The plans in which nothing but people is strange (faults/search/slight.h).
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "faults/search/slight.h"

namespace ordeal::faults {
namespace {

using namespace ordeal::literals;

Menu shop() {
  Menu menu;
  add_host(menu, "order", HostRole::service);
  menu.forks = {{"answer", {"slow", "broken"}, false},
                {"callback", {"twice", "lost", "never"}, false},
                {"order: a click is taken twice", {"unlucky"}, true}};
  menu.storm = 24_h;
  for (const KindInfo& row : kinds()) menu.allowed.push_back(row.kind);
  return menu;
}

// "answer: slow" → how many of `plans` plans have it.
std::map<std::string, int> ways_of(Plan (*plan)(const sim::Choices&, const Menu&), const Menu& menu,
                                   int plans) {
  std::map<std::string, int> ways;
  for (int seed = 1; seed <= plans; ++seed) {
    for (const Window& window : plan(sim::Choices(static_cast<std::uint64_t>(seed)), menu).windows) {
      const auto& taken = std::get<ForkTaken>(window.fault);
      ++ways[taken.fork + ": " + taken.way];
    }
  }
  return ways;
}

TEST(People, AloneTakeEachWayNowAndThenAndNoPointOfTheProgram) {
  const auto ways = ways_of(&people_alone, shop(), 400);
  EXPECT_EQ(ways.size(), 5U);
  for (const auto& [way, times] : ways) {
    EXPECT_GT(times, 60) << way;
    EXPECT_LT(times, 140) << way;
  }
}

TEST(People, InsistOnTwoToFourWaysNearlyEachTime) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Plan plan = people_insist(sim::Choices(seed), shop());
    EXPECT_GE(plan.windows.size(), 1U);  // two draws of one way are one
    EXPECT_LE(plan.windows.size(), 5U);  // and the one point
    std::set<std::string> ids;
    for (const Window& window : plan.windows) {
      EXPECT_EQ(std::get<ForkTaken>(window.fault).rate, (Ratio{3, 4}));
      EXPECT_TRUE(ids.insert(window.id).second) << window.id;
    }
  }
  EXPECT_EQ(ways_of(&people_insist, shop(), 200).size(), 6U);
}

TEST(People, InsistNowAndThenWhileTheProgramIsUnlucky) {
  const auto ways = ways_of(&people_insist, shop(), 800);
  // A third of the points in a quarter of the trials.
  EXPECT_GT(ways.at("order: a click is taken twice: unlucky"), 40);
  EXPECT_LT(ways.at("order: a click is taken twice: unlucky"), 100);
}

TEST(People, TurnKnobsAsSwarmsDo) {
  Menu menu = shop();
  menu.knobs = {{"worker.batch", {"1", "2"}}};
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const sim::Choices choices(seed);
    const auto turned = turned_knobs(choices, menu);
    EXPECT_EQ(people_alone(choices, menu).knobs, turned);
    EXPECT_EQ(people_insist(choices, menu).knobs, turned);
  }
}

TEST(People, InsistMostlyOnWhatAScenarioIsAbout) {
  Menu menu = shop();
  menu.focus = {{"callback", "never"}};
  const auto ways = ways_of(&people_insist, menu, 200);
  for (const auto& [way, times] : ways) {
    if (way == "callback: never" || way.ends_with(": unlucky")) continue;
    EXPECT_LT(times, ways.at("callback: never") / 2) << way;
  }
}

TEST(People, InsistOnNothingWhereForksAreNotAllowed) {
  Menu menu = shop();
  menu.allowed = {FaultKind::host_crash};
  EXPECT_TRUE(people_insist(sim::Choices(1), menu).windows.empty());
  EXPECT_TRUE(people_alone(sim::Choices(1), menu).windows.empty());
}

}  // namespace
}  // namespace ordeal::faults

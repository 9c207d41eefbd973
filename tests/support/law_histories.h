// How the laws of a flow are tested with histories written by hand: a small world of one good day (tests/FLOW/small_FLOW.h), breaches that
// change one thing of it, and neighbours that change it in a way that is right.
//
// A world is made of the name of the one law that watches it, "" for all of them, and has good_day() and verdict().
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/play/flow.h"
#include "sim/finding.h"

namespace ordeal::test {

template <class World>
struct History {
  std::string name;
  std::string_view law;
  std::string message;  // of the finding; of a neighbour empty
  std::function<void(World&)> happens;
};

inline std::string readable(const std::vector<sim::Finding>& findings) {
  std::string text;
  for (const sim::Finding& finding : findings) text += finding.invariant + ": " + finding.message + "\n";
  return text.empty() ? "nothing" : text;
}

template <class World>
std::vector<sim::Finding> verdict_on(const History<World>& history) {
  World world(history.law);
  world.good_day();
  history.happens(world);
  return world.verdict();
}

// Each breaks its law, says its sentence, and no other law's. `tells_of`: with evidence of what it is about.
template <class World>
void expect_rejected(const std::vector<History<World>>& breaches, bool tells_of = true) {
  for (const History<World>& breach : breaches) {
    const auto findings = verdict_on(breach);
    const bool named = std::any_of(findings.begin(), findings.end(), [&](const sim::Finding& finding) {
      return finding.invariant == breach.law && finding.message == breach.message;
    });
    EXPECT_TRUE(named) << breach.name << ": " << readable(findings);
    EXPECT_TRUE(std::all_of(findings.begin(), findings.end(),
                            [&](const sim::Finding& finding) {
                              return finding.invariant == breach.law &&
                                     (!tells_of || !finding.evidence.empty());
                            }))
        << breach.name << ": " << readable(findings);
  }
}

// Each law has a breach, and each sentence that the flow can tell is said by one. `untold`: sentences that tell themselves.
template <class World>
void expect_complete(const std::vector<History<World>>& breaches, const play::Flow& flow,
                     std::size_t untold = 0) {
  std::set<std::string_view> broken;
  std::set<std::string> said;
  for (const History<World>& breach : breaches) {
    broken.insert(breach.law);
    said.insert(breach.message);
  }
  for (const play::LawRow& law : flow.laws) EXPECT_TRUE(broken.contains(law.name)) << law.name;
  EXPECT_EQ(broken.size(), flow.laws.size());
  for (const play::BreachRow& row : flow.breaches)
    EXPECT_TRUE(said.contains(std::string(row.message))) << row.message;
  EXPECT_EQ(said.size(), flow.breaches.size() + untold);
}

template <class World>
void expect_accepted(const std::vector<History<World>>& neighbours) {
  for (const History<World>& good : neighbours) EXPECT_EQ(readable(verdict_on(good)), "nothing") << good.name;
}

}  // namespace ordeal::test

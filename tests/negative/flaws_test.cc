// Every planted bug is found, within 2,000 seeds of its scenario's swarm, by the invariant that the catalogue names; and the canary:
// this program goes red when a flaw is *not* found. The same seeds without the flaw are clean.
#include <gtest/gtest.h>

#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::PlayOptions;
using play::Stage;

constexpr std::uint64_t kSeeds = 2'000;

// Ids and no rows: a test's parameter is printed with its name, and a row's bytes are another in each process.
std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const play::FlawRow* row : all_flows().flaws()) all.emplace_back(row->id);
  return all;
}

class Flaws : public ::testing::TestWithParam<std::string> {};

TEST_P(Flaws, IsFoundForItsNamedReasonAndNotWithoutIt) {
  const play::FlawRow& flaw = *all_flows().flaw(GetParam());
  const auto scenario = library().load(flaw.scenario);
  Stage flawed(all_flows(), scenario, {{}, {std::string(flaw.id)}});
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const auto day = flawed.play(options);
    ASSERT_FALSE(day.trial.broken) << *day.trial.broken;
    if (!found(day, std::string(flaw.invariant))) continue;
    Stage right(all_flows(), scenario, {});
    const auto same_day = right.play(options);
    EXPECT_EQ(same_day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(same_day);
    return;
  }
  FAIL() << flaw.id << " was not found by " << flaw.invariant << " in " << kSeeds << " seeds";
}

INSTANTIATE_TEST_SUITE_P(Catalogue, Flaws, ::testing::ValuesIn(ids()), [](const auto& row) {
  std::string name = row.param;
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace ordeal::test

// Is the swarm worth it? Each planted bug is hunted twice over the same seeds: with the swarm, and with every kind of fault slightly on
// in every trial. Both shares of failing trials are printed; a fault injector that finds less than its simplest rival goes red.
#include <iostream>

#include <gtest/gtest.h>

#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::FaultMode;

constexpr std::uint64_t kSeeds = 400;

int failing(play::Stage& stage, FaultMode mode) {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    play::PlayOptions options;
    options.seed = seed;
    options.faults = mode;
    const sim::Verdict verdict = stage.play(options).trial.verdict;
    found += verdict == sim::Verdict::safety || verdict == sim::Verdict::liveness ? 1 : 0;
  }
  return found;
}

TEST(Swarm, FindsWhatEverythingSlightlyOnMisses) {
  int missed_by_swarm = 0, missed_by_slight = 0;
  std::cout << "failing trials of " << kSeeds << "   swarm   everything slightly on\n";
  for (const play::FlawRow* row : all_flows().flaws()) {
    const play::FlawRow& flaw = *row;
    play::Stage stage(all_flows(), library().load(flaw.scenario), {{}, {std::string(flaw.id)}});
    const int swarm = failing(stage, FaultMode::swarm);
    const int slight = failing(stage, FaultMode::slight);
    std::cout << "  " << flaw.id << "  " << swarm << "  " << slight << "\n";
    missed_by_swarm += swarm == 0 ? 1 : 0;
    missed_by_slight += slight == 0 ? 1 : 0;
  }
  EXPECT_EQ(missed_by_swarm, 0);
  EXPECT_LE(missed_by_swarm, missed_by_slight);
}

}  // namespace
}  // namespace ordeal::test

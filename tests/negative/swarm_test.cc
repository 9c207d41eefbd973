// Is the swarm worth it? Each planted bug is hunted twice over the same seeds: with the swarm, and with every kind of fault slightly on
// in every trial. Both shares of failing trials are printed; a fault injector that finds less than its simplest rival goes red.
#include <iostream>

#include <gtest/gtest.h>

#include "scenarios/play/library.h"
#include "scenarios/play/tables.h"
#include "tests/support/source_dir.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using scenarios::FaultMode;

constexpr std::uint64_t kSeeds = 400;

int failing(scenarios::Stage& stage, FaultMode mode) {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    scenarios::PlayOptions options;
    options.seed = seed;
    options.faults = mode;
    found += stage.play(options).trial.verdict == sim::Verdict::safety ? 1 : 0;
  }
  return found;
}

TEST(Swarm, FindsWhatEverythingSlightlyOnMisses) {
  const scenarios::Library library(source_dir() + "/scenarios/files");
  int missed_by_swarm = 0, missed_by_slight = 0;
  std::cout << "failing trials of " << kSeeds << "   swarm   everything slightly on\n";
  for (const scenarios::FlawRow& flaw : scenarios::flaws()) {
    scenarios::Stage stage(library.load(std::string(flaw.scenario)), {{}, {std::string(flaw.id)}});
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

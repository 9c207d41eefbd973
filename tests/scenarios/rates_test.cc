// Did the faults bite? Over a campaign every kind that the swarm may draw strikes, and what was achieved agrees with what was asked.
// Not every fault is possible at every moment, so the tries are counted where the device asks, not where the plan hopes.
#include <gtest/gtest.h>

#include "faults/kinds/fault.h"
#include "scenarios/play/play.h"
#include "tests/support/shipped.h"

namespace ordeal::test {
namespace {

faults::Reach campaign(std::uint64_t trials) {
  play::Stage stage(all_flows(), library().load("first_sale"), {});
  faults::Reach reach;
  for (std::uint64_t seed = 1; seed <= trials; ++seed) {
    play::PlayOptions options;
    options.seed = seed;
    reach.merge(stage.play(options).reach);
  }
  return reach;
}

TEST(Rates, EveryKindStrikesAndAchievesWhatWasAsked) {
  const faults::Reach reach = campaign(600);
  for (const faults::KindInfo& kind : faults::kinds()) {
    // A service may die of these and is allowed to (declared duty "may lose"): the swarm leaves them out.
    if (kind.by_name_only) continue;
    // The scenario has neither a cache nor a broker.
    if (kind.kind >= faults::FaultKind::cache_failover) continue;
    EXPECT_GT(reach.of(kind.kind).effective, 0u) << kind.name;
  }
  std::size_t judged = 0;
  for (const faults::RateRow& row : reach.rates())
    judged += faults::enough_tries(row.tries, row.asked) ? 1 : 0;
  EXPECT_GT(judged, 30u);
  // Three sigma: 27 of 10,000 honest rates lie outside. Two in a hundred would be a bias.
  const auto off = reach.off_rates();
  EXPECT_LE(off.size() * 100, judged * 2 + 100);
  for (const faults::RateRow& row : off) {
    std::cout << "off: " << faults::name_of(row.kind) << " asked " << row.asked.num << "/" << row.asked.den
              << ", " << row.hits << " of " << row.tries << "\n";
  }
}

}  // namespace
}  // namespace ordeal::test

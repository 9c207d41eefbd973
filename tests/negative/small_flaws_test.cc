// How small failures get: over all planted bugs, each on its scenario, half of them or more shrink to at most three
// strikes and two actors.
#include <algorithm>

#include <gtest/gtest.h>

#include "scenarios/play/shrinking.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

std::uint64_t median(std::vector<std::uint64_t> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];  // of an even number the larger of the two in the middle
}

TEST(SmallFlaws, TheMedianIsThreeStrikesAndTwoActorsOrLess) {
  constexpr std::uint64_t kSeeds = 2'000;
  std::vector<std::uint64_t> strikes;
  std::vector<std::uint64_t> actors;
  for (const play::FlawRow* row : all_flows().flaws()) {
    const play::FlawRow& flaw = *row;
    const auto scenario = library().load(flaw.scenario);
    play::Stage stage(all_flows(), scenario, {{}, {std::string(flaw.id)}});
    const std::string invariant(flaw.invariant);
    play::PlayOptions options;
    play::Played first;
    for (options.seed = 1; options.seed <= kSeeds; ++options.seed) {
      first = stage.play(options);
      if (!first.trial.findings.empty() && first.trial.findings.front().invariant == invariant) break;
    }
    if (options.seed > kSeeds) continue;  // never a headline: flaws_test.cc judges that
    const play::Aim aim = play::aim_at(invariant, first.trial);
    faults::Budget budget;
    const play::Small small = play::shrink({stage, aim, budget, {}}, options, first);
    ASSERT_TRUE(small.finished) << flaw.id;
    const play::Size size = play::size_of(scenario, small.options, small.played);
    RecordProperty(std::string(flaw.id),
                   std::to_string(size.strikes) + " strikes, " + std::to_string(size.actors) + " actors");
    strikes.push_back(size.strikes + size.windows);
    actors.push_back(size.actors);
  }
  ASSERT_GE(strikes.size(), 7U);
  EXPECT_LE(median(strikes), 3U);
  EXPECT_LE(median(actors), 2U);
}

}  // namespace
}  // namespace ordeal::test

// What a swarm did to a trial, its strikes alone do again: repros, shrinking and explanations hang on it. Most of all where two
// instances are at work under one cause, for then they visit the same sites (seed 56 of first_sale_instances was once another).
#include <gtest/gtest.h>

#include "faults/search/shrink.h"
#include "scenarios/play/play.h"
#include "tests/support/shipped.h"

namespace ordeal::test {
namespace {

// The plan with strikes in the place of all windows that act at sites; those that act by the clock stay.
faults::Plan struck_out(const play::Played& first) {
  faults::Plan out = first.plan;
  const faults::PlanShrinker::Judge judge = [&](const faults::Plan& candidate) {
    out = candidate;
    return true;
  };
  faults::Budget budget;
  faults::PlanShrinker shrinker(first.plan, judge, budget);
  shrinker.strike_out(first.fired);
  return out;
}

class FromStrikes : public testing::TestWithParam<const char*> {};

TEST_P(FromStrikes, ATrialIsTheSameAgain) {
  play::Stage stage(all_flows(), library().load(GetParam()), {});
  int alike = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    play::PlayOptions options;
    options.seed = seed;
    const play::Played first = stage.play(options);
    options.faults = play::FaultMode::plan;
    options.plan = struck_out(first);
    const play::Played again = stage.play(options);
    EXPECT_TRUE(again.unmatched.empty()) << GetParam() << " seed " << seed;
    EXPECT_EQ(again.trial.trace_hash, first.trial.trace_hash) << GetParam() << " seed " << seed;
    alike += first.fired.empty() ? 0 : 1;
  }
  EXPECT_GT(alike, 70) << "of these most were struck";
}

INSTANTIATE_TEST_SUITE_P(Scenarios, FromStrikes,
                         testing::Values("first_sale", "first_sale_instances", "late_money_instances"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace ordeal::test

// The determinism contract on whole trials: no call to the outside, the same hash as the first or the hundredth trial of a process,
// whatever ran before, with and without the full trace, and from two stages at once.
#include <gtest/gtest.h>

#include "scenarios/play/play.h"
#include "tests/support/interpose.h"
#include "tests/support/shipped.h"

namespace ordeal::test {
namespace {

using play::PlayOptions;
using play::Stage;
using support::ForbiddenCalls;

play::Scenario first_sale() { return library().load("first_sale"); }

PlayOptions seed(std::uint64_t value) {
  PlayOptions options;
  options.seed = value;
  return options;
}

std::string hash(Stage& stage, const PlayOptions& options) {
  return stage.play(options).trial.trace_hash.text();
}

TEST(Trials, ReachNothingOutside) {
  Stage stage(all_flows(), first_sale(), {});
  (void)stage.play(seed(1));  // what is set up once per process
  {
    const ForbiddenCalls::Armed armed;
    for (std::uint64_t i = 2; i <= 12; ++i) (void)stage.play(seed(i));
  }
  for (const auto& call : ForbiddenCalls::reached())
    ADD_FAILURE() << call.name << " was called " << call.times << " times";
}

TEST(Trials, AreTheSameAsTheFirstOrTheHundredth) {
  Stage stage(all_flows(), first_sale(), {});
  const std::string first = hash(stage, seed(7));
  for (std::uint64_t i = 100; i < 200; ++i) (void)stage.play(seed(i));
  EXPECT_EQ(hash(stage, seed(7)), first);
  Stage fresh(all_flows(), first_sale(), {});
  EXPECT_EQ(hash(fresh, seed(7)), first);
}

TEST(Trials, HaveTheSameHashWithTheFullTrace) {
  Stage stage(all_flows(), first_sale(), {});
  for (std::uint64_t i = 1; i <= 10; ++i) {
    PlayOptions full = seed(i);
    full.trace = sim::Trace::Mode::full;
    EXPECT_EQ(hash(stage, seed(i)), hash(stage, full)) << "seed " << i;
  }
}

// Whoever asks for causes is shown the rows that each statement changes (sim/disk/row_watch.h), and that must cost the trial nothing:
// not on the smallest pages either, on which orders and events do not fit.
TEST(Trials, HaveTheSameHashWithCauses) {
  for (const char* name : {"first_sale", "cart_batch", "venue_booking", "two_shards"}) {
    play::Scenario scenario = library().load(name);
    scenario.database.page_size = 512;
    Stage stage(all_flows(), scenario, {});
    for (std::uint64_t i = 1; i <= 40; ++i) {
      PlayOptions told = seed(i);
      told.trace = sim::Trace::Mode::with_causes;
      EXPECT_EQ(hash(stage, seed(i)), hash(stage, told)) << name << ", seed " << i;
    }
  }
}

TEST(Trials, ReplayFromTheirOwnPlan) {
  Stage stage(all_flows(), first_sale(), {});
  for (std::uint64_t i = 1; i <= 20; ++i) {
    const auto day = stage.play(seed(i));
    PlayOptions again = seed(i);
    again.faults = play::FaultMode::plan;
    again.plan = day.plan;
    EXPECT_EQ(hash(stage, again), day.trial.trace_hash.text()) << "seed " << i;
  }
}

TEST(Trials, OfOtherSeedsDiffer) {
  Stage stage(all_flows(), first_sale(), {});
  EXPECT_NE(hash(stage, seed(1)), hash(stage, seed(2)));
}

}  // namespace
}  // namespace ordeal::test

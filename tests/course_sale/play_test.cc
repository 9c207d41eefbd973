// The flash sale played: every design of every seam holds, and so does bad luck at its points.
#include "scenarios/play/play.h"

#include <gtest/gtest.h>

#include "scenarios/flows/course_sale/flow.h"
#include "tests/support/shipped.h"

namespace ordeal::test {
namespace {

constexpr std::uint64_t kSeeds = 12;

std::string findings_of(const play::Played& day) {
  std::string all;
  for (const sim::Finding& finding : day.trial.findings)
    all += finding.invariant + ": " + finding.message + "\n";
  return all;
}

TEST(CourseSale, EveryDesignOfEverySeamHolds) {
  const auto scenario = library().load("course_seckill");
  for (const play::SeamRow* seam : course_sale::flow().seams) {
    for (const std::string_view design : seam->designs()) {
      play::Stage stage(all_flows(), scenario, {{{std::string(seam->name), std::string(design)}}, {}});
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        play::PlayOptions options;
        options.seed = seed;
        const auto day = stage.play(options);
        EXPECT_EQ(day.trial.verdict, sim::Verdict::pass)
            << seam->name << "=" << design << ", seed " << seed << "\n"
            << findings_of(day);
      }
    }
  }
}

TEST(CourseSale, BadLuckAtEachPointIsSurvivedAndReached) {
  const auto scenario = library().load("course_seckill");
  play::Stage stage(all_flows(), scenario, {});
  for (const play::PointRow& point : course_sale::flow().points) {
    std::uint64_t reached = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      play::PlayOptions options;
      options.seed = seed;
      options.faults = play::FaultMode::plan;
      options.plan.heal_at = scenario.storm;
      options.plan.windows.push_back(
          {"w0", faults::ForkTaken{std::string(point.name), "unlucky", {1, 2}}, {}, {}, scenario.storm});
      const auto day = stage.play(options);
      EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << point.name << "\n" << findings_of(day);
      reached += day.reach.of(faults::FaultKind::fork).effective;
    }
    EXPECT_GT(reached, 0U) << point.name;
  }
}

}  // namespace
}  // namespace ordeal::test

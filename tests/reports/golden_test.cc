// What the writers write, against golden files (tests/support/golden.h says how to renew them).
#include "tests/support/golden.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/hunt_json.h"
#include "reports/run_json.h"
#include "reports/shrink_report.h"
#include "reports/story.h"
#include "reports/text.h"
#include "tests/reports/example.h"

namespace ordeal::reports {
namespace {

using sim::EventKind;
using test::expect_golden;

sim::TraceRecord record(std::int64_t ms, std::uint32_t host, EventKind kind, std::string text) {
  return {ms * 1'000'000, 0, 0, host, kind, std::move(text), ""};
}

TEST(Golden, RunJson) { expect_golden("run.json", json_text(run_json(example::run()))); }
TEST(Golden, HuntJson) { expect_golden("hunt.json", json_text(hunt_json(example::hunt()))); }
TEST(Golden, RunText) { expect_golden("run.txt", run_text(example::run(), {})); }
TEST(Golden, HuntText) { expect_golden("hunt.txt", hunt_text(example::hunt(), {})); }
TEST(Golden, ShrinkJson) { expect_golden("shrink.json", json_text(shrink_json(example::shrunk()))); }
TEST(Golden, ShrinkTextHasTheButForTable) { expect_golden("shrink.txt", shrink_text(example::shrunk(), {})); }
TEST(Golden, GreenHuntSaysWhatItDidNotExercise) {
  expect_golden("hunt_green.txt", hunt_text(example::green_hunt(), {}));
}

TEST(Golden, Story) {
  const std::vector<sim::TraceRecord> records{
      record(0, 0, EventKind::host_up, "is up"),
      record(10, 1, EventKind::log, "shopper-3 orders for 68.00 CNY"),
      record(11, 0, EventKind::disk_write, "128 bytes"),  // not part of a story
      record(12, 0, EventKind::log, ""),
      record(900'000, 0, EventKind::fault, "the host crashes and restarts after 30s"),
      record(900'000, 0, EventKind::host_down, "is down"),
      record(903'250, 1, EventKind::mark, "shopper asked again"),
      record(100 * 3'600'000, 7, EventKind::party, "nobody knows this host"),
  };
  expect_golden("story.txt", story(records, {"order-1", "shoppers"}, {example::oversell()}, false));
}

TEST(Text, QuietKeepsTheVerdictAndTheLineThatReproducesIt) {
  EXPECT_EQ(run_text(example::run(), {.color = false, .quiet = true}),
            "✗ safety\nagain  ./ordeal replay .ordeal/runs/x/I-10-no-oversell.repro.json\n");
}

TEST(Text, AFailureWithoutARepoStillSaysHowToSeeItAgain) {
  RunReport report = example::run();
  report.repro.reset();
  const std::string text = run_text(report, {});
  EXPECT_NE(text.find("again  ./ordeal run first_sale --seed 42 --flaw F-01 --design stock.gate=row_lock\n"),
            std::string::npos);
}

TEST(Text, OurBugIsNeverAPass) {
  RunReport report = example::run();
  report.verdict = sim::Verdict::pass;
  report.broken = "check failed";
  EXPECT_NE(run_text(report, {}).find("✗ our bug: check failed"), std::string::npos);
  EXPECT_EQ(run_json(report).at("verdict"), "broken");
}

TEST(Text, ColoursOnlyWhenAskedFor) {
  EXPECT_EQ(run_text(example::run(), {}).find('\x1b'), std::string::npos);
  EXPECT_NE(run_text(example::run(), {.color = true, .quiet = false}).find('\x1b'), std::string::npos);
}

TEST(Json, BytesThatAreNoTextDoNotBreakTheWriter) {
  RunReport report = example::run();
  report.findings[0].message = "bad \xff byte";
  EXPECT_NE(json_text(run_json(report)).find("bad \xEF\xBF\xBD byte"), std::string::npos);
}

TEST(Json, AHuntWithoutTrialsDividesByNothing) {
  const auto json = hunt_json(HuntReport{});
  EXPECT_EQ(json.at("trials_per_second"), 0.0);
  EXPECT_EQ(json.at("orders_per_second"), 0.0);
}

}  // namespace
}  // namespace ordeal::reports

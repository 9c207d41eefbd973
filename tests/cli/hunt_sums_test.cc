// A hunt's sums do not depend on the order in which workers finish, and a limit on failures cuts every hunt at the same seed.
#include "scenarios/cli/hunt/hunt_sums.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/hunt_json.h"

namespace ordeal::cli {
namespace {

TrialLine trial(std::uint64_t seed, std::vector<std::string> broken = {}) {
  TrialLine line;
  line.seed = seed;
  line.events = 10 * seed;
  line.trace_hash = std::to_string(seed);
  line.marks = {{"out of stock", 1}};
  line.counts = {{"orders_placed", 3}};
  line.faults.by_kind["host_crash"] = {1, 1, seed % 2, seed};
  line.rates = {{faults::FaultKind::host_crash, {1, 2}, 100, 50}};
  for (std::string& name : broken)
    line.findings.push_back({std::move(name), sim::FindingKind::safety, "seed " + std::to_string(seed)});
  if (!line.findings.empty()) line.verdict = sim::Verdict::safety;
  return line;
}

reports::HuntReport hunt(const std::vector<TrialLine>& lines, std::uint64_t max_failures = 0) {
  HuntSums sums({1, 100}, max_failures);
  for (const TrialLine& line : lines) sums.add(line);
  play::Scenario scenario;
  scenario.sometimes = {"out of stock", "order abandoned"};
  reports::HuntReport report;
  sums.finish(report, scenario);
  return report;
}

std::vector<TrialLine> eight() {
  std::vector<TrialLine> lines;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) lines.push_back(trial(seed));
  lines[2] = trial(3, {"I-10 no-oversell"});
  lines[4] = trial(5, {"I-32 no-double-charge", "I-10 no-oversell"});
  lines[6] = trial(7, {"I-10 no-oversell"});
  return lines;
}

TEST(HuntSums, AnyOrderOfArrivalGivesTheSameReport) {
  std::vector<TrialLine> lines = eight();
  const auto expected = reports::hunt_json(hunt(lines));
  std::reverse(lines.begin(), lines.end());
  EXPECT_EQ(reports::hunt_json(hunt(lines)), expected);
  std::rotate(lines.begin(), lines.begin() + 3, lines.end());
  EXPECT_EQ(reports::hunt_json(hunt(lines)), expected);
}

TEST(HuntSums, OfAShardKnowItsLimitFromItsOwnSeedsAlone) {
  HuntSums sums({1, 100}, 2, {3, 4});
  sums.add(trial(11, {"I-10 no-oversell"}));
  sums.add(trial(7));
  EXPECT_FALSE(sums.full()) << "seed 3 may be a failure";
  sums.add(trial(3, {"I-10 no-oversell"}));
  EXPECT_TRUE(sums.full());
  EXPECT_EQ(sums.ended_with(), 11U);
}

TEST(HuntSums, OneHashStandsForAllTraces) {
  std::vector<TrialLine> lines = eight();
  const std::string expected = hunt(lines).traces_hash;
  EXPECT_EQ(expected.size(), 32U);
  lines[6].trace_hash = "another";
  EXPECT_NE(hunt(lines).traces_hash, expected);
}

TEST(HuntSums, NamesTheLowestSeedOfEachInvariant) {
  std::vector<TrialLine> lines = eight();
  std::reverse(lines.begin(), lines.end());
  const reports::HuntReport report = hunt(lines);
  EXPECT_EQ(report.trials, 8U);
  EXPECT_EQ(report.passed, 5U);
  EXPECT_EQ(report.failed, 3U);
  EXPECT_EQ(report.by_invariant.at("I-10 no-oversell"), 3U);
  ASSERT_EQ(report.first_failures.size(), 2U);
  EXPECT_EQ(report.first_failures[0].seed, 3U);
  EXPECT_EQ(report.first_failures[0].message, "seed 3");
  EXPECT_EQ(report.first_failures[1].seed, 5U);
  EXPECT_EQ(report.events, 360U);
  EXPECT_EQ(report.counts.at("orders_placed"), 24);
  EXPECT_EQ(report.not_reached, std::vector<std::string>{"order abandoned"});
  EXPECT_EQ(report.faults.by_kind.at("host_crash").effective, 4U);
}

TEST(HuntSums, ALimitOnFailuresEndsAtTheSameSeedWhateverWasPlayedBeyond) {
  std::vector<TrialLine> lines = eight();
  std::reverse(lines.begin(), lines.end());
  const reports::HuntReport report = hunt(lines, 2);
  EXPECT_EQ(report.trials, 5U);
  EXPECT_EQ(report.failed, 2U);
  lines = eight();
  lines.resize(5);
  EXPECT_EQ(reports::hunt_json(hunt(lines, 2)), reports::hunt_json(report));
}

TEST(HuntSums, WhatWaitsBehindAGapCountsAtTheEnd) {
  const reports::HuntReport report = hunt({trial(2), trial(9, {"I-10 no-oversell"})});
  EXPECT_EQ(report.trials, 2U);
  EXPECT_EQ(report.first_failures.at(0).seed, 9U);
}

TEST(HuntSums, ARateFarFromWhatWasAskedIsNamed) {
  TrialLine line = trial(1);
  line.rates = {{faults::FaultKind::message_loss, {1, 2}, 10'000, 5'000},
                {faults::FaultKind::host_crash, {1, 2}, 10'000, 6'000}};
  const reports::HuntReport report = hunt({line});
  EXPECT_EQ(report.rates_judged, 2U);
  ASSERT_EQ(report.rates_off.size(), 1U);
  EXPECT_EQ(report.rates_off[0].kind, "host_crash");
}

TEST(TrialLine, SurvivesTheWayThroughAPipe) {
  TrialLine line = trial(UINT64_MAX, {"I-10 no-oversell"});
  line.twice = true;
  line.same = false;
  line.our_bug = "check \"failed\"\nbadly";
  line.unsaved = "disk full";
  const std::string text = to_text(line);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  const auto again = line_from(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(to_text(*again), text);
  EXPECT_EQ(again->seed, UINT64_MAX);
  EXPECT_EQ(again->our_bug, line.our_bug);
}

TEST(TrialLine, ATornLineIsNone) {
  const std::string text = to_text(trial(1));
  for (std::size_t cut = 0; cut < text.size(); ++cut) EXPECT_FALSE(line_from(text.substr(0, cut))) << cut;
  EXPECT_FALSE(line_from("{}"));
  EXPECT_FALSE(line_from("{\"seed\": \"x\"}"));
}

}  // namespace
}  // namespace ordeal::cli

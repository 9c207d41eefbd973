// The table of a comparison: what is best, what is not sure, how figures are written, and both forms against golden files.
#include "reports/comparison.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/layout.h"
#include "reports/run_json.h"
#include "tests/support/golden.h"

namespace ordeal::reports {
namespace {

using Better = ComparedRow::Better;
using Wins = std::vector<std::vector<std::uint64_t>>;

ComparedRow row(std::string measure, std::string figure, bool is_time, Better better,
                std::vector<Figure> figures, Wins wins) {
  ComparedRow out;
  out.measure = measure;
  out.figure = figure;
  out.name = measure + (figure == "sum" ? "" : " " + figure);
  out.says = "What " + measure + " is.";
  out.is_time = is_time;
  out.better = better;
  out.figures = std::move(figures);
  out.wins = std::move(wins);
  return out;
}

Wins wins_of_two(std::uint64_t first, std::uint64_t second) { return {{0, first}, {second, 0}}; }

Comparison two_gates() {
  Comparison of;
  of.engine = "ordeal 0.0.0+test";
  of.questions = {"stock.gate"};
  of.designs = {{"conditional_update"}, {"row_lock"}};
  of.scenarios = {"flash_sale", "flash_sale"};
  of.fixed = {"order.close_by=scan"};
  of.left_out = {"stock.gate=cache_then_db: first_sale has no cache"};
  of.faults = "swarm";
  of.last_seed = of.seeds = 40;
  of.rows = {
      row("orders placed", "sum", false, Better::neither, {{19'955, 1}, {19'955, 1}}, wins_of_two(0, 0)),
      row("placing an order", "p50", true, Better::less, {{1'234'567, 1}, {1'900'000, 1}},
          wins_of_two(40, 0)),
      row("placing an order", "p99", true, Better::less, {{12'000'000'000, 1}, {11'995'000'000, 1}},
          wins_of_two(19, 21)),
      row("messages", "per order", false, Better::less, {{2'000, 3}, {2'001, 3}}, wins_of_two(8, 0)),
      row("closing after its time", "p50", true, Better::less, {{}, {500'000, 1}}, wins_of_two(0, 0)),
      row("oversold", "sum", false, Better::never, {{0, 1}, {3, 1}}, wins_of_two(2, 0)),
  };
  of.verdicts = {{}, {2, 1, 7, "I-10 no-oversell", "./ordeal run flash_sale --seed 7 --flaw F-01"}};
  of.exit_code = 1;
  return of;
}

TEST(SignTest, IsStrictAndSymmetric) {
  struct Case {
    std::uint64_t wins, losses;
    bool significant;
  };
  // (|a - b| - 1)² against 10.828 (a + b)
  for (const Case& one : {Case{0, 0, false},
                          {1, 0, false},
                          {12, 0, false},
                          {13, 0, true},
                          {40, 0, true},
                          {21, 19, false},
                          {30, 10, false},
                          {31, 9, true},
                          {550, 450, false},
                          {560, 440, true},
                          {7, 7, false}}) {
    EXPECT_EQ(is_significant(one.wins, one.losses), one.significant) << one.wins << ":" << one.losses;
    EXPECT_EQ(is_significant(one.losses, one.wins), one.significant) << one.losses << ":" << one.wins;
  }
}

TEST(Best, IsWhatNoOtherBeatsSignificantly) {
  const auto best = [](Wins wins) {
    return best_of(row("x", "sum", false, Better::less, {{1, 1}, {1, 1}, {2, 1}}, std::move(wins)));
  };
  EXPECT_EQ(best({{0, 5, 40}, {4, 0, 40}, {0, 0, 0}}), (std::vector<bool>{true, true, false}));
  EXPECT_EQ(best({{0, 40, 40}, {0, 0, 40}, {0, 0, 0}}), (std::vector<bool>{true, false, false}));
  EXPECT_TRUE(best({{0, 5, 6}, {4, 0, 6}, {5, 5, 0}}).empty()) << "nothing is sure";
}

TEST(Best, IsNothingWhereNothingIsBetterOrNothingHappened) {
  EXPECT_TRUE(best_of(row("x", "sum", false, Better::neither, {{1, 1}, {9, 1}}, wins_of_two(40, 0))).empty());
  EXPECT_TRUE(best_of(row("x", "sum", false, Better::never, {{0, 1}, {9, 1}}, wins_of_two(40, 0))).empty());
  EXPECT_EQ(best_of(row("x", "p50", true, Better::less, {{}, {9, 1}}, wins_of_two(0, 0))),
            (std::vector<bool>{false, true}));
}

TEST(Figures, AreComparedAsFractions) {
  EXPECT_TRUE(less({1, 3}, {34, 100}));
  EXPECT_FALSE(less({34, 100}, {1, 3}));
  EXPECT_FALSE(less({2, 6}, {1, 3}));
  EXPECT_TRUE(less({INT64_MAX - 1, INT64_MAX}, {1, 1})) << "without overflow";
}

TEST(Comparison, TextIsGolden) {
  test::expect_golden("compare.txt", comparison_text(two_gates(), {.width = 80}));
}
TEST(Comparison, JsonIsGolden) {
  test::expect_golden("compare.json", json_text(comparison_json(two_gates())));
}

TEST(Comparison, ManyDesignsAreToldInBlocksThatFit) {
  Comparison of = two_gates();
  of.questions.emplace_back("order.status_write");
  of.designs.clear();
  for (int i = 0; i < 8; ++i) of.designs.push_back({"conditional_update", "version"});
  of.scenarios.assign(8, "flash_sale");
  of.verdicts.assign(8, {});
  for (ComparedRow& one : of.rows) {
    one.figures.assign(8, {123'456'789, 1});
    one.wins.assign(8, std::vector<std::uint64_t>(8));
  }
  for (const std::size_t width : {40U, 80U, 100U}) {
    const std::string text = comparison_text(of, {.width = width});
    std::istringstream lines(text);
    std::size_t heads = 0;
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(display_width(line), std::max<std::size_t>(width, 60)) << line;
      heads += line.starts_with("stock.gate  ") ? 1 : 0;
    }
    EXPECT_GE(heads, 3U) << text;
    EXPECT_EQ(text.find(" \n"), std::string::npos) << "white space at the end of a line";
  }
}

TEST(Comparison, QuietIsTheTableAndWhatFailed) {
  const std::string text = comparison_text(two_gates(), {.quiet = true, .width = 80});
  EXPECT_EQ(text.find("Held equal"), std::string::npos);
  EXPECT_NE(text.find("I-10 no-oversell, first in seed 7:\n  ./ordeal run"), std::string::npos) << text;
}

TEST(Comparison, AnInterruptedOneSaysHowFarItCame) {
  Comparison of = two_gates();
  of.seeds = 7;
  of.stopped = "interrupted";
  EXPECT_NE(comparison_text(of, {.width = 200}).find("interrupted after 7 of these seeds"),
            std::string::npos);
  EXPECT_EQ(comparison_json(of).at("stopped_because"), "interrupted");
}

}  // namespace
}  // namespace ordeal::reports

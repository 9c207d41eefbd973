// Failures that were found once, made small and kept (repros/). A repro of a planted bug must find it again;
// one of a bug that was fixed must pass. Which, the file says in `expects`.
#include <set>

#include <gtest/gtest.h>

#include "scenarios/cli/hunt/corpus.h"
#include "scenarios/cli/hunt/recall.h"
#include "scenarios/flows/flows.h"
#include "tests/support/source_dir.h"

namespace ordeal::cli {
namespace {

std::filesystem::path corpus() { return test::source_dir() + "/tests/regressions/repros"; }

TEST(Corpus, EachReproGoesAsItExpects) {
  const auto files = corpus_files(corpus());
  ASSERT_GE(files.size(), 7U);
  for (const auto& file : files) {
    const auto came = went_otherwise(all_flows(), file);
    EXPECT_FALSE(came) << file << ": " << *came;
  }
}

TEST(Corpus, EachIsSmall) {
  for (const auto& file : corpus_files(corpus())) {
    const reports::Repro repro = read_repro_file(file.string());
    EXPECT_LE(repro.strikes.size(), 10U) << file;
    ASSERT_TRUE(repro.only) << file;
    EXPECT_LE(repro.only->size(), 5U) << file;
  }
}

TEST(Corpus, EachFlawIsThere) {
  std::set<std::string> flaws;
  for (const auto& file : corpus_files(corpus())) {
    for (const std::string& flaw : read_repro_file(file.string()).flaws) flaws.insert(flaw);
  }
  for (const play::FlawRow* flaw : all_flows().flaws())
    EXPECT_TRUE(flaws.contains(std::string(flaw->id))) << flaw->id << " has no repro";
}

// What a fixed bug leaves behind: its repro, expecting pass. With the bug back it is a regression.
TEST(Corpus, AReproOfAFixedBugExpectsAPass) {
  reports::Repro repro = read_repro_file((corpus() / "F-16.small.repro.json").string());
  repro.expects.verdict = "pass";
  const Production flawed = recall(all_flows(), repro, "flawed");
  EXPECT_FALSE(as_expected(repro, flawed.stage->play(flawed.options).trial));
  repro.flaws.clear();
  const Production fixed = recall(all_flows(), repro, "fixed");
  EXPECT_TRUE(as_expected(repro, fixed.stage->play(fixed.options).trial));
}

TEST(Corpus, AHuntPlaysThoseOfItsScenario) {
  const CorpusOutcome all = replay_corpus(all_flows(), corpus(), "first_sale");
  EXPECT_GE(all.report.replayed, 6U);
  EXPECT_EQ(all.report.as_expected, all.report.replayed);
  EXPECT_TRUE(all.report.otherwise.empty());
  EXPECT_FALSE(all.regression);
  EXPECT_EQ(replay_corpus(all_flows(), corpus(), "no_such_scenario").report.replayed, 0U);
  EXPECT_EQ(replay_corpus(all_flows(), corpus() / "nowhere", "first_sale").report.replayed, 0U);
}

}  // namespace
}  // namespace ordeal::cli

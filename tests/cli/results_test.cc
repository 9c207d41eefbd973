// Finished trials from several files: a set by seed, whatever the order of files and lines; torn lines and repetitions do
// no harm, contradictions are refused.
#include "scenarios/cli/hunt/results.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

namespace fs = std::filesystem;

class ResultsTest : public testing::Test {
 protected:
  ResultsTest() : root_(fs::path(testing::TempDir()) / ("ordeal-results-" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~ResultsTest() override { fs::remove_all(root_); }

  fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
    return root_ / name;
  }
  static std::string text_of(const fs::path& path) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  fs::path root_;
};

std::string line(std::uint64_t seed, const std::string& trace = "aa") {
  TrialLine one;
  one.seed = seed;
  one.trace_hash = trace;
  return to_text(one) + "\n";
}

// What a worker writes its parent reads, whatever stands in it.
TEST(TrialLineTest, IsReadAsItWasWritten) {
  TrialLine sent;
  sent.seed = ~std::uint64_t{0};
  sent.verdict = sim::Verdict::inconclusive;
  sent.trace_hash = "5d41";
  sent.events = 4711;
  sent.virtual_ns = -3;
  sent.twice = true;
  sent.same = false;
  sent.findings = {{"I-10 no-oversell", sim::FindingKind::safety, "one \"unit\", two buyers\n\xff"}};
  sent.marks = {{"a \\ and a \" \x01", 3}, {"callback, twice", 0}};
  sent.counts = {{"orders", 12}, {"refunds", -1}};
  sent.moves = {{"order", {"draft-unpaid", "unpaid-paid"}}, {"refund", {}}};
  sent.faults.by_kind["host.crash"] = {5, 4, 3, 2};
  sent.rates = {{faults::kinds()[1].kind, {1, 250}, 900, 4}, {faults::kinds()[0].kind, {1, 2}, 1, 0}};
  sent.unsaved = "no space left";

  const auto got = line_from(to_text(sent));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->seed, sent.seed);
  EXPECT_EQ(got->verdict, sent.verdict);
  EXPECT_EQ(got->trace_hash, sent.trace_hash);
  EXPECT_EQ(got->events, sent.events);
  EXPECT_EQ(got->virtual_ns, sent.virtual_ns);
  EXPECT_TRUE(got->twice);
  EXPECT_FALSE(got->same);
  ASSERT_EQ(got->findings.size(), 1U);
  EXPECT_EQ(got->findings[0].invariant, "I-10 no-oversell");
  EXPECT_EQ(got->findings[0].message, "one \"unit\", two buyers\n\uFFFD");
  EXPECT_EQ(got->marks, sent.marks);
  EXPECT_EQ(got->counts, sent.counts);
  EXPECT_EQ(got->set_about, sent.set_about);
  EXPECT_EQ(got->moves, sent.moves);
  const reports::FaultCounts& crash = got->faults.by_kind.at("host.crash");
  EXPECT_EQ((std::vector{crash.armed, crash.reached, crash.effective, crash.hits}),
            (std::vector<std::uint64_t>{5, 4, 3, 2}));
  ASSERT_EQ(got->rates.size(), 2U);
  EXPECT_EQ(got->rates[0].kind, sent.rates[0].kind);
  EXPECT_EQ(got->rates[0].asked, sent.rates[0].asked);
  EXPECT_EQ(got->rates[0].tries, 900U);
  EXPECT_EQ(got->rates[1].hits, 0U);
  EXPECT_FALSE(got->our_bug);
  EXPECT_EQ(got->unsaved, "no space left");
  EXPECT_FALSE(line_from(to_text(sent).substr(0, 40)));
}

TEST_F(ResultsTest, AreOneFileBySeedInWhateverOrderTheyCame) {
  const std::string expected = line(1) + line(2) + line(3) + line(10);
  const fs::path a = file("a", line(10) + line(2));
  const fs::path b = file("b", line(3) + line(2) + line(1));
  for (const auto& order :
       {std::vector{a, b}, std::vector{b, a}, std::vector{a, b, a, root_ / "is not there"}}) {
    Results results;
    for (const fs::path& one : order) results.add(one);
    EXPECT_EQ(results.count(), 4U);
    results.write(root_ / "all");
    EXPECT_EQ(text_of(root_ / "all"), expected);
  }
}

TEST_F(ResultsTest, LoseNothingButATornLine) {
  const std::string torn = line(7).substr(0, 40);
  Results results;
  results.add(file("a", line(5) + torn + "\n" + line(6) + torn));
  EXPECT_EQ(results.seeds(), (std::vector<std::uint64_t>{5, 6}));
  results.write(root_ / "a");
  EXPECT_EQ(text_of(root_ / "a"), line(5) + line(6)) << "the next line must not join the torn one";
}

TEST_F(ResultsTest, ALastLineWithoutItsEndIsMadeWhole) {
  Results results;
  std::string text = line(1) + line(2);
  text.pop_back();
  results.add(file("a", text));
  results.write(root_ / "a");
  EXPECT_EQ(text_of(root_ / "a"), line(1) + line(2));
}

TEST_F(ResultsTest, EndWithTheLastSeedThatCounts) {
  Results results;
  results.add(file("a", line(1) + line(2) + line(3)));
  results.write(root_ / "a", 2);
  EXPECT_EQ(text_of(root_ / "a"), line(1) + line(2));
}

TEST_F(ResultsTest, OfOneSeedThatContradictEachOtherAreRefused) {
  Results results;
  results.add(file("a", line(1) + line(2, "aa")));
  try {
    results.add(file("b", line(2, "bb")));
    FAIL() << "accepted";
  } catch (const play::BadInput& error) {
    EXPECT_EQ(error.code(), play::ExitCode::merge);
    const std::string said = error.what();
    for (const std::string& part : {std::string("seed 2"), std::string("trace aa"), std::string("trace bb"),
                                    (root_ / "a").string(), (root_ / "b").string()})
      EXPECT_NE(said.find(part), std::string::npos) << said;
  }
}

RC_GTEST_FIXTURE_PROP(ResultsTest, AreTheSameHoweverTheyWereSplit, ()) {
  const auto count = *rc::gen::inRange<std::uint64_t>(1, 30);
  std::string expected;
  std::vector<std::string> parts(4);
  for (std::uint64_t seed = 1; seed <= count; ++seed) expected += line(seed, std::to_string(seed * 31));
  for (const std::uint64_t seed :
       *rc::gen::container<std::vector<std::uint64_t>>(60, rc::gen::inRange<std::uint64_t>(1, count + 1)))
    parts[*rc::gen::inRange<std::size_t>(0, 4)] += line(seed, std::to_string(seed * 31));
  for (std::uint64_t seed = count; seed >= 1; --seed)
    parts[seed % 4] += line(seed, std::to_string(seed * 31));
  Results results;
  for (std::size_t i = 0; i < parts.size(); ++i) results.add(file("part" + std::to_string(i), parts[i]));
  results.write(root_ / "all");
  RC_ASSERT(text_of(root_ / "all") == expected);
}

}  // namespace
}  // namespace ordeal::cli

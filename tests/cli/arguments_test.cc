// Words on the command line: what they mean, and what is said when they mean nothing.
#include "scenarios/cli/arguments.h"

#include <functional>

#include <gtest/gtest.h>

#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/progress.h"
#include "scenarios/flows/flows.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

void expect_misused(const std::function<void()>& parse, const std::string& words) {
  try {
    parse();
    FAIL() << "accepted; expected " << words;
  } catch (const play::BadInput& error) {
    EXPECT_EQ(error.code(), ExitCode::usage);
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
  }
}

TEST(Arguments, Seeds) {
  EXPECT_EQ(parse_seed("--seed", "7"), 7U);
  EXPECT_EQ(parse_seed("--seed", "0x2a"), 42U);
  EXPECT_EQ(parse_seed("--seed", "18446744073709551615"), UINT64_MAX);
  for (const char* bad : {"", "x", "7x", "-1", "+1", "1.5", "0x", "18446744073709551616", " 7"}) {
    expect_misused([&] { parse_seed("--seed", bad); }, "--seed needs a number");
  }
}

TEST(Arguments, RangesOfSeeds) {
  EXPECT_EQ(parse_seeds("1..20000").count(), 20'000U);
  EXPECT_EQ(parse_seeds("0x10..0x10").first, 16U);
  EXPECT_EQ(parse_seeds("9").last, 9U);
  for (const char* bad : {"", "..", "1..", "..5", "5..1", "1...5", "1-5", "0..18446744073709551615"}) {
    expect_misused([&] { parse_seeds(bad); }, "--seeds needs a range");
  }
}

TEST(Arguments, BudgetsAndShares) {
  EXPECT_EQ(parse_budget("1m30s").ns, 90'000'000'000);
  for (const char* bad : {"60", "never", "-5s", "1 h", ""})
    expect_misused([&] { parse_budget(bad); }, "--budget needs a duration");
  EXPECT_EQ(parse_share("--rerun-share", "5/100"), (Ratio{5, 100}));
  for (const char* bad : {"0.05", "2/1", "-1/2", "5%"}) {
    expect_misused([&] { parse_share("--rerun-share", bad); }, "--rerun-share needs a share");
  }
}

TEST(Arguments, NamesGetTheNearestOne) {
  EXPECT_EQ(parse_design(all_flows(), "stock.gate=row_lock").second, "row_lock");
  expect_misused([] { parse_design(all_flows(), "stock.gat=row_lock"); }, "did you mean  stock.gate");
  expect_misused([] { parse_design(all_flows(), "stock.gate=row_lok"); }, "did you mean  row_lock");
  expect_misused([] { parse_design(all_flows(), "stock.gate"); }, "SEAM=DESIGN");
  EXPECT_EQ(parse_flaw(all_flows(), "F-01"), "F-01");
  expect_misused([] { parse_flaw(all_flows(), "F-99"); }, "--flaw needs a known flaw");
  EXPECT_EQ(parse_invariant(all_flows(), "--expect-violation", "I-10"), "I-10 no-oversell");
  EXPECT_EQ(parse_invariant(all_flows(), "--expect-violation", "I-10 no-oversell"), "I-10 no-oversell");
  expect_misused([] { parse_invariant(all_flows(), "--expect-violation", "I-10 no-oversel"); },
                 "did you mean  I-10 no-oversell");
}

TEST(ExitCodes, TheWorstWins) {
  using enum ExitCode;
  const std::vector<std::vector<ExitCode>> cases{{inconclusive, nondeterminism, safety},
                                                 {liveness, safety},
                                                 {expectation, liveness},
                                                 {inconclusive, expectation},
                                                 {inconclusive},
                                                 {}};
  const std::vector<ExitCode> worst{nondeterminism, safety, liveness, expectation, inconclusive, ok};
  for (std::size_t i = 0; i < cases.size(); ++i) EXPECT_EQ(worst_of(cases[i]), worst[i]) << i;
}

TEST(Expectations, ExactlyTheNamedViolationsMeetThem) {
  EXPECT_FALSE(expectation_missed({"I-10 x"}, {"I-10 x"}));
  EXPECT_FALSE(expectation_missed({"I-10 x", "I-32 y"}, {"I-32 y", "I-10 x"}));
  EXPECT_EQ(expectation_missed({"I-10 x"}, {}), "expected I-10 x, found no violation");
  EXPECT_EQ(expectation_missed({"I-10 x"}, {"I-32 y"}), "expected I-10 x, found I-32 y");
  EXPECT_EQ(expectation_missed({"I-10 x", "I-32 y"}, {"I-32 y"}), "expected I-10 x, I-32 y, found I-32 y");
  EXPECT_EQ(expectation_missed({"I-10 x"}, {"I-10 x", "I-32 y"}), "expected I-10 x alone, found also I-32 y");
}

TEST(Arguments, Counts) {
  EXPECT_EQ(parse_count("--jobs", "2", 1'024), 2U);
  for (const char* bad : {"0", "1025", "-1", "two", ""})
    expect_misused([&] { parse_count("--jobs", bad, 1'024); }, "--jobs needs a whole number from 1 to 1024");
}

TEST(Progress, SaysHowFarHowFastAndHowLong) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const Progress by_count(Progress::Mode::none, 2'000, std::nullopt, 0);
  EXPECT_EQ(by_count.words(1'500, 2, 3 * kSecond), "hunting  1,500 trials  500/s  2 failed  1 s left");
  EXPECT_EQ(by_count.words(0, 0, kSecond), "hunting  0 trials  0/s  0 failed");
  const Progress by_budget(Progress::Mode::none, INT64_MAX, 60 * kSecond, 0);
  EXPECT_EQ(by_budget.words(1'000, 0, 20 * kSecond), "hunting  1,000 trials  50/s  0 failed  40 s left");
}

}  // namespace
}  // namespace ordeal::cli

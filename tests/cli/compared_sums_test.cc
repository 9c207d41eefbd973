// The sums of a comparison: the same in whatever order seeds arrive, percentiles that are samples, and a sign test that counts
// each seed once.
#include "scenarios/cli/compare/compared_sums.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

namespace ordeal::cli {
namespace {

using play::Better;
using play::MeasureRow;
using play::Told;
using play::Unit;

const MeasureRow kOrders{"orders", "", Told::total, Unit::number, Better::neither, nullptr, "order"};
const MeasureRow kPaid{"paid", "", Told::total, Unit::number, Better::more, nullptr, {}};
const MeasureRow kWaiting{"waiting", "", Told::spread, Unit::time, Better::less, nullptr, {}};
const MeasureRow kMessages{"messages", "", Told::each, Unit::number, Better::less, nullptr, {}};
const std::vector<const MeasureRow*> kMeasures{&kOrders, &kPaid, &kWaiting, &kMessages};

SeedLine line(std::uint64_t seed) {
  const auto n = static_cast<std::int64_t>(seed);
  SeedLine out;
  out.seed = seed;
  for (const std::int64_t slower : {0, 5}) {
    SeedLine::Outcome& outcome = out.outcomes.emplace_back();
    outcome.samples = {{"orders", {10}},
                       {"paid", {n % 3 == 0 ? 7 : 8 - slower / 5}},
                       {"waiting", {n, n + 1, n + 2 + slower}},
                       {"messages", {100 + slower}}};
  }
  if (seed == 5 || seed == 3) {
    out.outcomes[1].verdict = sim::Verdict::safety;
    out.outcomes[1].invariant = "I-0" + std::to_string(seed);
  }
  if (seed == 4) out.outcomes[0].verdict = sim::Verdict::inconclusive;
  return out;
}

std::string told(const ComparedSums& sums) {
  reports::Comparison out;
  out.designs = {{}, {}};
  out.scenarios = {"", ""};
  out.rows = sums.rows();
  out.verdicts = sums.verdicts();
  return reports::comparison_json(out).dump();
}

TEST(ComparedSums, AnyOrderOfArrivalGivesTheSameBytes) {
  std::vector<SeedLine> lines;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) lines.push_back(line(seed));
  const auto sums_of = [&] {
    ComparedSums sums(kMeasures, 2);
    for (const SeedLine& one : lines) sums.add(one);
    return told(sums);
  };
  const std::string expected = sums_of();
  std::reverse(lines.begin(), lines.end());
  EXPECT_EQ(sums_of(), expected);
  std::rotate(lines.begin(), lines.begin() + 7, lines.end());
  EXPECT_EQ(sums_of(), expected);
}

TEST(ComparedSums, SumsQuotientsAndPercentiles) {
  ComparedSums sums(kMeasures, 2);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) sums.add(line(seed));
  const auto rows = sums.rows();
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[0].name, "orders");
  EXPECT_EQ(rows[0].figures[0].num, 200);
  EXPECT_EQ(rows[1].figures[0].num, 8 * 14 + 7 * 6);
  EXPECT_EQ(rows[1].figures[1].num, 7 * 20);
  EXPECT_EQ(rows[2].name, "waiting p50");
  EXPECT_EQ(rows[2].figures[0].num, 11);
  EXPECT_EQ(rows[3].figures[0].num, 22);
  EXPECT_EQ(rows[3].figures[1].num, 27);
  EXPECT_EQ(rows[4].name, "messages per order");
  EXPECT_EQ(rows[4].figures[1].num, 105 * 20);
  EXPECT_EQ(rows[4].figures[1].den, 200);
}

TEST(ComparedSums, ASeedCountsOnceForWhoIsBetterInIt) {
  ComparedSums sums(kMeasures, 2);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) sums.add(line(seed));
  const auto rows = sums.rows();
  EXPECT_EQ(rows[0].wins[0][1] + rows[0].wins[1][0], 0U) << "neither is better";
  EXPECT_EQ(rows[1].wins[0][1], 14U) << "more is better; six seeds are equal";
  EXPECT_EQ(rows[1].wins[1][0], 0U);
  EXPECT_EQ(rows[2].wins[0][1], 0U) << "the medians are equal in every seed";
  EXPECT_EQ(rows[3].wins[0][1], 20U);
  EXPECT_EQ(rows[4].wins[0][1], 20U);
}

TEST(ComparedSums, TheFirstFailureIsTheLowestSeed) {
  ComparedSums sums(kMeasures, 2);
  for (const std::uint64_t seed : {5U, 4U, 3U, 1U}) sums.add(line(seed));
  EXPECT_EQ(sums.verdicts()[0].failed, 0U);
  EXPECT_EQ(sums.verdicts()[0].inconclusive, 1U);
  EXPECT_EQ(sums.verdicts()[1].failed, 2U);
  EXPECT_EQ(sums.verdicts()[1].first_failed, 3U);
  EXPECT_EQ(sums.verdicts()[1].first_broken, "I-03");
  EXPECT_EQ(sums.worst(), sim::Verdict::safety);
}

TEST(ComparedSums, WhatNeverHappenedIsNoRowAndNoOrderIsNoQuotient) {
  ComparedSums sums(kMeasures, 1);
  SeedLine nothing;
  nothing.outcomes.emplace_back().samples = {{"orders", {0}}, {"waiting", {}}, {"messages", {9}}};
  sums.add(nothing);
  const auto rows = sums.rows();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].name, "orders");
}

TEST(ComparedSums, WithoutPiecesOfWorkATrialIsOne) {
  ComparedSums sums({&kMessages}, 1);
  for (int i = 0; i < 4; ++i) {
    SeedLine one;
    one.outcomes.emplace_back().samples = {{"messages", {9}}};
    sums.add(one);
  }
  EXPECT_EQ(sums.rows()[0].name, "messages per trial");
  EXPECT_EQ(sums.rows()[0].figures[0].den, 4);
}

TEST(Samples, APercentileIsTheSampleAtItsNearestRank) {
  EXPECT_TRUE(rc::check([] {
    auto values = *rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<std::int16_t>>());
    const auto percent = *rc::gen::inRange<std::uint64_t>(1, 101);
    Samples samples;
    samples.add({values.begin(), values.end()});
    std::sort(values.begin(), values.end());
    const std::size_t rank = (values.size() * percent + 99) / 100;
    RC_ASSERT(samples.percentile(percent) == values[rank - 1]);
  }));
}

TEST(SeedLine, ComesBackAsItWasSent) {
  const SeedLine sent = line(3);
  const auto got = seed_line_from(to_text(sent));
  ASSERT_TRUE(got);
  EXPECT_EQ(to_text(*got), to_text(sent));
  EXPECT_EQ(got->outcomes[1].invariant, "I-03");
  EXPECT_FALSE(seed_line_from("{\"seed\": 1"));
  EXPECT_FALSE(seed_line_from("{\"seed\": 1}"));
}

}  // namespace
}  // namespace ordeal::cli

// A failing trial made small, on the shop that ships: what is left fails, in the same way, and nothing of it
// can go.
#include "scenarios/play/shrinking.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "scenarios/play/but_for.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Aim;
using play::ButFor;
using play::Omission;
using play::Played;
using play::PlayOptions;
using play::Shrinking;
using play::Small;
using play::Stage;

// The first failing seed of a flaw.
class Failing {
 public:
  explicit Failing(const std::string& flaw, std::uint64_t from = 1)
      : stage_(all_flows(), library().load("first_sale"), {{}, {flaw}}) {
    options_.ordering.reset();
    for (options_.seed = from; options_.seed <= 2'000; ++options_.seed) {
      first_ = stage_.play(options_);
      if (first_.trial.verdict == sim::Verdict::safety) break;
    }
    EXPECT_FALSE(first_.trial.findings.empty());
    aim_ = play::aim_at(first_.trial.findings.front().invariant, first_.trial);
  }

  Small shrink(faults::Budget budget = {}) {
    return play::shrink({stage_, aim_, budget, [this](const Small&) { ++betters_; }}, options_, first_);
  }

  Stage stage_;
  PlayOptions options_;
  Played first_;
  Aim aim_;
  int betters_ = 0;
};

TEST(Shrinking, WhatIsLeftFailsAgainInTheSameWayAndIsSmaller) {
  Failing failing("F-01");
  const Small small = failing.shrink();
  EXPECT_TRUE(small.finished);
  EXPECT_GT(failing.betters_, 0);
  const Played again = failing.stage_.play(small.options);
  EXPECT_EQ(again.trial.trace_hash.text(), small.played.trial.trace_hash.text());
  EXPECT_TRUE(failing.aim_.hit_by(again.trial)) << findings_of(again);
  EXPECT_TRUE(again.unmatched.empty()) << "a strike that never strikes was kept";
  const auto before = size_of(failing.stage_.scenario(), failing.options_, failing.first_);
  const auto after = size_of(failing.stage_.scenario(), small.options, again);
  EXPECT_LT(after.strikes, before.strikes);
  EXPECT_LT(after.actors, before.actors);
}

// The bug that everybody knows, as everybody tells it.
TEST(Shrinking, AnOversellIsOneUnitAndTwoBuyers) {
  Failing failing("F-01", 575);
  const Small small = failing.shrink();
  EXPECT_EQ(small.options.only->size(), 2U);
  EXPECT_EQ(small.options.plan.strikes.size(), 1U);
  EXPECT_TRUE(small.options.plan.windows.empty());
  const auto& adjusted = small.options.adjusted;
  EXPECT_NE(std::find(adjusted.begin(), adjusted.end(), play::Adjustment{"$.catalogue[0].stock", "1"}),
            adjusted.end());
  EXPECT_EQ(std::count_if(adjusted.begin(), adjusted.end(), [](const auto& one) { return one.is_gone(); }),
            2);
  const sim::Finding& finding = small.played.trial.findings.front();
  EXPECT_EQ(finding.message, "2 units of \"tea\" are sold and held, of a stock of 1");
  EXPECT_LT(small.played.trial.events, failing.first_.trial.events / 5);
}

TEST(Shrinking, NothingIsKeptAsTakenAwayThatChangesNothing) {
  Failing failing("F-16");
  const Small small = failing.shrink();
  ASSERT_FALSE(small.options.adjusted.empty());
  for (std::size_t i = 0; i < small.options.adjusted.size(); ++i) {
    PlayOptions without = small.options;
    without.adjusted.erase(without.adjusted.begin() + static_cast<std::ptrdiff_t>(i));
    const Played day = failing.stage_.play(without);
    EXPECT_FALSE(failing.aim_.hit_by(day.trial) && day.trial.trace_hash == small.played.trial.trace_hash)
        << small.options.adjusted[i].at;
  }
  for (std::size_t i = 0; i < small.options.omitted.size(); ++i) {
    PlayOptions without = small.options;
    without.omitted.erase(without.omitted.begin() + static_cast<std::ptrdiff_t>(i));
    const Played day = failing.stage_.play(without);
    EXPECT_FALSE(failing.aim_.hit_by(day.trial) && day.trial.trace_hash == small.played.trial.trace_hash)
        << small.options.omitted[i].part;
  }
}

// A ledger that is down for a while by the clock: what it was doing when it died says more.
TEST(Shrinking, WhatHappensByTheClockBecomesAStrikeAtASite) {
  Failing failing("F-21", 11);
  const auto by_clock = [](const faults::Window& window) { return acts_by_clock(kind_of(window.fault)); };
  const auto& before = failing.first_.plan.windows;
  ASSERT_TRUE(std::any_of(before.begin(), before.end(), by_clock));
  const Small small = failing.shrink();
  EXPECT_TRUE(small.options.plan.windows.empty());
  ASSERT_EQ(small.options.plan.strikes.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<faults::act::Crash>(small.options.plan.strikes[0].action));
}

TEST(Shrinking, NothingOfWhatIsLeftCanGo) {
  Failing failing("F-21");
  const Small small = failing.shrink();
  faults::Budget budget;
  const auto table = but_for(failing.stage_, small.options, failing.aim_, budget);
  EXPECT_EQ(table.untried, 0U);
  std::size_t messages = 0;
  std::size_t actors = 0;
  for (const ButFor& row : table.rows) {
    messages += row.kind == ButFor::Kind::message ? 1 : 0;
    actors += row.kind == ButFor::Kind::actor ? 1 : 0;
    EXPECT_TRUE(row.kind == ButFor::Kind::message || !row.still_breaks) << row.what;
  }
  EXPECT_GT(messages, 5U);
  EXPECT_EQ(actors, small.options.only->size());
}

TEST(Shrinking, IsTheSameEachTime) {
  Failing failing("F-16");
  const Small one = failing.shrink();
  const Small two = failing.shrink();
  EXPECT_EQ(one.options.plan, two.options.plan);
  EXPECT_EQ(one.options.only, two.options.only);
  EXPECT_EQ(one.options.omitted, two.options.omitted);
  EXPECT_EQ(one.options.adjusted, two.options.adjusted);
  EXPECT_EQ(one.tries, two.tries);
}

TEST(Shrinking, KeepsTheBestSoFarWhenTheBudgetEnds) {
  Failing failing("F-01");
  const std::uint64_t all = failing.shrink().tries;
  for (const std::uint64_t tries : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{7}, all / 2}) {
    faults::Budget budget;
    budget.max_tries = tries;
    const Small small = failing.shrink(budget);
    EXPECT_LE(small.tries, tries);
    EXPECT_FALSE(small.finished);
    EXPECT_TRUE(failing.aim_.hit_by(failing.stage_.play(small.options).trial)) << tries << " tries";
  }
}

TEST(Shrinking, ABudgetOfTheButForTableCountsWhatItDidNotReach) {
  Failing failing("F-16");
  const Small small = failing.shrink();
  faults::Budget budget;
  budget.max_tries = 3;
  const auto table = but_for(failing.stage_, small.options, failing.aim_, budget);
  EXPECT_EQ(table.rows.size(), 3U);
  EXPECT_GT(table.untried, 0U);
}

TEST(Shrinking, ACrowdGoesFirst) {
  Story story;
  story.shoppers(60).flaw("F-16").fork("answer", "error_although_done").everybody_pays_by_debit();
  const Played day = story.play();
  Stage stage(all_flows(), story.shop().scenario(), {{}, {"F-16"}});
  PlayOptions options;
  options.faults = play::FaultMode::plan;
  options.plan = day.plan;
  const Played first = stage.play(options);
  ASSERT_FALSE(first.trial.findings.empty());
  const Aim aim = play::aim_at(first.trial.findings.front().invariant, first.trial);
  faults::Budget budget;
  const Small small = play::shrink({stage, aim, budget, {}}, options, first);
  EXPECT_EQ(small.options.only->size(), 1U);
  EXPECT_EQ(small.options.plan.strikes.size(), 1U);
  EXPECT_TRUE(small.options.plan.windows.empty());
  EXPECT_LT(small.tries, 120U);
}

TEST(Aims, AHeadlineMustStayOneAndAnyOtherFindingMustBeThere) {
  sim::TrialResult trial;
  trial.verdict = sim::Verdict::safety;
  trial.findings = {{"I-10 no-oversell", sim::FindingKind::safety, 0, "", {}},
                    {"I-93 money-is-conserved", sim::FindingKind::safety, 0, "", {}}};
  const Aim headline = play::aim_at("I-10 no-oversell", trial);
  const Aim other = play::aim_at("I-93 money-is-conserved", trial);
  const Aim any = play::aim_at("", trial);
  EXPECT_TRUE(headline.hit_by(trial) && other.hit_by(trial) && any.hit_by(trial));
  std::swap(trial.findings[0], trial.findings[1]);
  EXPECT_FALSE(headline.hit_by(trial));
  EXPECT_TRUE(other.hit_by(trial));
  trial.broken = "a failed check";
  EXPECT_FALSE(other.hit_by(trial) || any.hit_by(trial)) << "our own bug is no finding";
}

TEST(Aims, TheSamePromiseBrokenInAnotherWayIsAnotherFailure) {
  sim::TrialResult trial;
  trial.verdict = sim::Verdict::safety;
  trial.findings = {{"I-10 no-oversell", sim::FindingKind::safety, 0, "7 units of \"teapot\" are sold", {}}};
  const Aim aim = play::aim_at("I-10 no-oversell", trial);
  EXPECT_TRUE(aim.hit_by(trial));
  trial.findings[0].message = "2 units of \"tea\" are sold";
  EXPECT_TRUE(aim.hit_by(trial)) << "other goods, the same bug";
  trial.findings[0].message = "the stock of a sku does not add up";
  EXPECT_FALSE(aim.hit_by(trial));
}

TEST(Sizes, FewerThingsThenFewerFaultsThenAShorterStory) {
  const play::Size one{1, 0, 2, 100};
  EXPECT_TRUE(play::smaller(one, {1, 0, 3, 50}));
  EXPECT_TRUE(play::smaller({0, 0, 3, 500}, one)) << "as many, but fewer of them are faults";
  EXPECT_TRUE(play::smaller({1, 0, 2, 99}, one));
  EXPECT_FALSE(play::smaller(one, one));
}

std::vector<std::string> told_by(const Played& day, const std::string& who) {
  std::vector<std::string> lines;
  for (const sim::TraceRecord& record : day.trial.records) {
    if (record.kind == sim::EventKind::log && record.text.starts_with(who + " "))
      lines.push_back(record.text);
  }
  return lines;
}

// A shopper does without a part of the visit.
Omission omission(std::uint32_t shopper, std::string_view part) {
  const auto& parts = all_flows().workload("shopping")->omissions;
  std::uint32_t at = 0;
  while (parts.at(at).name != part) ++at;
  return {{0, shopper}, at};
}

// Without faults two shoppers meet nowhere but at the stock, of which there is plenty.
TEST(Omissions, APartThatIsTakenAwayLeavesTheOtherShopperAsHeWas) {
  Story story;
  story.shoppers(2).habits().lines_max = 1;
  story.habits().quantity_max = 3;
  story.habits().double_click = Ratio::one();
  Stage stage(all_flows(), story.shop().scenario(), {});
  PlayOptions options;
  options.faults = play::FaultMode::none;
  options.trace = sim::Trace::Mode::full;
  const Played whole = stage.play(options);
  const auto& parts = all_flows().workload("shopping")->omissions;
  for (std::uint32_t part = 0; part < parts.size(); ++part) {
    options.omitted = {{{0, 0}, part}};
    const Played day = stage.play(options);
    EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << findings_of(day);
    EXPECT_EQ(told_by(day, "shopper-1"), told_by(whole, "shopper-1")) << parts[part].name;
  }
  options.omitted = {omission(0, "payment")};
  EXPECT_EQ(stage.play(options).counts.at("captures"), 1);
  EXPECT_EQ(whole.counts.at("captures"), 2);
}

TEST(Omissions, EachPartIsReallyLeftOut) {
  Story story;
  story.habits().double_click = Ratio::one();
  story.everybody_pays_late(minutes(1), minutes(2));
  Stage stage(all_flows(), story.shop().scenario(), {});
  PlayOptions options;
  options.faults = play::FaultMode::none;
  const std::string whole = stage.play(options).trial.trace_hash.text();
  for (const char* part : {"second_click", "lateness", "payment", "own_time", "thinking"}) {
    options.omitted = {omission(0, part)};
    EXPECT_NE(stage.play(options).trial.trace_hash.text(), whole) << part;
  }
  options.omitted = {omission(0, "further_lines")};
  EXPECT_EQ(stage.play(options).trial.trace_hash.text(), whole) << "there is but one sku, so one line";
  options.omitted = {omission(7, "payment")};
  EXPECT_EQ(stage.play(options).trial.trace_hash.text(), whole) << "nobody of that number is there";
}

}  // namespace
}  // namespace ordeal::test

// Settlement in trials: every combination of its designs, what a scenario is told that is wrong with it, and every way that people and the
// custodian may go.
#include "scenarios/play/play.h"

#include <gtest/gtest.h>

#include "scenarios/flows/settlement/flow.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

TEST(SettlementPlay, EveryCombinationOfDesignsIsCleanUnderASwarm) {
  for (const char* name : {"pickup_day", "profit_share"}) {
    const auto scenario = library().load(name);
    for (const char* due : {"each_line", "whole_trade"}) {
      for (const char* route : {"supervised", "provider", "channel_split"}) {
        play::Stage stage(all_flows(), scenario, {{{"clearing.due", due}, {"settlement.route", route}}, {}});
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
          play::PlayOptions options;
          options.seed = seed;
          const auto day = stage.play(options);
          ASSERT_EQ(day.trial.verdict, sim::Verdict::pass)
              << name << " " << due << " " << route << " seed " << seed << "\n"
              << findings_of(day);
        }
      }
    }
  }
}

TEST(SettlementPlay, AScenarioIsToldWhatIsWrongWithIt) {
  struct Case {
    const char* at;  // a JSON pointer
    const char* value;
    const char* place;
    const char* expected;
  };
  const std::vector<Case> all{
      {"/settlement/pay_at", "\"20h\"", "$.settlement.pay_at", "later than draft_at"},
      {"/settlement/pay_at", "\"25h\"", "$.settlement.pay_at", "on the same day"},
      {"/settlement/merchants/1/merchant", "\"greens\"", "$.settlement.merchants[1].merchant",
       "each party once"},
      {"/settlement/leaders/0", "\"greens\"", "$.settlement.leaders[0]", "each party once"},
      {"/settlement/leaders", "[]", "$.settlement.leaders", "at least one leader"},
      {"/settlement/merchants/0/hold", "\"1h\"", "$.settlement.merchants[0].hold", "none"},
      {"/settlement/merchants/0/cycle", "\"t2\"", "$.settlement.merchants[0].cycle", "t1"},
      {"/settlement/merchants/0/rule/commission", "2941", "$.settlement.merchants[0].rule.commission",
       "3000"},
      {"/start", "\"2026-12-20T02:00:00Z\"", "workloads[0]", "2025 and 2026"},
      {"/workloads/0/habits/most", "\"2.99 CNY\"", ".habits.most", "at least \"least\""},
      {"/workloads/0/habits/least", "\"3.00 USD\"", ".habits", "in CNY"},
      {"/workloads/0/arrive/until", "\"121h\"", ".arrive.until", "at most the storm"},
      {"/parties/0/later", "null", "parties[0]", "later"},
  };
  const auto scenario = library().load("pickup_day");
  for (const Case& one : all) {
    try {
      edited(scenario, [&](play::Json& json) {
        const auto value = play::Json::parse(one.value);
        const play::Json::json_pointer at(one.at);
        if (value.is_null())
          json[at.parent_pointer()].erase(at.back());
        else
          json[at] = value;
      });
      ADD_FAILURE() << one.at << " was taken";
    } catch (const play::BadInput& error) {
      const std::string said = error.what();
      EXPECT_NE(said.find(one.place), std::string::npos) << one.at << ": " << said;
      EXPECT_NE(said.find(one.expected), std::string::npos) << one.at << ": " << said;
    }
  }
}

// Somebody who always goes one way: nothing is lost, and nobody is paid twice.
TEST(SettlementPlay, EveryWayIsSurvivedAndReached) {
  play::Stage stage(all_flows(), library().load("pickup_settlement"), {});
  const std::vector<std::pair<std::string, std::string>> ways{{"recording a trade", "nonsense"},
                                                              {"recording a trade", "twice"},
                                                              {"recording a trade", "other_amount"},
                                                              {"handing out a line", "twice"},
                                                              {"handing out a line", "again"},
                                                              {"handing out a line", "not_there"},
                                                              {"sending a line back", "before"},
                                                              {"sending a line back", "meanwhile"},
                                                              {"sending a line back", "after"},
                                                              {"sending a line back", "too_much"},
                                                              {"sending a line back", "key_again"},
                                                              {"sending a line back", "twice"},
                                                              {"a clerk's work", "stale"},
                                                              {"a clerk's work", "nonsense"},
                                                              {"a clerk's work", "job"},
                                                              {"fund order", "slow"},
                                                              {"fund order", "silent"}};
  for (const auto& [fork, way] : ways) {
    play::PlayOptions options;
    options.faults = play::FaultMode::plan;
    options.plan.windows.push_back(
        {"w0", faults::ForkTaken{fork, way, Ratio::one()}, {}, {}, Duration{90 * 3'600'000'000'000}});
    const auto day = stage.play(options);
    EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << fork << ": " << way << "\n" << findings_of(day);
    EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0U) << fork << ": " << way;
  }
}

}  // namespace
}  // namespace ordeal::test

// Refunds in trials: every combination of their designs, what a scenario is told that is wrong with it, and every way of the parties.
#include "scenarios/play/play.h"

#include <gtest/gtest.h>

#include "scenarios/flows/aftersale/flow.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

TEST(AftersalePlay, EveryCombinationOfDesignsIsCleanUnderASwarm) {
  for (const char* name : {"pieces_back", "old_trades", "to_the_bank", "refund_wave"}) {
    const auto scenario = library().load(name);
    for (const char* reserve : {"conditional", "sum"}) {
      for (const char* route : {"by_date", "asks"}) {
        play::Stage stage(all_flows(), scenario,
                          {{{"aftersale.reserve", reserve}, {"aftersale.route", route}}, {}});
        for (std::uint64_t seed = 1; seed <= 25; ++seed) {
          play::PlayOptions options;
          options.seed = seed;
          const auto day = stage.play(options);
          ASSERT_EQ(day.trial.verdict, sim::Verdict::pass)
              << name << " " << reserve << " " << route << " seed " << seed << "\n"
              << findings_of(day);
        }
      }
    }
  }
}

TEST(AftersalePlay, AScenarioIsToldWhatIsWrongWithIt) {
  struct Case {
    const char* at;  // a JSON pointer
    const char* value;
    const char* place;
    const char* expected;
  };
  const std::vector<Case> all{
      {"/aftersale/merchants/1/merchant", "\"north\"", "$.aftersale.merchants[0].merchant",
       "each merchant once"},
      {"/aftersale/merchants/0/balance", "\"1.00 USD\"", "$.aftersale.merchants[0].balance", "in CNY"},
      {"/aftersale/trades/0/merchant", "\"nort\"", "$.aftersale.trades[0].merchant",
       "a merchant of the list"},
      {"/aftersale/trades/0/amount", "\"0.00 CNY\"", "$.aftersale.trades[0].amount", "a positive amount"},
      {"/aftersale/trades/0/amount", "\"1.00 USD\"", "$.aftersale.trades[0].amount", "in CNY"},
      {"/aftersale/trades/0/paid_by", "\"wechet\"", "$.aftersale.trades[0].paid_by", "wechat"},
      {"/aftersale/trades/0/paid_by", "\"bank90\"", ".returners", "a refund_channel with"},
      {"/aftersale/trades/2/amount", "\"0.03 CNY\"", ".habits", "as many pieces as a trade has fen"},
      {"/aftersale/most_refunds", "51", "$.aftersale.most_refunds", "50"},
      {"/parties/1/paid_by", "\"wechat\"", ".paid_by", "one refund_channel for each way to pay"},
      {"/workloads/0/habits/pieces_most", "1", ".habits.pieces_most", "2"},
      {"/workloads/0/arrive/until", "\"2h\"", ".arrive.until", "at most the storm"},
      {"/workloads/1/most", "\"1.00 CNY\"", ".most", "at least \"least\""},
      {"/workloads/1/at/until", "\"5m\"", ".at.until", "later than from"},
  };
  const auto scenario = library().load("pieces_back");
  for (const Case& one : all) {
    try {
      edited(scenario, [&](play::Json& json) {
        json[play::Json::json_pointer(one.at)] = play::Json::parse(one.value);
      });
      ADD_FAILURE() << one.at << " was taken";
    } catch (const play::BadInput& error) {
      const std::string said = error.what();
      EXPECT_NE(said.find(one.place), std::string::npos) << one.at << ": " << said;
      EXPECT_NE(said.find(one.expected), std::string::npos) << one.at << ": " << said;
    }
  }
}

// Somebody who always goes one way: nothing is lost, and nobody has more back than he paid.
TEST(AftersalePlay, EveryWayOfTheOthersIsSurvivedAndReached) {
  play::Stage stage(all_flows(), library().load("refund_wave"), {});
  const std::vector<std::pair<std::string, std::string>> ways{{"giving back", "slow"},
                                                              {"giving back", "silent"},
                                                              {"giving back", "late"},
                                                              {"giving back", "fails"},
                                                              {"notice of a refund", "twice"},
                                                              {"notice of a refund", "never"},
                                                              {"notice of a refund", "an hour late"},
                                                              {"a case", "twice"},
                                                              {"a case", "reversed"},
                                                              {"asking for money back", "nonsense"},
                                                              {"asking for money back", "key_again"},
                                                              {"asking for money back", "at_once"},
                                                              {"asking for money back", "too_much"},
                                                              {"asking for money back", "twice"},
                                                              {"paying in", "twice"},
                                                              {"paying in", "key_again"},
                                                              {"paying in", "nonsense"}};
  for (const auto& [fork, way] : ways) {
    play::PlayOptions options;
    options.faults = play::FaultMode::plan;
    options.plan.windows.push_back(
        {"w0", faults::ForkTaken{fork, way, Ratio::one()}, {}, {}, Duration{10'800'000'000'000}});
    const auto day = stage.play(options);
    EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << fork << ": " << way << "\n" << findings_of(day);
    EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0U) << fork << ": " << way;
  }
}

}  // namespace
}  // namespace ordeal::test

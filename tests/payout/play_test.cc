// Payouts in trials: every combination of their designs, what a scenario is told that is wrong with it, and nonsense that changes nothing.
#include "scenarios/play/play.h"

#include <gtest/gtest.h>

#include "scenarios/flows/payout/flow.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

TEST(PayoutPlay, EveryCombinationOfDesignsIsCleanUnderASwarm) {
  for (const char* name : {"one_quota", "payout_quota"}) {
    const auto scenario = library().load(name);
    for (const char* quota : {"conditional", "one_row", "buckets"}) {
      for (const char* bind : {"pay", "code"}) {
        for (const char* doubt : {"query", "query_and_statement"}) {
          for (const char* codes : {"deadline", "scan"}) {
            play::Stage stage(all_flows(), scenario,
                              {{{"payout.quota", quota},
                                {"payout.bind_account_at", bind},
                                {"payout.doubt", doubt},
                                {"payout.codes", codes}},
                               {}});
            for (std::uint64_t seed = 1; seed <= 6; ++seed) {
              play::PlayOptions options;
              options.seed = seed;
              const auto day = stage.play(options);
              ASSERT_EQ(day.trial.verdict, sim::Verdict::pass)
                  << name << " " << quota << " " << bind << " " << doubt << " " << codes << " seed " << seed
                  << "\n"
                  << findings_of(day);
            }
          }
        }
      }
    }
  }
}

TEST(PayoutPlay, AScenarioIsToldWhatIsWrongWithIt) {
  struct Case {
    const char* at;  // a JSON pointer
    const char* value;
    const char* place;
    const char* expected;
  };
  const std::vector<Case> all{
      {"/payout/code_ttl", "\"59s\"", "$.payout.code_ttl", "at least 1m"},
      {"/payout/accounts/1/account", "\"ali-north\"", "$.payout.accounts[1].account", "each account once"},
      {"/payout/accounts/1/apps", R"(["north"])", "$.payout.accounts[1].apps",
       "no other Alipay account serves"},
      {"/payout/accounts/0/apps", R"(["north", "east"])", "$.payout.accounts[0].apps", "one app"},
      {"/payout/accounts/2/apps", "[]", "$.payout.accounts[2].apps", "at least one app"},
      {"/payout/accounts/0/quota", "\"100.00 USD\"", "$.payout.accounts[0].quota", "in CNY"},
      {"/payout/accounts/0/priority", "1001", "$.payout.accounts[0].priority", "1"},
      {"/payout/accounts/0/way", "\"alipey\"", "$.payout.accounts[0].way", "alipay"},
      {"/parties/1/way", "\"alipay\"", ".way", "one payout_channel for each way"},
      {"/workloads/0/habits/most", "\"2000.00 CNY\"", ".habits.most", "1999.99 CNY"},
      {"/workloads/0/habits/least", "\"70.01 CNY\"", ".habits.most", "at least \"least\""},
      {"/workloads/0/arrive/until", "\"3h\"", ".arrive.until", "at most the storm"},
  };
  const auto scenario = library().load("one_quota");
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

// A channel that always goes one way: nothing is lost, and nobody is paid twice.
TEST(PayoutPlay, EveryWayOfAChannelIsSurvivedAndReached) {
  play::Stage stage(all_flows(), library().load("one_quota"),
                    {{{"payout.doubt", "query_and_statement"}}, {}});
  const std::vector<std::pair<std::string, std::string>> ways{{"transfer", "slow"},
                                                              {"transfer", "silent"},
                                                              {"transfer", "late"},
                                                              {"transfer", "declines"},
                                                              {"transfer", "refuses"},
                                                              {"notice of a transfer", "twice"},
                                                              {"claiming", "twice"},
                                                              {"notice of a transfer", "never"},
                                                              {"notice of a transfer", "an hour late"},
                                                              {"claiming", "wrong_app"},
                                                              {"claiming", "not_his"},
                                                              {"claiming", "last_moment"},
                                                              {"claiming", "after_midnight"},
                                                              {"asking for a payout", "two_keys"},
                                                              {"asking for a payout", "nonsense"},
                                                              {"asking for a payout", "key_again"}};
  for (const auto& [fork, way] : ways) {
    play::PlayOptions options;
    options.faults = play::FaultMode::plan;
    options.plan.windows.push_back(
        {"w0", faults::ForkTaken{fork, way, Ratio::one()}, {}, {}, Duration{7'200'000'000'000}});
    const auto day = stage.play(options);
    EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << fork << ": " << way << "\n" << findings_of(day);
    EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0U) << fork << ": " << way;
  }
}

}  // namespace
}  // namespace ordeal::test

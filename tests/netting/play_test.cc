// Netting in trials: every combination of its designs, and what a scenario is told that is wrong with it.
#include "scenarios/play/play.h"

#include <gtest/gtest.h>

#include "scenarios/flows/netting/flow.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

TEST(NettingPlay, EveryCombinationOfDesignsIsCleanUnderASwarm) {
  for (const char* name : {"one_cycle", "netting_day", "job_twice"}) {
    const auto scenario = library().load(name);
    for (const char* scheme : {"multilateral", "bilateral", "ccp"}) {
      for (const char* cover : {"conditional", "row_lock"}) {
        for (const char* once : {"run_key", "row_lock"}) {
          play::Stage stage(all_flows(), scenario,
                            {{{"netting.scheme", scheme}, {"netting.cover", cover}, {"job.once", once}}, {}});
          for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            play::PlayOptions options;
            options.seed = seed;
            const auto day = stage.play(options);
            ASSERT_EQ(day.trial.verdict, sim::Verdict::pass)
                << name << " " << scheme << " " << cover << " " << once << " seed " << seed << "\n"
                << findings_of(day);
          }
        }
      }
    }
  }
}

TEST(NettingPlay, AScenarioIsToldWhatIsWrongWithIt) {
  struct Case {
    const char* at;  // a JSON pointer
    const char* value;
    const char* place;
    const char* expected;
  };
  const std::vector<Case> all{
      {"/netting/session", "\"7m\"", "$.netting.session", "a part of a day without a rest"},
      {"/netting/session", "\"1m\"", "$.netting.session", "at least 5m"},
      {"/netting/grace", "\"13h\"", "$.netting.grace", "at most 12h"},
      {"/netting/banks/1/bank", "\"north\"", "$.netting.banks[1].bank", "each bank once"},
      {"/netting/banks/0/cover", "[]", "$.netting.banks[0].cover", "at least one amount"},
      {"/netting/banks/0/cover", R"(["5.00 JPY"])", "$.netting.banks[0].cover[0]", "500 JPY"},
      {"/netting/banks/0/cover", R"(["1.00 CNY", "2.00 CNY"])", "$.netting.banks[0].cover[1]",
       "each currency once"},
      {"/netting/fund", R"(["0.00 CNY"])", "$.netting.fund[0]", "an amount such as"},
      {"/parties/0/name", "\"nord\"", ".name", "one of the banks: north, south, west"},
      {"/workloads/0/amounts", R"(["5 JPY"])", ".amounts[0]", "2 or more banks"},
      {"/workloads/0/arrive/until", "\"3h\"", ".arrive.until", "at most the storm"},
      {"/workloads/1/amounts", "[]", ".amounts", "at least one amount"},
  };
  const auto scenario = library().load("one_cycle");
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

// Banks, their clerks and treasurers always go one way: nothing is lost, and nothing is paid twice.
TEST(NettingPlay, EveryWayIsSurvivedAndReached) {
  play::Stage stage(all_flows(), library().load("netting_day"), {});
  const std::vector<std::pair<std::string, std::string>> ways{{"position", "slow"},
                                                              {"position", "silent"},
                                                              {"position", "closed"},
                                                              {"making a payment", "at_the_cut_off"},
                                                              {"sending a payment", "twice"},
                                                              {"sending a payment", "nonsense"},
                                                              {"sending a payment", "key_again"},
                                                              {"sending a payment", "same_amount"},
                                                              {"moving cover", "twice"},
                                                              {"moving cover", "nonsense"},
                                                              {"moving cover", "key_again"},
                                                              {"moving cover", "at_the_cut_off"}};
  for (const auto& [fork, way] : ways) {
    play::PlayOptions options;
    options.faults = play::FaultMode::plan;
    options.plan.windows.push_back(
        {"w0", faults::ForkTaken{fork, way, Ratio::one()}, {}, {}, Duration{9'000'000'000'000}});
    const auto day = stage.play(options);
    EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << fork << ": " << way << "\n" << findings_of(day);
    EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0U) << fork << ": " << way;
  }
}

}  // namespace
}  // namespace ordeal::test

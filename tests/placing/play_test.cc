// Placing in trials: every way of being consistent, what a scenario is told that is wrong with it, and strange customers.
#include "scenarios/play/play.h"

#include <gtest/gtest.h>

#include "scenarios/flows/placing/flow.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

TEST(PlacingPlay, EveryWayIsCleanUnderASwarm) {
  const auto scenario = library().load("wishes_by_broker");
  for (const std::string_view way : all_flows().seam("order.consistency")->designs()) {
    play::Stage stage(all_flows(), scenario, {{{"order.consistency", std::string(way)}}, {}});
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      play::PlayOptions options;
      options.seed = seed;
      const auto day = stage.play(options);
      ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << way << " seed " << seed << "\n" << findings_of(day);
    }
  }
}

TEST(PlacingPlay, AScenarioIsToldWhatIsWrongWithIt) {
  struct Case {
    const char* at;  // a JSON pointer
    const char* value;
    const char* place;
    const char* expected;
  };
  const std::vector<Case> all{
      {"/stores/points", "-1", "$.stores.points", "from 0"},
      {"/stores/things", R"([{"thing": "mug", "units": 1}, {"thing": "mug", "units": 2}])",
       "$.stores.things[1].thing", "each thing once"},
      {"/stores/things/0/units", "0", "$.stores.things[0].units", "from 1"},
      {"/workloads/0/arrive/until", "\"3h\"", ".arrive.until", "at most the storm"},
      {"/workloads/0/arrive/from", "\"30s\"", ".arrive.until", "later than from"},
      {"/workloads/0/habits/qty_max", "100", ".habits.qty_max", "99"},
      {"/designs/order.consistency", "\"tc\"", "order.consistency", "tcc"},
      {"/designs/order.consistency", "\"half_message\"", "order.consistency", "broker"},
  };
  const auto scenario = library().load("one_mug");
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

// Whoever always goes one way: nobody gets what he should not, and nonsense changes nothing.
TEST(PlacingPlay, EveryWayOfACustomerAndEveryBadLuckIsSurvivedAndReached) {
  const std::vector<std::pair<std::string, std::string>> ways{
      {"ordering", "nonsense"},
      {"ordering", "key_again"},
      {"ordering", "two_devices"},
      {"coming to order", "together"},
      {"placing: a half message is left to the broker", "unlucky"},
      {"placing: orders are compared once more", "unlucky"},
      {"placing: a coordinator forgets who has answered", "unlucky"}};
  for (const auto& [fork, way] : ways) {
    const bool by_tcc = fork.find("coordinator") != std::string::npos;
    play::Stage stage(all_flows(), library().load(by_tcc ? "one_mug" : "wishes_by_broker"), {{}, {}});
    play::PlayOptions options;
    options.faults = play::FaultMode::plan;
    options.plan.windows.push_back(
        {"w0", faults::ForkTaken{fork, way, {1, 2}}, {}, {}, Duration{7'200'000'000'000}});
    const auto day = stage.play(options);
    EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << fork << ": " << way << "\n" << findings_of(day);
    EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0U) << fork << ": " << way;
  }
}

}  // namespace
}  // namespace ordeal::test

// The marketplace in trials: every combination of its designs, and bad luck at each of its points.
#include "scenarios/play/play.h"

#include <gtest/gtest.h>

#include "scenarios/flows/marketplace/flow.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

constexpr std::array<std::string_view, 3> kIds{"snowflake", "gene", "segments"};
constexpr std::array<std::string_view, 4> kLookups{"scatter", "mapping", "gene", "search_copy"};

TEST(MarketPlay, EveryCombinationOfDesignsIsCleanUnderASwarm) {
  for (const char* name : {"two_shards", "seller_desk", "reshard_day", "reshard_undone"}) {
    const auto scenario = library().load(name);
    for (const std::string_view ids : kIds) {
      for (const std::string_view lookup : kLookups) {
        play::Stage stage(all_flows(), scenario,
                          {{{"order.ids", std::string(ids)}, {"seller.lookup", std::string(lookup)}}, {}});
        for (std::uint64_t seed = 1; seed <= 25; ++seed) {
          play::PlayOptions options;
          options.seed = seed;
          const auto day = stage.play(options);
          ASSERT_EQ(day.trial.verdict, sim::Verdict::pass)
              << name << " " << ids << " " << lookup << " seed " << seed << "\n"
              << findings_of(day);
        }
      }
    }
  }
}

TEST(MarketPlay, BadLuckAtEachPointIsSurvivedAndReached) {
  for (const play::PointRow& point : marketplace::flow().points) {
    const bool moves = point.service == "market";
    play::Stage stage(all_flows(), library().load(moves ? "reshard_day" : "seller_desk"), {});
    play::PlayOptions options;
    options.faults = play::FaultMode::plan;
    options.plan.windows.push_back({"w0",
                                    faults::ForkTaken{std::string(point.name), "unlucky", {1, 2}},
                                    {},
                                    {},
                                    Duration{3'600'000'000'000}});
    const auto day = stage.play(options);
    EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << point.name << "\n" << findings_of(day);
    EXPECT_GT(day.reach.of(faults::FaultKind::fork).effective, 0U) << point.name;
  }
}

TEST(MarketPlay, AScenarioIsToldWhatIsWrongWithItsShards) {
  struct Case {
    const char* sharding;
    const char* place;
    const char* expected;
  };
  const std::vector<Case> all{
      {R"({"shards": 3, "then": 3, "at": "20s"})", "$.sharding.then", "more than there are, 3"},
      {R"({"shards": 3, "then": 4})", "$.sharding.at", "longer than nothing and within the storm, 2h"},
      {R"({"shards": 3, "then": 4, "at": "2h"})", "$.sharding.at", "within the storm, 2h"},
      {R"({"shards": 3, "back": "40s"})", "$.sharding.back", "shards to come back from: the key \"then\""},
      {R"({"shards": 3, "then": 4, "at": "20s", "back": "20s"})", "$.sharding.back", "after \"at\", 20s"},
      {R"({"shards": 3, "then": 4, "at": "20s", "back": "2h"})", "$.sharding.back", "within the storm, 2h"},
  };
  const auto scenario = library().load("reshard_undone");
  for (const Case& one : all) {
    try {
      edited(scenario, [&](play::Json& json) { json["sharding"] = play::Json::parse(one.sharding); });
      ADD_FAILURE() << one.sharding << " was taken";
    } catch (const play::BadInput& error) {
      const std::string said = error.what();
      EXPECT_NE(said.find(one.place), std::string::npos) << said;
      EXPECT_NE(said.find(one.expected), std::string::npos) << said;
    }
  }
}

// What a hostile form changes is what the law I-36 looks for; here, that every way to fill it in wrongly is gone.
TEST(MarketPlay, EveryWrongFormIsSentAndRefused) {
  play::Stage stage(all_flows(), library().load("two_shards"), {});
  for (const char* way : {"no key", "endless key", "no seller", "a negative sum", "nobody buys"}) {
    play::PlayOptions options;
    options.faults = play::FaultMode::plan;
    options.plan.windows.push_back(
        {"w0", faults::ForkTaken{"order form", way, Ratio::one()}, {}, {}, Duration{3'600'000'000'000}});
    const auto day = stage.play(options);
    EXPECT_EQ(day.trial.verdict, sim::Verdict::pass) << way << "\n" << findings_of(day);
    EXPECT_EQ(day.counts.count("sales_placed") == 0 ? 0 : day.counts.at("sales_placed"), 0) << way;
  }
}

}  // namespace
}  // namespace ordeal::test

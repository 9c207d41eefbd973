// Adjusting: the settings of a scenario that a repro has smaller. What may be adjusted is what the shapes say; whatever
// else somebody writes is refused with its place, and plays nothing.
#include "scenarios/play/adjusting.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "scenarios/flows/purchase/parts.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Adjustment;
using Adjustments = std::vector<Adjustment>;

const play::Scenario& first_sale() {
  static const play::Scenario scenario = library().load("first_sale");
  return scenario;
}

play::Scenario adjusted(const Adjustments& adjustments) {
  return play::adjusted(all_flows(), first_sale(), adjustments, {"x.repro.json", "$.adjusted"});
}

std::string refusal(const Adjustments& adjustments) {
  try {
    adjusted(adjustments);
  } catch (const play::BadInput& error) {
    EXPECT_EQ(error.code(), play::ExitCode::data);
    return error.what();
  }
  return "taken";
}

TEST(Adjusting, PlacesMeanTheSameWhateverElseIsAdjusted) {
  const auto smaller = adjusted({{"$.catalogue[0]", ""},
                                 {"$.catalogue[2].stock", "1"},
                                 {"$.parties[1].slow", "\"0\""},
                                 {"$.workloads[0].habits.think", R"({"min":"0s","max":"0s"})"}});
  const auto& skus = smaller.setting<purchase::Catalogue>().skus;
  ASSERT_EQ(skus.size(), 2U);
  EXPECT_EQ(skus[0].name, "teapot");
  EXPECT_EQ(skus[0].stock, 6);
  EXPECT_EQ(skus[1].name, "cup");
  EXPECT_EQ(skus[1].stock, 1);
  EXPECT_TRUE(smaller.parties[1].as<purchase::MerchantSpec>().slow.is_zero());
  const auto& habits = smaller.workloads[0].as<purchase::ShoppingSpec>().habits;
  EXPECT_EQ(habits.think_max, Duration{});
  EXPECT_EQ(habits.quantity_max, 2) << "what is not named stays";
}

TEST(Adjusting, SeveralRowsOfAListGoAndTheOrderOfNamingIsNothing) {
  for (const Adjustments& gone : {Adjustments{{"$.catalogue[0]", ""}, {"$.catalogue[1]", ""}},
                                  Adjustments{{"$.catalogue[1]", ""}, {"$.catalogue[0]", ""}}}) {
    const auto smaller = adjusted(gone);
    ASSERT_EQ(smaller.setting<purchase::Catalogue>().skus.size(), 1U);
    EXPECT_EQ(smaller.setting<purchase::Catalogue>().skus[0].name, "cup");
  }
}

TEST(Adjusting, WhatTheScenarioDoesNotKnowIsToldWithTheNearestRightThing) {
  const std::string key = refusal({{"$.catalogue[0].price", "\"1.00 CNY\""}, {"$.catalogue[0].stok", "1"}});
  EXPECT_NE(key.find("x.repro.json"), std::string::npos) << key;
  EXPECT_NE(key.find("$.adjusted[1].at"), std::string::npos) << key;
  EXPECT_NE(key.find("$.catalogue[0].stock"), std::string::npos) << key;
  // There, but not one that may get smaller.
  EXPECT_NE(refusal({{"$.storm", "\"1h\""}}).find("$.adjusted[0].at"), std::string::npos);
  EXPECT_NE(refusal({{"$.catalogue[3]", ""}}).find("$.adjusted[0].at"), std::string::npos);
  EXPECT_NE(refusal({{"$.parties[0]", ""}}).find("a row of this scenario that may go"), std::string::npos);
}

TEST(Adjusting, OnePlaceTwiceOrInARowThatIsGoneIsAMistake) {
  EXPECT_NE(refusal({{"$.catalogue[0].stock", "1"}, {"$.catalogue[0].stock", "2"}}).find("a second time"),
            std::string::npos);
  const std::string gone = refusal({{"$.catalogue[0].stock", "1"}, {"$.catalogue[0]", ""}});
  EXPECT_NE(gone.find("$.adjusted[0].at"), std::string::npos) << gone;
  EXPECT_NE(gone.find("that is gone"), std::string::npos) << gone;
}

TEST(Adjusting, WhatTheLoaderRefusesIsToldWithThePlaceOfTheAdjustment) {
  const std::string negative =
      refusal({{"$.catalogue[1].price", "\"1.00 CNY\""}, {"$.catalogue[0].stock", "-1"}});
  EXPECT_NE(negative.find("in $.adjusted[1]"), std::string::npos) << negative;
  EXPECT_NE(negative.find("a whole number from 0"), std::string::npos) << negative;
  const std::string text = refusal({{"$.workloads[0].habits.lines_max", "\"one\""}});
  EXPECT_NE(text.find("in $.adjusted[0]"), std::string::npos) << text;
  // Each is right by itself, together nothing is left to sell.
  const std::string together =
      refusal({{"$.catalogue[0]", ""}, {"$.catalogue[1]", ""}, {"$.catalogue[2]", ""}});
  EXPECT_NE(together.find("in $.adjusted:"), std::string::npos) << together;
}

TEST(Adjusting, EachSmallerValueIsSmallerAndTheScenarioTakesMostOfThem) {
  std::size_t tried = 0;
  std::size_t taken = 0;
  std::size_t rows = 0;
  for (const auto& place : play::adjustables(all_flows(), first_sale())) {
    rows += place.is_row ? 1 : 0;
    for (const play::Json& value : place.smaller) {
      const Adjustments one{{place.at, value.dump()}};
      ++tried;
      taken += play::try_adjusted(all_flows(), first_sale(), one) ? 1 : 0;
    }
  }
  EXPECT_EQ(rows, 3U);
  EXPECT_GT(tried, 20U);
  EXPECT_EQ(taken, tried) << "no setting of this scenario leans on another";
}

TEST(Adjusting, AScenarioOfNoFileHasNothingToAdjust) {
  EXPECT_TRUE(play::adjustables(all_flows(), small_shop().scenario()).empty());
}

TEST(Adjusting, AStagePlaysWhatIsAdjustedAndThenTheScenarioAgain) {
  play::Stage stage(all_flows(), first_sale(), {});
  play::PlayOptions options;
  options.faults = play::FaultMode::none;
  const auto before = stage.play(options);
  play::PlayOptions scarce = options;
  scarce.adjusted = {{"$.catalogue[0].stock", "1"}, {"$.catalogue[1]", ""}, {"$.catalogue[2]", ""}};
  const auto one = stage.play(scarce);
  EXPECT_GT(one.counts.at("orders_rejected"), before.counts.at("orders_rejected"));
  EXPECT_EQ(stage.play(options).trial.trace_hash.text(), before.trial.trace_hash.text());
  // As if it had been written so.
  const auto written = edited(first_sale(), [](play::Json& json) {
    json["catalogue"].erase(2);
    json["catalogue"].erase(1);
    json["catalogue"][0]["stock"] = 1;
  });
  play::Stage other(all_flows(), written, {});
  EXPECT_EQ(other.play(options).trial.trace_hash.text(), one.trial.trace_hash.text());
  // More variants than are kept: each is made anew when it is asked for again.
  for (int stock = 1; stock <= 6; ++stock) {
    scarce.adjusted[0].to = std::to_string(stock);
    stage.play(scarce);
  }
  scarce.adjusted[0].to = "1";
  EXPECT_EQ(stage.play(scarce).trial.trace_hash.text(), one.trial.trace_hash.text());
}

}  // namespace
}  // namespace ordeal::test

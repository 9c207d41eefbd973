// Repro files: what is written is read again, and a broken one is refused with its place.
#include <functional>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/repro_json.h"

namespace ordeal::reports {
namespace {

using Json = nlohmann::ordered_json;

Repro example() {
  Repro repro;
  repro.engine = "ordeal 0.0.0";
  repro.scenario = R"({"name":"first_sale"})";
  repro.seed = 0xFFFF'FFFF'FFFF'FFFFU;
  repro.designs = {{"stock.gate", "row_lock"}};
  repro.flaws = {"F-01"};
  repro.only = std::vector<std::string>{"shopper-1", "guest-4"};
  repro.omitted = {{"shopper-1", "second_click"}, {"guest-4", "payment"}};
  repro.adjusted = {{"$.catalogue[0].stock", "1"}, {"$.catalogue[1]", ""}, {"$.parties[1].slow", "\"0\""}};
  faults::Plan plan;
  plan.windows.push_back(
      {"message_loss-1", faults::MessageLoss{{3, 100}}, {}, Duration{0}, Duration{5'000'000'000}});
  plan.windows.push_back(
      {"clock_step-1", faults::ClockStep{Duration{7'000'000'000}}, {}, Duration{0}, Duration{5'000'000'000}});
  plan.heal_at = Duration{3'600'000'000'000};
  plan.never_returning = {"order-1"};
  repro.plan = plan;
  repro.strikes = {{"shopper-1/checkout-1 › send order.place", 0, faults::act::Drop{}}};
  repro.expects = {"safety", "I-10 no-oversell", "00112233445566778899aabbccddeeff"};
  return repro;
}

void expect_refused(const std::function<void(Json&)>& edit, const std::string& path,
                    const std::string& expected) {
  Json json = repro_json(example());
  edit(json);
  const auto repro = read_repro(json);
  ASSERT_FALSE(repro.ok()) << path;
  EXPECT_EQ(repro.error().path, path);
  EXPECT_NE(repro.error().expected.find(expected), std::string::npos) << repro.error().expected;
}

TEST(Repro, SurvivesARoundTrip) {
  const Repro before = example();
  const auto after = read_repro(Json::parse(repro_json(before).dump()));
  ASSERT_TRUE(after.ok()) << after.error().text();
  EXPECT_EQ(repro_json(*after), repro_json(before));
  EXPECT_EQ(after->plan, before.plan);
  EXPECT_EQ(after->strikes, before.strikes);
  EXPECT_EQ(after->seed, before.seed);
  EXPECT_EQ(after->omitted, before.omitted);
  EXPECT_EQ(after->adjusted, before.adjusted);
}

TEST(Repro, OneWithoutAdjustmentsSaysNothingOfThem) {
  Repro before = example();
  before.adjusted.clear();
  EXPECT_FALSE(repro_json(before).contains("adjusted"));
  const auto after = read_repro(repro_json(before));
  ASSERT_TRUE(after.ok()) << after.error().text();
  EXPECT_TRUE(after->adjusted.empty());
}

TEST(Repro, WithoutFaultsAndWithAllActors) {
  Repro before = example();
  before.plan.reset();
  before.only.reset();
  const auto after = read_repro(repro_json(before));
  ASSERT_TRUE(after.ok()) << after.error().text();
  EXPECT_FALSE(after->plan);
  EXPECT_FALSE(after->only);
}

TEST(Repro, ForAnotherEngineStrikesStayAndWindowsThatLeaveNone) {
  const faults::Plan plan = plan_of_strikes(example());
  ASSERT_EQ(plan.windows.size(), 1U);
  EXPECT_EQ(plan.windows[0].id, "clock_step-1");
  EXPECT_EQ(plan.strikes, example().strikes);
  EXPECT_EQ(plan.heal_at, example().plan->heal_at);
  EXPECT_EQ(plan.never_returning, example().plan->never_returning);
}

TEST(Repro, BrokenOnesAreRefusedWithTheirPlace) {
  expect_refused([](Json& json) { json["schema"] = "ordeal/repro/9"; }, "$.schema", "ordeal/repro/2");
  expect_refused([](Json& json) { json.erase("seed"); }, "$", "seed");
  expect_refused([](Json& json) { json["seeds"] = 1; }, "$.seeds", "known");
  expect_refused([](Json& json) { json["seed"] = -1; }, "$.seed", "whole number");
  expect_refused([](Json& json) { json["design"] = Json::array(); }, "$.design", "object");
  expect_refused([](Json& json) { json["flaws"] = {1}; }, "$.flaws[0]", "flaw");
  expect_refused(
      [](Json& json) {
        json["workload"]["only"] = {"shopper-1", "shopper-1"};
      },
      "$.workload.only[1]", "once");
  expect_refused([](Json& json) { json["workload"]["only"] = {1}; }, "$.workload.only[0]", "a name");
  expect_refused([](Json& json) { json["workload"]["only"] = "shopper-1"; }, "$.workload.only", "an array");
  expect_refused([](Json& json) { json["workload"]["only_shoppers"] = {1}; }, "$.workload.only_shoppers",
                 "known");
  expect_refused([](Json& json) { json["workload"]["omitted"][0]["actor"] = 1; },
                 "$.workload.omitted[0].actor", "");
  expect_refused([](Json& json) { json["workload"]["omitted"][0].erase("part"); }, "$.workload.omitted[0]",
                 "part");
  expect_refused([](Json& json) { json["workload"]["omitted"] = "payment"; }, "$.workload.omitted", "array");
  expect_refused([](Json& json) { json["adjusted"] = 1; }, "$.adjusted", "array");
  expect_refused([](Json& json) { json["adjusted"][0].erase("at"); }, "$.adjusted[0]", "at");
  expect_refused([](Json& json) { json["adjusted"][0].erase("to"); }, "$.adjusted[0]", "either");
  expect_refused([](Json& json) { json["adjusted"][1]["to"] = 2; }, "$.adjusted[1]", "either");
  expect_refused([](Json& json) { json["adjusted"][1]["gone"] = false; }, "$.adjusted[1].gone", "true");
  expect_refused([](Json& json) { json["adjusted"][0]["value"] = 2; }, "$.adjusted[0].value", "known");
  expect_refused([](Json& json) { json["strikes"][0]["action"] = "drpo"; }, "$.strikes[0].action", "");
  expect_refused([](Json& json) { json["plan"]["windows"][0]["rate"] = "3 percent"; },
                 "$.plan.windows[0].rate", "");
  expect_refused([](Json& json) { json["expects"]["verdict"] = "fail"; }, "$.expects.verdict", "safety");
  expect_refused([](Json& json) { json["scenario"] = "first_sale"; }, "$.scenario", "a scenario");
  expect_refused([](Json& json) { json = Json::array(); }, "$", "object");
}

}  // namespace
}  // namespace ordeal::reports

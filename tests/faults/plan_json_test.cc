#include "faults/plan/plan_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "tests/faults/plan_gen.h"

namespace ordeal::faults {
namespace {

RC_GTEST_PROP(PlanJson, APlanSurvivesTheRoundTrip, ()) {
  const Plan plan = arbitrary_plan();
  const auto again = plan_from_text(plan_to_text(plan));
  if (!again.ok()) RC_FAIL(again.error().text());
  RC_ASSERT(*again == plan);
  RC_ASSERT(readable(*again) == readable(plan));
}

RC_GTEST_PROP(PlanJson, EveryKindSurvivesTheRoundTrip, ()) {
  Plan plan;
  for (const KindInfo& row : kinds()) plan.windows.push_back(arbitrary_window(plan.windows.size(), row.kind));
  const auto again = plan_from_text(plan_to_text(plan));
  if (!again.ok()) RC_FAIL(again.error().text());
  RC_ASSERT(*again == plan);
}

TEST(PlanJson, EveryKindAndActionSurvivesWithItsFirstParameters) {
  for (const KindInfo& row : kinds()) {
    Plan plan;
    plan.windows.push_back({"w", make(row.kind), {}, {}, kUntilHeal});
    if (auto* fork = std::get_if<ForkTaken>(&plan.windows[0].fault)) *fork = {"callback", "twice", {1, 2}};
    const auto again = plan_from_text(plan_to_text(plan));
    ASSERT_TRUE(again.ok()) << row.name << ": " << again.error().text();
    EXPECT_EQ(*again, plan) << row.name;
    EXPECT_EQ(kind_named(row.name), row.kind);
  }
  for (std::size_t i = 0; i < kActions; ++i) {
    const Strike strike{"a › b", 3, make_action(i)};
    const auto again = strike_from_json(strike_to_json(strike), "$");
    ASSERT_TRUE(again.ok()) << again.error().text();
    EXPECT_EQ(*again, strike) << actions()[i].name;
  }
}

TEST(PlanJson, TheFormIsStable) {
  Plan plan;
  plan.heal_at = {24LL * 3'600'000'000'000};
  plan.windows.push_back(
      {"loss-1", MessageLoss{{3, 100}}, {{"order"}, {}, {}, {}}, {}, {30LL * 60'000'000'000}});
  plan.strikes.push_back({"shopper-1 › send order.place", 0, act::Drop{}});
  EXPECT_EQ(plan_to_text(plan), R"({
  "heal_at": "24h",
  "windows": [
    {
      "id": "loss-1",
      "fault": "message_loss",
      "rate": "3/100",
      "from": "0s",
      "until": "30m",
      "scope": {
        "hosts": [
          "order"
        ]
      }
    }
  ],
  "strikes": [
    {
      "site": "shopper-1 › send order.place",
      "occurrence": 0,
      "action": "drop",
      "readable": "at shopper-1 › send order.place, time 1: the message is lost"
    }
  ]
}
)");
}

struct BadJson {
  std::string text;
  std::string path;
  std::string says;        // somewhere in the error
  std::string suggestion;  // empty: none
};

std::string window(const std::string& inside) { return R"({"heal_at":"1h","windows":[{)" + inside + "}]}"; }

const std::vector<BadJson>& table() {
  static const std::vector<BadJson> kTable{
      {"{", "$", "JSON", ""},
      {"[]", "$", "an object", ""},
      {"{}", "$.heal_at", "the key \"heal_at\"", ""},
      {R"({"heal_at":"1h","heal_at":"2h"})", "$", "\"heal_at\" twice", ""},
      {R"({"heal_at":"1h","window":[]})", "$.window", "one of the keys", "windows"},
      {R"({"heal_at":60})", "$.heal_at", "a duration", ""},
      {R"({"heal_at":"-1h"})", "$.heal_at", "not negative", ""},
      {R"({"heal_at":"9000000h"})", "$.heal_at", "292 years", ""},
      {R"({"heal_at":"1h","windows":{}})", "$.windows", "a list", ""},
      {R"({"heal_at":"1h","never_returning":["a",7]})", "$.never_returning[1]", "a text", ""},
      {window(R"("id":"a","fault":"mesage_loss","rate":"1/2","until":"1h")"), "$.windows[0].fault",
       "message_loss", "message_loss"},
      {window(R"("id":"a","fault":"banana","until":"1h")"), "$.windows[0].fault", "one of the faults", ""},
      {window(R"("id":"a","fault":"message_loss","until":"1h")"), "$.windows[0].rate", "the key \"rate\"",
       ""},
      {window(R"("id":"a","fault":"message_loss","raet":"1/2","until":"1h")"), "$.windows[0].raet",
       "one of the keys", "rate"},
      {window(R"("id":"a","fault":"message_loss","rate":"3/2","until":"1h")"), "$.windows[0].rate",
       "at most 1", ""},
      {window(R"("id":"a","fault":"message_loss","rate":0.5,"until":"1h")"), "$.windows[0].rate",
       "such as \"3/100\"", ""},
      {window(R"("id":"a","fault":"message_loss","rate":"1/2")"), "$.windows[0].until", "the key \"until\"",
       ""},
      {window(R"("id":"a","fault":"message_loss","rate":"1/2","until":"30min")"), "$.windows[0].until",
       "unit \"min\"", ""},
      {window(R"("id":"a","fault":"message_loss","rate":"1/2","from":"1h","until":"1h")"),
       "$.windows[0].until", "after \"from\"", ""},
      {window(R"("id":"","fault":"message_loss","rate":"1/2","until":"1h")"), "$.windows[0].id", "not empty",
       ""},
      {window(R"("id":"a","fault":"message_loss","rate":"1/2","until":"1h","scope":{"host":["x"]})"),
       "$.windows[0].scope.host", "one of the keys", "hosts"},
      {window(R"("id":"a","fault":"message_delay","rate":"1/2","extra_max":"-1s","until":"1h")"),
       "$.windows[0].extra_max", "not negative", ""},
      {window(R"("id":"a","fault":"message_delay","rate":"1/2","extra_max":"never","until":"1h")"),
       "$.windows[0].extra_max", "at most 87600h", ""},
      {window(R"("id":"a","fault":"clock_drift","ppb":5000000000,"until":"1h")"), "$.windows[0].ppb",
       "a whole number", ""},
      {window(R"("id":"a","fault":"clock_drift","ppb":1.5,"until":"1h")"), "$.windows[0].ppb",
       "a whole number", ""},
      {window(R"("id":"a","fault":"partition","side":["x"],"cut":"leavin","until":"1h")"), "$.windows[0].cut",
       "both, leaving, entering", "leaving"},
      {window(R"("id":"a","fault":"host_crash","rate":"1/2","at":["befor_commit"],"until":"1h")"),
       "$.windows[0].at[0]", "crash points", "before_commit"},
      {window(R"("id":"a","fault":"host_crash","rate":"1/2","at":[],"until":"1h")"), "$.windows[0].at",
       "at least one", ""},
      {window(R"("id":"a","fault":"host_crash","rate":"1/2","restart_after_min":"5m","until":"1h")"),
       "$.windows[0].restart_after_min", "not above the longest", ""},
      {window(
           R"("id":"a","fault":"disk_crash_outcome","kept":"2/3","torn":"1/2","names_kept":"0","until":"1h")"),
       "$.windows[0].torn", "together at most 1", ""},
      {window(R"("id":"a","fault":"disk_rot","rate":"1/2","bits_max":0,"until":"1h")"),
       "$.windows[0].bits_max", "from 1 to", ""},
      {window(R"("id":"a","fault":"crash_loop","times":0,"until":"1h")"), "$.windows[0].times", "from 1 to",
       ""},
      {window(R"("id":"a","fault":"message_tail","rate":"1/2","typical":"5m","until":"1h")"),
       "$.windows[0].typical", "not above the longest", ""},
      {window(R"("id":"a","fault":"host_kill","restart_after_max":"never","until":"1h")"),
       "$.windows[0].restart_after_max", "at most 87600h", ""},
      {window(R"("id":"a","fault":"fork","fork":"callback","rate":"1/2","until":"1h")"), "$.windows[0].way",
       "the key \"way\"", ""},
      {R"({"heal_at":"1h","strikes":[{"site":"a","action":"sector_kept","write":1}]})", "$.strikes[0].file",
       "the key \"file\"", ""},
      {R"({"heal_at":"1h","windows":[{"id":"a","fault":"clock_freeze","until":"1h"},{"id":"a","fault":"clock_freeze","until":"1h"}]})",
       "$.windows[1].id", "no other window", ""},
      {R"({"heal_at":"1h","strikes":[{"site":"a","action":"dropp"}]})", "$.strikes[0].action",
       "one of the actions", "drop"},
      {R"({"heal_at":"1h","strikes":[{"site":"a","action":"delay"}]})", "$.strikes[0].extra",
       "the key \"extra\"", ""},
      {R"({"heal_at":"1h","strikes":[{"site":"a","action":"drop","occurrence":-1}]})",
       "$.strikes[0].occurrence", "from 0 to", ""},
      {R"({"heal_at":"1h","strikes":[{"site":"a","action":"drop","occurrence":18446744073709551615}]})",
       "$.strikes[0].occurrence", "from 0 to", ""},
      {R"({"heal_at":"1h","strikes":[{"site":"a","action":"drop","after":"1s"}]})", "$.strikes[0].after",
       "one of the keys", ""},
  };
  return kTable;
}

TEST(PlanJson, EveryMistakeNamesItsPlaceAndWhatWasExpected) {
  for (const BadJson& row : table()) {
    const auto result = plan_from_text(row.text);
    ASSERT_FALSE(result.ok()) << row.text;
    EXPECT_EQ(result.error().path, row.path) << row.text << "\n" << result.error().text();
    EXPECT_NE(result.error().text().find(row.says), std::string::npos) << result.error().text();
    EXPECT_EQ(result.error().suggestion, row.suggestion) << result.error().text();
  }
}

TEST(PlanJson, ThePathStartsWhereTheFileSays) {
  const auto result = plan_from_json(nlohmann::ordered_json::parse(R"({"heal_at":"soon"})"), "$.faults");
  EXPECT_EQ(result.error().path, "$.faults.heal_at");
}

}  // namespace
}  // namespace ordeal::faults

// Carts in a purchase: what a scenario may say of them, and trials of them.
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "scenarios/flows/purchase/seams.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/play.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::Json;

// What is said of cart_batch after `edit`.
std::string complaint(const std::function<void(Json&)>& edit) {
  try {
    edited(library().load("cart_batch"), edit);
  } catch (const play::BadInput& wrong) {
    return wrong.what();
  }
  return "";
}

TEST(Carts, WantSomebodyWhoKeepsThem) {
  const std::string said = complaint([](Json& json) { json["hosts"].erase(1); });
  EXPECT_NE(said.find("{\"name\": \"cart-1\", \"services\": [\"cart\"]}"), std::string::npos) << said;
}

TEST(Carts, ThatAreReadFromACacheWantOne) {
  const std::string said = complaint([](Json& json) { json["hosts"].erase(7); });
  EXPECT_NE(said.find("cart.read"), std::string::npos) << said;
  EXPECT_NE(said.find("cache"), std::string::npos) << said;
  EXPECT_EQ(complaint([](Json& json) {
              json["hosts"].erase(7);
              json["designs"]["cart.read"] = "database";
              json["faults"].erase("kinds");
              json["sometimes"] = {"cart left alone"};
            }),
            "");
}

TEST(Carts, AreWantedWhereStockIsTakenAtTheCart) {
  try {
    edited(library().load("first_sale"), [](Json& json) { json["designs"]["stock.deduct"] = "at_cart"; });
    ADD_FAILURE() << "it was taken";
  } catch (const play::BadInput& wrong) {
    const std::string said = wrong.what();
    EXPECT_NE(said.find("stock.deduct is at_cart"), std::string::npos) << said;
    EXPECT_NE(said.find("{\"name\": \"cart-1\", \"services\": [\"cart\"]}"), std::string::npos) << said;
  }
}

// What a cart holds goes through the gate as any other stock does.
TEST(Carts, HoldTheirStockByEveryGate) {
  for (const std::string_view gate : purchase::gate().designs()) {
    const play::Scenario scenario = edited(library().load("hoarders"), [&](Json& json) {
      json["designs"]["stock.gate"] = gate;
      json["hosts"].push_back({{"name", "redis"}, {"cache", {{"keeps", "replica"}}}});
    });
    play::Stage stage(all_flows(), scenario, {});
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
      play::PlayOptions options;
      options.seed = seed;
      const auto day = stage.play(options);
      ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << gate << ", seed " << seed << "\n"
                                                       << findings_of(day);
    }
  }
}

}  // namespace
}  // namespace ordeal::test

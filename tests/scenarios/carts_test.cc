// Carts in a purchase: what a scenario may say of them, and trials of them.
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "scenarios/play/bad_input.h"
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

}  // namespace
}  // namespace ordeal::test

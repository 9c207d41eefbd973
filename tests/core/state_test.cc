// The state machines as tables: the whole matrix is written out here once more, by hand.
#include "core/order/state.h"

#include <gtest/gtest.h>

#include "core/payment/state.h"

namespace ordeal {
namespace {

TEST(OrderState, AllowsExactlyTheseEdges) {
  // Rows: from; columns: to DRAFT, UNPAID, PAID, CLOSED, REJECTED.
  constexpr int kMatrix[5][5] = {
      {0, 1, 1, 0, 1}, {0, 0, 1, 1, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0},
  };
  for (int from = 0; from < 5; ++from) {
    for (int to = 0; to < 5; ++to) {
      EXPECT_EQ(order::allowed(static_cast<api::OrderState>(from), static_cast<api::OrderState>(to)),
                kMatrix[from][to] == 1)
          << from << " -> " << to;
    }
  }
}

TEST(OrderState, PaidClosedAndRejectedAreTerminal) {
  using enum api::OrderState;
  EXPECT_FALSE(order::is_terminal(draft));
  EXPECT_FALSE(order::is_terminal(unpaid));
  EXPECT_TRUE(order::is_terminal(paid));
  EXPECT_TRUE(order::is_terminal(closed));
  EXPECT_TRUE(order::is_terminal(rejected));
}

TEST(AttemptState, AllowsExactlyTheseEdges) {
  // Rows: from; columns: to PENDING, SUCCEEDED, CLOSED, FAILED.
  constexpr int kMatrix[4][4] = {
      {0, 1, 1, 1},
      {0, 0, 0, 0},
      {0, 1, 0, 0},
      {0, 1, 0, 0},
  };
  for (int from = 0; from < 4; ++from) {
    for (int to = 0; to < 4; ++to) {
      EXPECT_EQ(
          payment::allowed(static_cast<payment::AttemptState>(from), static_cast<payment::AttemptState>(to)),
          kMatrix[from][to] == 1)
          << from << " -> " << to;
    }
  }
}

TEST(Names, AreReadBackAndUnknownOnesAreNot) {
  EXPECT_EQ(wire::name_of(api::OrderState::rejected), "REJECTED");
  EXPECT_EQ(wire::from_name<api::OrderState>("PAID"), api::OrderState::paid);
  EXPECT_EQ(wire::from_name<api::OrderState>("paid"), std::nullopt);
  EXPECT_THROW((void)wire::name_of(static_cast<api::OrderState>(9)), CheckFailed);
}

}  // namespace
}  // namespace ordeal

#include "faults/kinds/cause_of.h"

#include <gtest/gtest.h>

namespace ordeal::faults {
namespace {

Plan struck(const std::string& site, Action action) {
  Plan plan;
  plan.strikes = {{site, 0, std::move(action)}};
  return plan;
}

TEST(CauseOf, NumbersAndIdsAreNoPartOfIt) {
  EXPECT_EQ(abstracted("shopper-12/checkout-3 › visit"), "shopper-N/checkout-N › visit");
  EXPECT_EQ(abstracted("close ord-0000007KQ"), "close ord-N");
  EXPECT_EQ(abstracted("job:notify-merchant@1767225600000000000 › read notification.db"),
            "job:notify-merchant@N › read notification.db");
  EXPECT_EQ(abstracted(""), "");
}

TEST(CauseOf, OfAPathItsEndCounts) {
  EXPECT_EQ(end_of_path("shopper-1 › visit › gateway.pay › send order.pay"), "gateway.pay › send order.pay");
  EXPECT_EQ(end_of_path("visit › send gateway.pay"), "visit › send gateway.pay");
  EXPECT_EQ(end_of_path("boot"), "boot");
  EXPECT_EQ(end_of_path(""), "");
}

TEST(CauseOf, TheSameFaultOfAnotherShopperIsTheSameCauseAndAnotherActionIsNot) {
  const std::string one = cause_of(struck("shopper-1/checkout-1 › visit › send gateway.pay", act::Drop{}));
  EXPECT_EQ(one, "drop at visit › send gateway.pay");
  EXPECT_EQ(cause_of(struck("shopper-8/checkout-1 › visit › send gateway.pay", act::Drop{})), one);
  EXPECT_NE(cause_of(struck("shopper-1/checkout-1 › visit › send gateway.pay", act::Reset{})), one);
  EXPECT_NE(cause_of(struck("shopper-1/checkout-1 › visit › reply gateway.pay", act::Drop{})), one);
}

TEST(CauseOf, HowOftenAndInWhatOrderDoesNotMatter) {
  Plan plan = struck("a › b › send y", act::Drop{});
  plan.strikes.push_back({"a › b › send x", 0, act::Crash{}});
  plan.strikes.push_back({"a › b › send y", 1, act::Drop{}});
  EXPECT_EQ(cause_of(plan), "crash at b › send x + drop at b › send y");
}

TEST(CauseOf, WindowsCountByKindAndHosts) {
  Plan plan;
  EXPECT_EQ(cause_of(plan), "no fault");
  plan.windows = {
      {"w", ClockStep{Duration{7}}, {.hosts = {"order-1"}, .from = {}, .to = {}, .file = {}}, {}, {}}};
  EXPECT_EQ(cause_of(plan), "clock_step order-N");
}

}  // namespace
}  // namespace ordeal::faults

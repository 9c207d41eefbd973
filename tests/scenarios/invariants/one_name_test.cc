// One breach, one name: where a law was split, a history that breaks one half breaks no other law. And the evidence speaks
// of people and goods as the scenario does. The reference model is left out: it judges everything, so whatever another law
// says it says too, only last.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "tests/scenarios/invariants/small_world.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;

std::set<std::string> broken_by(const std::function<void(SmallWorld&)>& happens) {
  SmallWorld world;
  world.good_day();
  happens(world);
  std::set<std::string> names;
  for (const sim::Finding& finding : world.verdict()) names.insert(finding.invariant);
  names.erase("I-92 the-model-agrees");
  return names;
}

using Names = std::set<std::string>;

TEST(OneName, MoreSoldThanThereWasIsAnOversellThoughTheCountersAddUp) {
  EXPECT_EQ(broken_by([](SmallWorld& world) {
              for (const OrderId order : {OrderId{301}, OrderId{302}})
                world.say(5000, f::StockReserved{order, kPen, 1});
            }),
            Names{"I-10 no-oversell"});
}

TEST(OneName, ACounterThatDriftedIsNoOversell) {
  for (const char* drift :
       {"update stock set reserved = reserved + 1 where sku = 1",
        "update stock set reserved = reserved - 1, sold = sold + 1 where sku = 1",
        "update stock set available = available + 1, initial = initial + 1 where sku = 2"})
    EXPECT_EQ(broken_by([&](SmallWorld& world) { world.change("inventory", drift); }),
              Names{"I-11 stock-adds-up"})
        << drift;
}

TEST(OneName, BelowZeroIsNoDriftWhileTheReservationsSaySo) {
  EXPECT_FALSE(broken_by([](SmallWorld& world) {
                 world.change("inventory", "pragma ignore_check_constraints = on");
                 world.change("inventory", "insert into reservation values(104, 1, 9, 0)");
                 world.change("inventory",
                              "update stock set available = available - 9, reserved = reserved + 9 "
                              "where sku = 1");
               }).contains("I-11 stock-adds-up"));
}

TEST(OneName, ADraftAtRestIsNoOrderWithoutItsStock) {
  EXPECT_EQ(broken_by([](SmallWorld& world) {
              world.change("order", "update orders set state = 0 where id = 104");
              world.visit("shopper-4").placing.front().reply.status = api::PlaceStatus::pending;
            }),
            Names{"I-40 nothing-stays-between"});
}

TEST(OneName, AMerchantWhoIsNotToldIsNoLostEvent) {
  EXPECT_EQ(broken_by([](SmallWorld& world) {
              world.books.notices.erase({"merchant", kPaid});
            }),
            Names{"I-80 merchants-are-told"});
  EXPECT_EQ(broken_by([](SmallWorld& world) {
              world.change("notification", "delete from notification where order_id = 101");
            }),
            Names{"I-51 every-event-arrives"});
}

TEST(Evidence, NamesGoodsAndBuyersAsTheScenarioDoes) {
  const auto scenario = library().load("first_sale");
  play::Stage stage(all_flows(), scenario, {{}, {"F-01"}});
  play::PlayOptions options;
  options.seed = 14;
  const auto day = stage.play(options);
  ASSERT_FALSE(day.trial.findings.empty());
  const sim::Finding& finding = day.trial.findings.front();
  EXPECT_EQ(finding.message, "7 units of \"teapot\" are sold and held, of a stock of 6");
  const auto buyers = std::count_if(finding.evidence.begin(), finding.evidence.end(),
                                    [](const auto& row) { return row.first.starts_with("shopper-"); });
  EXPECT_GE(buyers, 2);
  for (const auto& [key, value] : finding.evidence) EXPECT_FALSE(value.starts_with("sku-")) << key << value;
}

TEST(KindOfBreach, LeavesOutNumbersAndNames) {
  const auto kind = [](const char* message) {
    return play::kind_of_breach({"I-10 no-oversell", sim::FindingKind::safety, 0, message, {}});
  };
  EXPECT_EQ(kind("7 units of \"teapot\" are sold"), kind("2 units of \"cup 9\" are sold"));
  EXPECT_NE(kind("7 units of \"teapot\" are sold"), kind("7 units of \"teapot\" are held"));
}

}  // namespace
}  // namespace ordeal::test

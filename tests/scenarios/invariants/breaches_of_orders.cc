// Histories that break the promises about orders and stock, as monitors see them.
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using api::OrderState;
using sim::FindingKind;

constexpr std::string_view kOneOrder = "I-01 one-order-per-request";
constexpr std::string_view kEdges = "I-03 only-declared-edges";
constexpr std::string_view kOneWins = "I-04 one-transition-wins";
constexpr std::string_view kOversell = "I-10 no-oversell";
constexpr std::string_view kEndsOnce = "I-14 reservation-ends-once";

f::OrderPlaced order(OrderId id, UserId user, std::string key) {
  return {id, user, std::move(key), kTen, {{kMug, 1}}};
}

f::OrderMoved move(OrderId id, OrderState from, OrderState to, std::int64_t version) {
  return {id, from, to, version, {}};
}

}  // namespace

std::vector<Breach> breaches_of_orders() {
  return {
      {"TwoOrdersForOneKey", kOneOrder, FindingKind::safety, kStranger.text(),
       [](SmallWorld& world) {
         world.say(1, order(kPaid, kAnn, "k"));
         world.say(2, order(kStranger, kAnn, "k"));
       }},
      {"ToldOfAnotherOrder", kOneOrder, FindingKind::safety, kStranger.text(),
       [](SmallWorld& world) {
         world.say(1, order(kPaid, kAnn, "k"));
         world.say(2, purchase::facts::ShopperTold{kAnn, "k", kStranger, kTen});
       }},
      {"ToldFirstThenPlacedAnew", kOneOrder, FindingKind::safety, kAnn.text(),
       [](SmallWorld& world) {
         world.say(1, purchase::facts::ShopperTold{kAnn, "k", kPaid, kTen});
         world.say(2, order(kStranger, kAnn, "k"));
       }},
      {"UndeclaredEdge", kEdges, FindingKind::safety, "DRAFT → PAID",
       [](SmallWorld& world) {
         world.say(1, order(kPaid, kAnn, "k"));
         world.say(2, move(kPaid, OrderState::draft, OrderState::paid, 2));
       }},
      {"OutOfAFinalState", kEdges, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.good_facts();
         world.say(5000, move(kPaid, OrderState::paid, OrderState::closed, 4));
       }},
      {"FromAStateItIsNotIn", kEdges, FindingKind::safety, "UNPAID → CLOSED",
       [](SmallWorld& world) {
         world.say(1, order(kPaid, kAnn, "k"));
         world.say(2, move(kPaid, OrderState::unpaid, OrderState::closed, 2));
       }},
      {"MoveOfNoOrder", kEdges, FindingKind::safety, kStranger.text(),
       [](SmallWorld& world) { world.say(2, move(kStranger, OrderState::draft, OrderState::unpaid, 2)); }},
      {"CloseOverwritesPayment", kOneWins, FindingKind::safety,
       "UNPAID → PAID, version 3, at +00:00:22.000000",
       [](SmallWorld& world) {
         world.good_facts();
         world.say(902, move(kPaid, OrderState::unpaid, OrderState::closed, 4));
       }},
      {"PaymentOverwritesClose", kOneWins, FindingKind::safety, kAbandoned.text(),
       [](SmallWorld& world) {
         world.good_facts();
         world.say(940, move(kAbandoned, OrderState::unpaid, OrderState::paid, 4));
       }},
      {"PaidAndThenClosed", kOneWins, FindingKind::safety, "PAID → CLOSED",
       [](SmallWorld& world) {
         world.good_facts();
         world.say(5000, move(kPaid, OrderState::paid, OrderState::closed, 4));
       }},
      {"ClosedAndThenPaid", kOneWins, FindingKind::safety, "CLOSED → PAID",
       [](SmallWorld& world) {
         world.good_facts();
         world.say(5000, move(kLate, OrderState::closed, OrderState::paid, 4));
       }},
      {"OneUnitTwice", kOversell, FindingKind::safety, "pen",
       [](SmallWorld& world) {
         world.say(1, f::StockReserved{kPaid, kPen, 1});
         world.say(2, f::StockReserved{kLate, kPen, 1});
       }},
      {"ConsumedUnitsStayTaken", kOversell, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         world.say(1, f::StockReserved{kPaid, kPen, 1});
         world.say(2, f::StockConsumed{kPaid, kPen, 1});
         world.say(3, f::StockReserved{kLate, kPen, 1});
       }},
      {"SkuOutOfThinAir", kOversell, FindingKind::safety, SkuId{3}.text(),
       [](SmallWorld& world) {
         world.say(1, f::StockReserved{kPaid, SkuId{3}, 1});
       }},
      {"ReservedTwice", kEndsOnce, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.say(1, f::StockReserved{kPaid, kMug, 1});
         world.say(2, f::StockReserved{kPaid, kMug, 1});
       }},
      {"ConsumedTwice", kEndsOnce, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         world.good_facts();
         world.say(5000, f::StockConsumed{kPaid, kMug, 1});
       }},
      {"ConsumedThenReleased", kEndsOnce, FindingKind::safety, "CONSUMED of 1 at +00:00:23.000000",
       [](SmallWorld& world) {
         world.good_facts();
         world.say(5000, f::StockReleased{kPaid, kMug, 1});
       }},
      {"ReleasedMoreThanHeld", kEndsOnce, FindingKind::safety, "RELEASED of 2",
       [](SmallWorld& world) {
         world.say(1, f::StockReserved{kPaid, kMug, 1});
         world.say(2, f::StockReleased{kPaid, kMug, 2});
       }},
      {"ReleasedButNeverReserved", kEndsOnce, FindingKind::safety, kStranger.text(),
       [](SmallWorld& world) {
         world.say(1, f::StockReleased{kStranger, kMug, 1});
       }},
  };
}

}  // namespace ordeal::test

// Histories of a shop that takes stock when it is paid for (A25), and that breaks its promises by that, or only looks like it.
#include <gtest/gtest.h>

#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using api::OrderState;
using sim::FindingKind;

constexpr std::string_view kStands = "I-12 order-iff-reservation";
constexpr std::string_view kSold = "I-16 goods-are-sold";
constexpr std::string_view kLatePays = "I-35 late-payment-is-refunded";
constexpr std::string_view kBooks = "I-73 books-agree";
constexpr std::string_view kModel = "I-92 the-model-agrees";

f::OrderMoved moved(OrderState from, OrderState to, std::int64_t version, std::int64_t s) {
  return {kLate, from, to, version, Instant{1'767'225'600 * kSecond} + Duration{s * kSecond}};
}

void at_payment(SmallWorld& world) { world.scenario.designs["stock.deduct"] = "at_payment"; }

// Cem pays for a mug while others have `taken`, and is sent his money back as if all were gone.
void sold_out(SmallWorld& world, std::int64_t taken) {
  at_payment(world);
  world.say(1, f::OrderPlaced{kLate, kCem, "cem-1", kTen, {{kMug, 1}}});
  world.say(2, moved(OrderState::draft, OrderState::unpaid, 2, 2));
  world.say(3, f::StockReserved{kPaid, kMug, taken});
  world.say(20, moved(OrderState::unpaid, OrderState::closed, 3, 20));
  world.say(21, f::RefundRequested{kLateRefund, kLate, kLateAttempt, kTen, api::RefundReason::sold_out});
}

// What Cem had from the good day, by its books: his money goes back since nothing was left.
void called_sold_out(SmallWorld& world) {
  world.good_day();
  world.change("order", "update late_payment set reason = 2 where order_id = 103");
  world.change("payment", "update refund set reason = 2 where order_id = 103");
}

// Cem's money came in time, and went back. Dee, who found none in a shop that holds stock, has an order that she never paid.
void paid_in_time(SmallWorld& world) {
  at_payment(world);
  world.good_day();
  world.change("order", "update orders set state = 3 where id = 104");
  world.books.trades["alipay"][kLateAttempt.text()].debited_at_ns = 1100 * kSecond;
}

// So did Bob's for two mugs.
void and_bobs(SmallWorld& world) {
  purchase::ChannelTrade& trade = world.books.trades["alipay"][kOtherAttempt.text()];
  trade = {"CH-9",       "shopper-2", Money{2000, {}}, Money{2000, {}}, purchase::TradeState::success,
           900 * kSecond};
}

bool is_fine(std::string_view law, void (*happens)(SmallWorld&)) {
  SmallWorld world({std::string(law)});
  happens(world);
  return world.verdict().empty();
}

TEST(Accept, AnOrderThatIsSoldOutWhenItsMoneyComes) {
  EXPECT_TRUE(is_fine(kSold, [](SmallWorld& world) { sold_out(world, 3); }));
}

TEST(Accept, AnUnpaidOrderThatHoldsNothingWhereStockIsTakenAtPayment) {
  const auto waits = [](SmallWorld& world) {
    at_payment(world);
    world.good_day();
    world.change("order", "update orders set state = 1, version = 2 where id = 102");
  };
  EXPECT_TRUE(is_fine(kStands, waits));
}

TEST(Accept, TheRefundOfASoldOutOrder) {
  for (const std::string_view law : {kLatePays, kBooks}) {
    const auto happens = [](SmallWorld& world) {
      at_payment(world);
      called_sold_out(world);
    };
    EXPECT_TRUE(is_fine(law, happens)) << law;
  }
}

TEST(Accept, AnOrderClosedThoughPaidInTimeIfOthersHadAll) {
  const auto happens = [](SmallWorld& world) {
    paid_in_time(world);
    and_bobs(world);
  };
  EXPECT_TRUE(is_fine(kModel, happens));
}

}  // namespace

std::vector<Breach> breaches_of_deduction() {
  return {
      {"PaidForWithNothingSetAside", kSold, FindingKind::safety, "1 mug of 3",
       [](SmallWorld& world) {
         at_payment(world);
         world.say(1, f::OrderPlaced{kLate, kCem, "cem-1", kTen, {{kMug, 1}}});
         world.say(2, moved(OrderState::draft, OrderState::unpaid, 2, 2));
         world.say(20, moved(OrderState::unpaid, OrderState::paid, 3, 20));
       }},
      {"SoldOutThoughAMugIsThere", kSold, FindingKind::safety, "1 mug of 1",
       [](SmallWorld& world) {
         sold_out(world, 2);
         world.good_rows();
       }},
      {"PaidOrderHoldsNothingAtPaymentEither", kStands, FindingKind::safety, "none",
       [](SmallWorld& world) {
         at_payment(world);
         world.good_day();
         world.change("inventory", "delete from reservation where order_id = 101");
       }},
      {"SoldOutWhereStockIsHeld", kBooks, FindingKind::safety, "sold_out", &called_sold_out},
      {"PaidOrdersMoneyGoesBackAsSoldOut", kLatePays, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         at_payment(world);
         world.good_day();
         world.change(
             "payment",
             "insert into refund(id, attempt, reason, order_id, channel, amount, currency, state, "
             "tries, next_at, trace) values(809, 901, 2, 101, 'alipay', 1000, 'CNY', 1, 1, null, 0)");
       }},
      {"RefusedBeforeAnybodyAskedForItsMoney", kModel, FindingKind::safety, "shopper-4",
       [](SmallWorld& world) {
         at_payment(world);
         world.good_day();
       }},
      {"ClosedThoughPaidInTimeAndGoodsThere", kModel, FindingKind::safety, "shopper-3", &paid_in_time},
  };
}

}  // namespace ordeal::test

// The good day with one thing changed in the rows or in the parties' books, as audits see it.
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

using sim::FindingKind;

constexpr std::string_view kAddsUp = "I-11 stock-adds-up";
constexpr std::string_view kIff = "I-12 order-iff-reservation";
constexpr std::string_view kNoDouble = "I-32 no-double-charge";
constexpr std::string_view kLateRefunded = "I-35 late-payment-is-refunded";
constexpr std::string_view kClose = "I-41 unpaid-orders-close";
constexpr std::string_view kKnown = "I-42 paid-at-channel-is-known";
constexpr std::string_view kBalance = "I-70 entries-balance";
constexpr std::string_view kConserved = "I-93 money-is-conserved";

void changed(SmallWorld& world, std::string_view service, const char* sql) {
  world.good_day();
  world.change(service, sql);
}

// The channel still has the money of the late payment.
void keeps_the_money(SmallWorld& world) {
  world.good_day();
  world.books.trades["alipay"][kLateAttempt.text()].refunded = Money{};
  world.books.purses["shopper-3"] -= 1000;
}

// A second debit of Ann's, which nobody gave back.
void debits_again(SmallWorld& world) {
  world.good_day();
  world.change(
      "payment",
      "insert into attempt select 909, order_id, user_id, channel, mode, amount, currency, 0, 0, null, "
      "901, 0, null, 0 from attempt where id = 901");
  world.books.trades["alipay"][kOtherAttempt.text()] = {
      "CH-9", "shopper-1", kTen, Money{}, purchase::TradeState::success, 30 * kSecond};
  world.books.purses["shopper-1"] -= 1000;
}

}  // namespace

std::vector<Breach> breaches_at_rest() {
  return {
      {"StockRowLostAUnit", kAddsUp, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         changed(world, "inventory", "update stock set available = 1 where sku = 1");
       }},
      {"StockRowMadeAUnit", kAddsUp, FindingKind::safety, "pen",
       [](SmallWorld& world) {
         changed(world, "inventory", "update stock set sold = 1, initial = 2 where sku = 2");
       }},
      {"PaidOrderWithoutStock", kIff, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         changed(world, "inventory", "delete from reservation where order_id = 101");
       }},
      {"PaidOrderWithReleasedStock", kIff, FindingKind::safety, "RELEASED of 1",
       [](SmallWorld& world) {
         changed(world, "inventory", "update reservation set state = 2 where order_id = 101");
       }},
      {"PaidOrderWithOtherQuantity", kIff, FindingKind::safety, "shopper-1",
       [](SmallWorld& world) {
         changed(world, "inventory", "update reservation set qty = 2 where order_id = 101");
       }},
      {"StockForNoOrder", kIff, FindingKind::safety, kStranger.text(),
       [](SmallWorld& world) {
         changed(world, "inventory", "insert into reservation values(199, 1, 1, 0)");
       }},
      {"StockHeldForAClosedOrder", kIff, FindingKind::safety, kAbandoned.text(),
       [](SmallWorld& world) {
         changed(world, "inventory", "update reservation set state = 0 where order_id = 102");
       }},
      {"DraftAtRest", "I-40 nothing-stays-between", FindingKind::liveness, kRejected.text(),
       [](SmallWorld& world) { changed(world, "order", "update orders set state = 0 where id = 104"); }},
      {"SecondDebitKept", kNoDouble, FindingKind::safety, "20.00 CNY", &debits_again},
      {"PartOfTheMoneyKept", kNoDouble, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.books.trades["alipay"][kLateAttempt.text()].refunded = Money{400, {}};
       }},
      {"ClosedOrderKeepsTheTotal", kNoDouble, FindingKind::safety, "shopper-3", &keeps_the_money},
      {"LatePaymentKept", kLateRefunded, FindingKind::safety, "shopper-3", &keeps_the_money},
      {"LatePaymentIgnored", kLateRefunded, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         keeps_the_money(world);
         world.change("payment", "delete from refund");
         world.change("payment", "update statement_line set verdict = 2 where kind = 1");
         world.change("order", "delete from late_payment");
       }},
      {"LatePaymentRefundedInTwoRows", kLateRefunded, FindingKind::safety, kLateRefund.text(),
       [](SmallWorld& world) {
         changed(world, "payment",
                 "insert into refund values(804, 903, 1, 103, 'alipay', 1000, 'CNY', 1, 1, null, 0)");
       }},
      {"LateRefundFailed", kLateRefunded, FindingKind::safety, "FAILED of 10.00 CNY",
       [](SmallWorld& world) { changed(world, "payment", "update refund set state = 2"); }},
      {"PaidOrderRefundedAsLate", kLateRefunded, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         changed(world, "payment",
                 "insert into refund values(804, 901, 0, 101, 'alipay', 1000, 'CNY', 1, 1, null, 0)");
       }},
      {"UnpaidAtRest", kClose, FindingKind::liveness, kAbandoned.text(),
       [](SmallWorld& world) {
         changed(world, "order", "update orders set state = 1, due_at = 930 where id = 102");
       }},
      {"UnpaidLongAfterTheBound", kClose, FindingKind::liveness, kBob.text(),
       [](SmallWorld& world) {
         changed(world, "order", "update orders set state = 1, due_at = 930 where id = 102");
         world.settled = false;
       }},
      {"ClosedTooLate", kClose, FindingKind::liveness, kStranger.text(),
       [](SmallWorld& world) {
         using api::OrderState;
         using api::facts::OrderMoved;
         world.good_rows();
         world.say(1, OrderMoved{kStranger, OrderState::draft, OrderState::unpaid, 2, {}});
         world.say(3600,
                   OrderMoved{kStranger, OrderState::unpaid, OrderState::closed, 3, Instant{3599 * kSecond}});
       }},
      {"TradeNobodyKnows", kKnown, FindingKind::liveness, "shopper-9",
       [](SmallWorld& world) {
         world.good_day();
         world.books.trades["alipay"][kOtherAttempt.text()] = {
             "CH-9", "shopper-9", kTen, Money{}, purchase::TradeState::success, 30 * kSecond};
       }},
      {"TradeNeverLearnedOf", kKnown, FindingKind::liveness, kOtherAttempt.text(), &debits_again},
      {"LatePaymentNotAskedBackFromADeadChannel", kKnown, FindingKind::liveness, kLate.text(),
       [](SmallWorld& world) {
         keeps_the_money(world);
         world.change("payment", "delete from refund");
         world.gone = {"alipay"};
       }},
      {"LatePaymentOfNobody", kKnown, FindingKind::liveness, kLate.text(), &keeps_the_money},
      {"LegChanged", kBalance, FindingKind::safety, EntryId{1}.text(),
       [](SmallWorld& world) {
         changed(world, "ledger", "update posting set minor = 999 where entry = 1 and account = 0");
       }},
      {"LegsWithoutEntry", kBalance, FindingKind::safety, "7",
       [](SmallWorld& world) { changed(world, "ledger", "delete from entry where id = 2"); }},
      {"EntryLostItsLegs", kBalance, FindingKind::safety, EntryId{2}.text(),
       [](SmallWorld& world) { changed(world, "ledger", "delete from posting where entry = 2"); }},
      {"PurseLostMoney", kConserved, FindingKind::safety, "10.00 CNY",
       [](SmallWorld& world) {
         world.good_day();
         world.books.purses["shopper-4"] -= 1000;
       }},
      {"PurseMadeMoney", kConserved, FindingKind::safety, "-10.00 CNY",
       [](SmallWorld& world) {
         world.good_day();
         world.books.purses["shopper-4"] += 1000;
       }},
      {"LedgerMissesASale", kConserved, FindingKind::safety, "10.00 CNY",
       [](SmallWorld& world) { changed(world, "ledger", "delete from posting where entry = 1"); }},
      // Each entry adds up, in a currency that nobody holds.
      {"SaleBookedInAnotherCurrency", kConserved, FindingKind::safety, "10.00 CNY",
       [](SmallWorld& world) {
         changed(world, "ledger", "update posting set currency = 'USD' where entry = 1");
       }},
      {"ChannelTookAnotherCurrency", kConserved, FindingKind::safety, "10.00 CNY",
       [](SmallWorld& world) {
         world.good_day();
         world.books.trades["alipay"][kPaidAttempt.text()].amount = Money{1000, {{'U', 'S', 'D'}}};
       }},
      {"LedgerOwesTooLittle", kConserved, FindingKind::safety, "-5.00 CNY",
       [](SmallWorld& world) {
         changed(world, "ledger", "update posting set minor = -500 where entry = 1 and account = 1");
       }},
  };
}

}  // namespace ordeal::test

// Histories in which a buyer is told what is not so (I-36).
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

using api::OrderState;
using api::PayStatus;
using api::PlaceStatus;
using sim::FindingKind;

constexpr std::string_view kAnswers = "I-36 answers-are-true";

api::PlaceReply& placed(SmallWorld& world, const std::string& buyer) {
  world.good_day();
  return world.visit(buyer).placing.front().reply;
}

purchase::model::PayAsked& paid(SmallWorld& world) {
  world.good_day();
  return world.visit("shopper-1").paying.front();
}

void sees(SmallWorld& world, const std::string& buyer, std::int64_t second, api::OrderView view) {
  auto& page = world.visit(buyer).looking.emplace_back();
  page.at_ns = page.answered_ns = second * kSecond;
  page.reply = view;
}

// Bob gives his order up at `second` and is told of it a second later.
void gives_up(SmallWorld& world, std::int64_t second, api::CancelStatus told) {
  world.good_day();
  auto& page = world.visit("shopper-2").cancelling.emplace_back();
  page.at_ns = second * kSecond;
  page.answered_ns = (second + 1) * kSecond;
  page.reply.status = told;
}

}  // namespace

std::vector<Breach> breaches_of_answers() {
  return {
      {"ToldOfAnotherTotal", kAnswers, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         placed(world, "shopper-1").total = Money{999, {}};
       }},
      {"ToldOfAnOrderOfAnotherBasket", kAnswers, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         placed(world, "shopper-1");
         purchase::model::Visit& ann = world.visit("shopper-1");
         ann.baskets.push_back({{{kMug, 2}}, Money{2000, {}}});
         ann.placing.push_back(ann.placing.front());
         ann.placing.back().basket = 1;
       }},
      {"ToldYoursAndRefused", kAnswers, FindingKind::safety, "REJECTED",
       [](SmallWorld& world) { placed(world, "shopper-4").status = PlaceStatus::placed; }},
      {"ToldOutOfStockAndSold", kAnswers, FindingKind::safety, "PAID",
       [](SmallWorld& world) { placed(world, "shopper-1").status = PlaceStatus::out_of_stock; }},
      {"ToldOfAPriceThatDidNotChange", kAnswers, FindingKind::safety, "10.00 CNY",
       [](SmallWorld& world) {
         placed(world, "shopper-4") = {PlaceStatus::price_changed, {}, OrderState::draft, kTen};
       }},
      {"ToldThatNobodyKnows", kAnswers, FindingKind::safety, "nobody knows",
       [](SmallWorld& world) {
         world.good_day();
         sees(world, "shopper-1", 1200, {});
       }},
      {"SentToTheCashierInsteadOfDebited", kAnswers, FindingKind::safety, "pay_at_channel",
       [](SmallWorld& world) {
         purchase::model::PayAsked& asked = paid(world);
         asked.mode = api::PayMode::direct_debit;
         asked.reply.status = PayStatus::pay_at_channel;
       }},
      {"DebitedInsteadOfSentToTheCashier", kAnswers, FindingKind::safety, "debited",
       [](SmallWorld& world) {
         paid(world).mode = api::PayMode::page;
         world.books.trades["alipay"][kPaidAttempt.text()].by_debit = true;
       }},
      {"ToldOfAConflictWithNothing", kAnswers, FindingKind::safety, "conflict",
       [](SmallWorld& world) {
         placed(world, "shopper-4") = {PlaceStatus::conflict, {}, {}, {}};
       }},
      {"GoodBasketCalledInvalid", kAnswers, FindingKind::safety, "invalid",
       [](SmallWorld& world) {
         placed(world, "shopper-4") = {PlaceStatus::invalid, {}, {}, {}};
       }},
      {"SurelyNothingWasOrderedAndIs", kAnswers, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         placed(world, "shopper-1") = {PlaceStatus::unavailable, {}, {}, {}};
       }},
      {"ToldCapturedBeforeItWasTaken", kAnswers, FindingKind::safety, "captured",
       [](SmallWorld& world) { paid(world).reply.status = PayStatus::captured; }},
      {"GivenACodeThatNobodyKnows", kAnswers, FindingKind::safety, "UNKNOWN",
       [](SmallWorld& world) {
         world.good_day();
         purchase::model::CashierAsked& asked = world.visit("shopper-1").at_cashier.emplace_back();
         asked.at_ns = asked.answered_ns = 15 * kSecond;
         asked.channel = "alipay";
         asked.reply = "UNKNOWN";
       }},
      {"CouldNotPayInTime", kAnswers, FindingKind::safety, "not_payable",
       [](SmallWorld& world) { paid(world).reply.status = PayStatus::not_payable; }},
      {"HadToWaitForACode", kAnswers, FindingKind::safety, "pending",
       [](SmallWorld& world) {
         purchase::model::PayAsked again = paid(world);
         again.mode = api::PayMode::page;
         again.reply.status = PayStatus::pending;
         for (auto& page : world.visit("shopper-1").paying) page.mode = api::PayMode::page;
         world.visit("shopper-1").paying.push_back(again);
       }},
      {"SurelyNoMoneyWasTakenAndWas", kAnswers, FindingKind::safety, "declined",
       [](SmallWorld& world) { paid(world).reply.status = PayStatus::declined; }},
      {"SawAnotherTotal", kAnswers, FindingKind::safety, "9.99 CNY",
       [](SmallWorld& world) {
         world.good_day();
         sees(world, "shopper-1", 1200, {true, true, OrderState::paid, 3, Money{999, {}}});
       }},
      {"SawAnEndThatWasNone", kAnswers, FindingKind::safety, "CLOSED",
       [](SmallWorld& world) {
         world.good_day();
         sees(world, "shopper-1", 1200, {true, true, OrderState::closed, 3, kTen});
       }},
      {"SawItPaidBeforeTheMoney", kAnswers, FindingKind::safety, "PAID",
       [](SmallWorld& world) {
         world.good_day();
         sees(world, "shopper-1", 15, {true, true, OrderState::paid, 3, kTen});
       }},
      {"SawItUnpaidLongAfterItsTime", kAnswers, FindingKind::safety, "UNPAID",
       [](SmallWorld& world) {
         world.good_day();
         sees(world, "shopper-2", 1300, {true, true, OrderState::unpaid, 2, Money{2000, {}}});
       }},
      {"ToldGivenUpAndWasNot", kAnswers, FindingKind::safety, kAbandoned.text(),
       [](SmallWorld& world) { gives_up(world, 100, api::CancelStatus::cancelled); }},
      {"ToldThatItCannotBeGivenUpAndClosed", kAnswers, FindingKind::safety, "refused",
       [](SmallWorld& world) { gives_up(world, 940, api::CancelStatus::refused); }},
      {"ToldThatItsTimeIsOverAndNobodyNotedIt", kAnswers, FindingKind::safety, "pending",
       [](SmallWorld& world) { gives_up(world, 100, api::CancelStatus::pending); }},
      {"ToldThatNobodyKnowsWhetherItIsGivenUp", kAnswers, FindingKind::safety, "unavailable",
       [](SmallWorld& world) { gives_up(world, 100, api::CancelStatus::unavailable); }},
      {"GivenUpByNobody", kAnswers, FindingKind::safety, kAbandoned.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.change("order", "update orders set cancelled_at = 1767225700000000000 where id = 102");
       }},
      {"SentToPayWhatWasGivenUp", kAnswers, FindingKind::safety, "pay_at_channel",
       [](SmallWorld& world) {
         gives_up(world, 940, api::CancelStatus::cancelled);
         purchase::model::Visit& bob = world.visit("shopper-2");
         bob.paying = world.visit("shopper-1").paying;
         bob.paying.front().at_ns = bob.paying.front().answered_ns = 950 * kSecond;
       }},
  };
}

}  // namespace ordeal::test

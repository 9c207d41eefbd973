// Histories in which news of money travels too slowly, or is asked for too often (I-42, where all who are asked answer).
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
namespace out = purchase::facts;
using sim::FindingKind;

constexpr std::string_view kKnown = "I-42 paid-at-channel-is-known";

// Ann's payment of the good day, with its times in seconds.
void paid(SmallWorld& world, std::int64_t opened, std::int64_t debited, std::int64_t known,
          std::int64_t order_knows) {
  world.good_rows();
  world.say(opened, f::AttemptOpened{kPaidAttempt, kPaid, kTen});
  world.say(debited, out::ChannelDebited{kPaidAttempt.text(), "CH-1", "shopper-1", kTen});
  world.say(known, f::PaymentCaptured{kPaidAttempt, kPaid, kTen, "CH-1", f::CapturedVia::query});
  world.say(order_knows, f::OrderMoved{kPaid, api::OrderState::unpaid, api::OrderState::paid, 3, {}});
}

// Dan's attempt is called over long before its channel would stop taking the money, which it does take at 1903 s.
purchase::ChannelTrade& called_over_here_alone(SmallWorld& world) {
  world.good_rows();
  auto& trade = world.books.trades["alipay"][kLateAttempt.text()];
  trade.opened_ns = 1005 * kSecond;
  trade.expires_at = world.scenario.start + Duration{2501 * kSecond};
  world.say(1004, f::AttemptOpened{kLateAttempt, kLate, kTen});
  world.say(1100, f::AttemptEnded{kLateAttempt, kLate});
  return trade;
}

}  // namespace

std::vector<Breach> breaches_of_news() {
  return {
      {"PaymentIsFoundAfterTheQuestionThatFindsIt", kKnown, FindingKind::liveness, "0:03:30",
       [](SmallWorld& world) { paid(world, 0, 70, 300, 301); }},
      {"OrderLearnsTooLate", kKnown, FindingKind::liveness, "0:01:00",
       [](SmallWorld& world) { paid(world, 0, 10, 11, 60); }},
      {"ChannelIsAskedAllTheTime", kKnown, FindingKind::liveness, "20",
       [](SmallWorld& world) {
         paid(world, 0, 10, 11, 12);
         world.books.trades["alipay"][kPaidAttempt.text()].questions = 20;
       }},
      {"PaidInTimeAndClosedBeforeAnybodyCouldSay", "I-41 unpaid-orders-close", FindingKind::liveness,
       "0:25:00",
       [](SmallWorld& world) {
         world.good_day();
         world.forks = {"answer"};
         world.books.trades["alipay"][kLateAttempt.text()].debited_at_ns = 1500 * kSecond;
       }},
      {"NobodyAsksForTheStatementOfADay", "I-40 nothing-stays-between", FindingKind::liveness, "2026-01-01",
       [](SmallWorld& world) {
         world.good_day();
         world.change("payment", "delete from statement");
       }},
      {"StatementIsLookedAtTwiceBeforeItIsBelieved", "I-91 statements-are-whole", FindingKind::safety, "3",
       [](SmallWorld& world) {
         world.good_day();
         world.change("payment", "update statement set tries = 2");
       }},
      {"PaymentBeginsForAClosedOrder", "I-35 late-payment-is-refunded", FindingKind::safety,
       kOtherAttempt.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.say(2000, f::IntentCancelled{kAbandoned});
         world.say(2001, f::AttemptOpened{kOtherAttempt, kAbandoned, Money{2000, {}}});
       }},
      {"RefundTakesTooLong", kKnown, FindingKind::liveness, kLate.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.say(100, f::RefundRequested{kLateRefund, kLate, kLateAttempt, kTen, {}});
         world.say(200, f::RefundSucceeded{kLateRefund, kLate, kTen});
       }},
      {"RefundIsNotedAsDoneTwice", "I-37 refunds-within-capture", FindingKind::safety, kLateRefund.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.say(2000, f::RefundSucceeded{kLateRefund, kLate, kTen});
       }},
      {"MerchantIsNotedAsToldTwice", "I-80 merchants-are-told", FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.say(2000, f::MerchantNotified{kPaid, api::OrderState::paid, 3});
         world.say(2001, f::MerchantNotified{kPaid, api::OrderState::paid, 3});
       }},
      {"MerchantIsToldAgainTooLate", "I-87 notices-follow-the-schedule", FindingKind::liveness, "180.000 s",
       [](SmallWorld& world) {
         world.good_day();
         world.forks = {"merchant answer"};
         auto& notices = world.books.diary.notices;
         notices.push_back(notices.front());
         notices.back().at_ns += 180 * kSecond;
       }},
      {"RefusedRefundIsNotTriedAgainInTime", kKnown, FindingKind::liveness, kLate.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.forks = {"refund"};
         world.say(100, f::RefundRequested{kLateRefund, kLate, kLateAttempt, kTen, {}});
         world.say(700, f::RefundSucceeded{kLateRefund, kLate, kTen});
       }},
      {"ChannelIsNotAskedWhatBecameOfAPayment", kKnown, FindingKind::liveness, "1",
       [](SmallWorld& world) { paid(world, 0, 55, 56, 57); }},
      {"PaymentIsCalledOverThatIsHere", kKnown, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         paid(world, 0, 10, 11, 12);
         world.say(13, f::AttemptEnded{kPaidAttempt, kPaid});
       }},
      {"PaymentIsCalledOverBeforeItCouldHaveCome", kKnown, FindingKind::safety, kLateAttempt.text(),
       [](SmallWorld& world) { never_at_the_channel(world, 2501 + 299); }},
      {"PaymentIsCalledOverThatTheChannelWouldTake", kKnown, FindingKind::safety, "0:41:41",
       [](SmallWorld& world) { called_over_here_alone(world).debited_at_ns = -1; }},
      {"PaymentIsCalledOverThatTheChannelThenTook", kKnown, FindingKind::safety, "0:31:43",
       [](SmallWorld& world) { called_over_here_alone(world); }},
      {"PaymentIsCalledOverThatWasTaken", kKnown, FindingKind::safety, kLateAttempt.text(),
       [](SmallWorld& world) { called_over(world, 1903 + 31); }},
      {"PaymentStaysOpenThoughTheChannelSaysClosed", kKnown, FindingKind::liveness, kOtherAttempt.text(),
       [](SmallWorld& world) { told_to_be_closed(world, 681); }},
      {"OrderIsADraftForTooLong", "I-40 nothing-stays-between", FindingKind::liveness, kPaid.text(),
       [](SmallWorld& world) { draft_for(world, 155); }},
      {"BuyerIsSentToPayAClosedOrder", "I-36 answers-are-true", FindingKind::safety, "pay_at_channel",
       [](SmallWorld& world) {
         world.good_day();
         world.calm = false;
         auto& asked = world.visit("shopper-2").paying.emplace_back();
         asked.at_ns = 1000 * kSecond;
         asked.answered_ns = 1001 * kSecond;
         asked.reply.status = api::PayStatus::pay_at_channel;
       }},
      {"OpenPaymentOfAClosedOrderIsOnlyAskedAbout", kKnown, FindingKind::safety, kLateAttempt.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.forks = {"answer"};
         world.change("payment", "update attempt set closing = 0");
         world.say(1004, f::AttemptOpened{kLateAttempt, kLate, kTen});
         world.say(1900, f::IntentCancelled{kLate});
         world.say(1907, f::PaymentCaptured{kLateAttempt, kLate, kTen, "CH-3", f::CapturedVia::query});
       }},
      {"TradeOfAClosedOrderIsClosedTooLate", kKnown, FindingKind::liveness, kLateAttempt.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.forks = {"answer"};
         world.books.trades["alipay"][kLateAttempt.text()].opened_ns = 1005 * kSecond;
         world.books.trades["alipay"][kLateAttempt.text()].close_asked_ns = {2100 * kSecond};
         world.say(1004, f::AttemptOpened{kLateAttempt, kLate, kTen});
         world.say(1900, f::IntentCancelled{kLate});
         world.say(2100, f::PaymentCaptured{kLateAttempt, kLate, kTen, "CH-3", f::CapturedVia::close});
       }},
      {"AttemptOfAClosedOrderStaysOpen", kKnown, FindingKind::liveness, kOtherAttempt.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.change("payment",
                      "insert into attempt(id, order_id, user_id, channel, mode, amount, currency, state, "
                      "closing, trade_no, expires_at, queries, next_at, trace) values"
                      "(909, 102, 12, 'alipay', 0, 2000, 'CNY', 2, 1, null, 1502, 0, null, 0)");
         auto& trade = world.books.trades["alipay"][kOtherAttempt.text()];
         trade = {"CH-9", "", Money{2000, {}}, Money{}, purchase::TradeState::closed, -1};
         trade.opened_ns = 600 * kSecond;
         trade.questions = 4;
         trade.close_asked_ns = {1502 * kSecond};
         world.say(600, f::AttemptOpened{kOtherAttempt, kAbandoned, Money{2000, {}}});
         world.say(1501, f::IntentCancelled{kAbandoned});
         world.say(1600, f::AttemptEnded{kOtherAttempt, kAbandoned});
       }},
      {"BuyerIsSentToPayWhenTheTimeIsOver", "I-36 answers-are-true", FindingKind::safety, "pay_at_channel",
       [](SmallWorld& world) {
         world.good_day();
         world.forks = {"paying"};
         auto& asked = world.visit("shopper-2").paying.emplace_back();
         asked.at_ns = 4000 * kSecond;
         asked.answered_ns = 4001 * kSecond;
         asked.reply.status = api::PayStatus::pay_at_channel;
       }},
      {"TrueCallbackIsNotAcknowledged", kKnown, FindingKind::liveness, kPaidAttempt.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.say(1, out::CallbackAnswered{kPaidAttempt.text(), true, false});
       }},
  };
}

}  // namespace ordeal::test

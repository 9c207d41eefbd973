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
      {"TrueCallbackIsNotAcknowledged", kKnown, FindingKind::liveness, kPaidAttempt.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.say(1, out::CallbackAnswered{kPaidAttempt.text(), true, false});
       }},
  };
}

}  // namespace ordeal::test

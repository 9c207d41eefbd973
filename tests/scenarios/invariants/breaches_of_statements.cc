// The good day with another morning after: statements that are not what the channel did, and days nobody reads.
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

using api::facts::StatementAccepted;
using sim::FindingKind;

constexpr std::string_view kBetween = "I-40 nothing-stays-between";
constexpr std::string_view kWhole = "I-91 statements-are-whole";

void changed(SmallWorld& world, const char* sql) {
  world.good_day();
  world.change("payment", sql);
}

}  // namespace

std::vector<Breach> breaches_of_statements() {
  return {
      // A file that was cut off, with its own sum.
      {"StatementHidesAPayment", kWhole, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.say(1, StatementAccepted{"alipay", kDay.number, 2, kTen, kTen});
         world.change("payment", "delete from statement_line where ours = 901");
         world.change("payment", "update statement set lines = 2, paid = 1000");
       }},
      {"StatementHidesARefund", kWhole, FindingKind::safety, kLateRefund.text(),
       [](SmallWorld& world) { changed(world, "delete from statement_line where kind = 1"); }},
      {"StatementBelievedEmpty", kWhole, FindingKind::safety, "3",
       [](SmallWorld& world) {
         world.good_rows();
         world.say(1, StatementAccepted{"alipay", kDay.number, 0, Money{}, Money{}});
         world.change("payment", "delete from statement_line");
         world.change("payment", "update statement set lines = 0, paid = 0, refunded = 0");
       }},
      {"StatementInventsAPayment", kWhole, FindingKind::safety, "pay-ZZZZZZZZZZ",
       [](SmallWorld& world) {
         changed(world,
                 "insert into statement_line values('alipay', 0, 'pay-ZZZZZZZZZZ', '', 20454, 'CH-9', 1, "
                 "'CNY', 1, "
                 "null, 2)");
       }},
      {"StatementWithAnotherAmount", kWhole, FindingKind::safety, "10.00 CNY",
       [](SmallWorld& world) { changed(world, "update statement_line set amount = 999 where ours = 901"); }},
      {"StatementLineOnAnotherDay", kWhole, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) { changed(world, "update statement_line set day = 20455 where ours = 901"); }},
      {"StatementAskedForInTheEvening", kBetween, FindingKind::liveness, "2026-01-01",
       [](SmallWorld& world) {
         world.good_day();
         world.books.told_of_days[{"alipay", kDay}].asked_ns = 34 * 3600 * kSecond;
       }},
      {"StatementAskedForBeforeItIsReady", kBetween, FindingKind::liveness, "2026-01-01",
       [](SmallWorld& world) {
         world.good_day();
         world.books.told_of_days[{"alipay", kDay}].asked_ns = 25 * 3600 * kSecond;
       }},
      {"EmptyDayGivenUpThoughNothingHeldItBack", kBetween, FindingKind::liveness, "2026-01-02",
       [](SmallWorld& world) {
         changed(world, "insert into statement values('alipay', 20455, 2, 48, null, 1, 0, 0, 0)");
       }},
      {"RefundInProcessIsTakenForDone", kWhole, FindingKind::safety, "in process",
       [](SmallWorld& world) {
         world.good_day();
         world.books.told_of_days[{"alipay", kDay}].in_process[kLateRefund.text()] = {true};
       }},
      {"RefundIsTakenForOneInProcess", kWhole, FindingKind::safety, "in process",
       [](SmallWorld& world) { changed(world, "update statement_line set verdict = 4 where kind = 1"); }},
      {"LineIsThoughtOfWrongly", kWhole, FindingKind::safety, "matched",
       [](SmallWorld& world) { changed(world, "update statement_line set verdict = 2 where ours = 901"); }},
      {"MoneyOfAStatementIsNotTakenIn", kWhole, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         world.good_rows();
         world.say(26 * 3600, StatementAccepted{"alipay", kDay.number, 3, Money{2000, {}}, kTen});
         world.say(41 * 3600, api::facts::PaymentCaptured{kPaidAttempt, kPaid, kTen, "CH-1",
                                                          api::facts::CapturedVia::query});
       }},
      {"EmptyDayIsBelievedAtOnce", kWhole, FindingKind::safety, "1",
       [](SmallWorld& world) {
         world.good_day();
         world.books.told_of_days[{"alipay", kDay.next()}].empty = 1;
         world.say(50 * 3600, StatementAccepted{"alipay", kDay.next().number, 0, Money{}, Money{}});
         world.change("payment", "insert into statement values('alipay', 20455, 1, 0, null, 1, 0, 0, 0)");
       }},
      {"EmptyDayIsBelievedWhileAPaymentIsOpen", kWhole, FindingKind::safety, kOtherAttempt.text(),
       [](SmallWorld& world) { believed_empty(world, 27 * 3600); }},
      {"StatementIsGivenUpAfterTwoLooks", kBetween, FindingKind::liveness, "2",
       [](SmallWorld& world) {
         world.good_rows();
         world.forks = {"statement"};
         world.change("payment", "update statement set state = 2, tries = 2");
       }},
      {"TrueStatementIsNotBelieved", kBetween, FindingKind::liveness, "48",
       [](SmallWorld& world) {
         world.good_day();
         world.change("payment", "insert into statement values('alipay', 20455, 2, 48, null, 1, 0, 0, 0)");
       }},
      {"StatementWithAnotherSum", kWhole, FindingKind::safety, "paid 20.01 CNY",
       [](SmallWorld& world) { changed(world, "update statement set paid = 2001"); }},
      {"StatementWithDetailsCountedTwice", kWhole, FindingKind::safety, "6 lines",
       [](SmallWorld& world) {
         changed(world, "update statement set lines = 6, paid = 4000, refunded = 2000");
       }},
      {"StatementChangedAfterwards", kWhole, FindingKind::safety, "2 lines",
       [](SmallWorld& world) {
         world.good_rows();
         world.say(1, StatementAccepted{"alipay", kDay.number, 2, kTen, kTen});
       }},
      {"StatementNobodyAccepted", kWhole, FindingKind::safety, "never",
       [](SmallWorld& world) { world.good_rows(); }},
      {"StatementAcceptedTwice", kWhole, FindingKind::safety, "2026-01-01",
       [](SmallWorld& world) {
         world.good_day();
         world.say(27 * 3600, StatementAccepted{"alipay", kDay.number, 3, Money{2000, {}}, kTen});
       }},
      {"PaymentCalledMissing", kWhole, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         changed(world, "update statement_expected set missing = 1 where attempt = 901");
       }},
      {"StatementNeverRead", kBetween, FindingKind::liveness, "2026-01-02",
       [](SmallWorld& world) {
         changed(
             world,
             "insert into statement(channel, day, state, tries, next_at) values('alipay', 20455, 0, 7, 1)");
       }},
      {"StatementStillDueBeyondAllTries", kBetween, FindingKind::liveness, "2026-01-01",
       [](SmallWorld& world) {
         changed(world, "update statement set state = 0, next_at = 1");
         world.settled = false;
         world.now_s = (26 + 52) * 3600;
       }},
  };
}

}  // namespace ordeal::test

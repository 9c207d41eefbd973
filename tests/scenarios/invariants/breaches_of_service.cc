// Histories that break the promises of service: goods are sold, orders close in time and not before, notices are sent as
// planned, what is acknowledged is durable, versions count.
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
namespace out = purchase::facts;
using api::OrderState;
using sim::FindingKind;

constexpr std::string_view kVersions = "I-05 versions-count-changes";
constexpr std::string_view kSold = "I-16 goods-are-sold";
constexpr std::string_view kTrue = "I-33 only-true-callbacks-count";
constexpr std::string_view kLatePays = "I-35 late-payment-is-refunded";
constexpr std::string_view kWithin = "I-37 refunds-within-capture";
constexpr std::string_view kCloses = "I-41 unpaid-orders-close";
constexpr std::string_view kDurable = "I-53 acknowledged-is-durable";
constexpr std::string_view kSchedule = "I-87 notices-follow-the-schedule";

f::OrderMoved moved(OrderId order, OrderState from, OrderState to, std::int64_t version, std::int64_t s) {
  return {order, from, to, version, Instant{1'767'225'600 * kSecond} + Duration{s * kSecond}};
}

// Dee asks for a mug when one is free, and is refused.
void refused(SmallWorld& world) {
  world.say(1, f::StockReserved{kPaid, kMug, 2});
  world.say(40, f::OrderPlaced{kRejected, kDee, "dee-1", kTen, {{kMug, 1}}});
  world.say(41, moved(kRejected, OrderState::draft, OrderState::rejected, 2, 41));
  world.good_rows();
}

// Bob's order, closed `after` its time.
void closed(SmallWorld& world, std::int64_t after) {
  world.say(30, f::OrderPlaced{kAbandoned, kBob, "bob-1", Money{2000, {}}, {{kMug, 2}}});
  world.say(31, moved(kAbandoned, OrderState::draft, OrderState::unpaid, 2, 31));
  world.say(931 + after, moved(kAbandoned, OrderState::unpaid, OrderState::closed, 3, 931 + after));
  world.good_rows();
}

// The same, given up after a minute, and closed `after` that.
void closed_after_giving_up(SmallWorld& world, std::int64_t after) {
  const Instant start{1'767'225'600 * kSecond};
  world.say(30, f::OrderPlaced{kAbandoned, kBob, "bob-1", Money{2000, {}}, {{kMug, 2}}});
  world.say(31, moved(kAbandoned, OrderState::draft, OrderState::unpaid, 2, 31));
  world.say(91, f::OrderCancelled{kAbandoned, start + Duration{91 * kSecond}});
  world.say(91 + after, moved(kAbandoned, OrderState::unpaid, OrderState::closed, 3, 91 + after));
  world.good_rows();
}

void begun(SmallWorld& world) {
  world.say(1, f::OrderPlaced{kPaid, kAnn, "k", kTen, {{kMug, 1}}});
  world.say(2, f::AttemptOpened{kPaidAttempt, kPaid, kTen});
}

void told_at(SmallWorld& world, std::int64_t second) {
  world.books.diary.notices.push_back({"merchant", {kPaid, OrderState::paid, kTen, 3}, second * kSecond});
}

}  // namespace

std::vector<Breach> breaches_of_service() {
  return {
      {"VersionJumps", kVersions, FindingKind::safety, "3",
       [](SmallWorld& world) {
         world.say(1, f::OrderPlaced{kPaid, kAnn, "k", kTen, {{kMug, 1}}});
         world.say(2, moved(kPaid, OrderState::draft, OrderState::unpaid, 3, 2));
       }},
      {"VersionStays", kVersions, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.change("order", "update orders set version = 2 where id = 101");
       }},
      {"LastUnitIsNeverSold", kSold, FindingKind::safety, "1 mug of 1", &refused},
      {"ForgedCallbackIsAcknowledged", kTrue, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         world.say(1, out::CallbackAnswered{kPaidAttempt.text(), false, true});
       }},
      {"StrangersCallbackIsBelieved", kTrue, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         begun(world);
         world.say(3, out::ChannelDebited{kPaidAttempt.text(), "CH-1", "shopper-1", kTen});
         world.say(4, out::CallbackSent{kPaidAttempt.text(), 1, false});
         world.say(5, f::PaymentCaptured{kPaidAttempt, kPaid, kTen, "CH-1", f::CapturedVia::callback});
       }},
      {"ClosedHereAndPayableThere", kLatePays, FindingKind::safety, "never",
       [](SmallWorld& world) {
         world.good_day();
         for (auto& [number, trade] : world.books.trades["alipay"])
           trade.expires_at = world.scenario.start + Duration{3000 * kSecond};
         world.change("payment",
                      "insert into attempt select 905, 102, 12, channel, mode, 2000, currency, 2, 1, null, "
                      "expires_at, 0, null, 0 from attempt where id = 901");
       }},
      {"MoreIsAskedBackThanCame", kWithin, FindingKind::safety, "12.00 CNY",
       [](SmallWorld& world) {
         begun(world);
         const Money six{600, {}};
         world.say(3, f::RefundRequested{kLateRefund, kPaid, kPaidAttempt, six, {}});
         world.say(3, f::RefundRequested{RefundId{804}, kPaid, kPaidAttempt, six, {}});
       }},
      {"RefundOfNoPayment", kWithin, FindingKind::safety, kLateRefund.text(),
       [](SmallWorld& world) {
         world.say(3, f::RefundRequested{kLateRefund, kPaid, kOtherAttempt, kTen, {}});
       }},
      {"ChannelGaveBackTwice", kWithin, FindingKind::safety, RefundId{804}.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.books.trades["alipay"][kLateAttempt.text()].refund_requests[RefundId{804}.text()] = {kTen, {}};
       }},
      {"ClosedFiveMinutesLateOnACalmDay", kCloses, FindingKind::liveness, "300",
       [](SmallWorld& world) { closed(world, 300); }},
      {"GivenUpAndClosedMinutesLater", kCloses, FindingKind::liveness, kAbandoned.text(),
       [](SmallWorld& world) { closed_after_giving_up(world, 60); }},
      {"ClosedBeforeItsTime", kCloses, FindingKind::liveness, kAbandoned.text(),
       [](SmallWorld& world) { closed(world, -60); }},
      {"AcknowledgedBeforeItWasWrittenDown", kDurable, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         begun(world);
         world.say(3, out::CallbackAnswered{kPaidAttempt.text(), true, true});
         world.say(4, f::PaymentCaptured{kPaidAttempt, kPaid, kTen, "CH-1", f::CapturedVia::query});
       }},
      {"NoticeIsGivenUpAtOnce", kSchedule, FindingKind::liveness, "1",
       [](SmallWorld& world) {
         world.good_day();
         world.change("notification", "update notification set sent_at = null where order_id = 101");
       }},
      {"NoticeIsTriedForEver", kSchedule, FindingKind::liveness, "12",
       [](SmallWorld& world) {
         world.good_day();
         world.change("notification", "update notification set tries = 12 where order_id = 102");
       }},
      {"NoticeComesTooSoonAgain", kSchedule, FindingKind::safety, "5.000 s",
       [](SmallWorld& world) {
         world.good_day();
         told_at(world, 29);
       }},
  };
}

}  // namespace ordeal::test

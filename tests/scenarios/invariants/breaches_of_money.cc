// Histories that break the promises about amounts, payments and entries, as monitors see them.
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using api::Account;
using api::EntryKind;
using sim::FindingKind;

constexpr std::string_view kSane = "I-30 amounts-are-sane";
constexpr std::string_view kOneEffect = "I-31 callbacks-have-one-effect";
constexpr std::string_view kNoDouble = "I-32 no-double-charge";
constexpr std::string_view kTrue = "I-33 only-true-callbacks-count";
constexpr std::string_view kBalance = "I-70 entries-balance";

constexpr Money kUsd{1000, {{'U', 'S', 'D'}}};

f::OrderPlaced order(Money total) { return {kPaid, kAnn, "k", total, {{kMug, 1}}}; }

f::PaymentCaptured capture(OrderId id, Money amount, std::string trade_no = "CH-9") {
  return {kOtherAttempt, id, amount, std::move(trade_no), f::CapturedVia::callback};
}

// Ann's order of 10.00 with the attempt kOtherAttempt, which the channel debited.
void debited(SmallWorld& world) {
  world.say(1, order(kTen));
  world.say(2, f::AttemptOpened{kOtherAttempt, kPaid, kTen});
  world.say(3, purchase::facts::ChannelDebited{kOtherAttempt.text(), "CH-9", "shopper-9", kTen});
}

}  // namespace

std::vector<Breach> breaches_of_money() {
  return {
      {"OrderForLessThanNothing", kSane, FindingKind::safety, "-0.01 CNY",
       [](SmallWorld& world) {
         world.say(1, order(Money{-1, {}}));
       }},
      {"OrderBeyondAllBounds", kSane, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.say(1, order(Money{Money::kMaxMinor + 1, {}}));
       }},
      {"LineOfNoUnits", kSane, FindingKind::safety, "mug",
       [](SmallWorld& world) {
         world.say(1, f::OrderPlaced{kPaid, kAnn, "k", kTen, {{kMug, 0}}});
       }},
      {"NegativeRefund", kSane, FindingKind::safety, "-10.00 CNY",
       [](SmallWorld& world) {
         world.say(1, f::RefundRequested{kLateRefund, kLate, kLateAttempt, -kTen, {}});
       }},
      {"NegativeRefundDone", kSane, FindingKind::safety, "-10.00 CNY",
       [](SmallWorld& world) {
         world.say(1, f::RefundSucceeded{kLateRefund, kLate, -kTen});
       }},
      {"AttemptInAnotherCurrency", kSane, FindingKind::safety, "10.00 USD",
       [](SmallWorld& world) {
         world.say(1, order(kTen));
         world.say(2, f::AttemptOpened{kOtherAttempt, kPaid, kUsd});
       }},
      {"CaptureInAnotherCurrency", kSane, FindingKind::safety, "10.00 USD",
       [](SmallWorld& world) {
         world.say(1, order(kTen));
         world.say(2, capture(kPaid, kUsd));
       }},
      {"PostingOfNothing", kSane, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.say(1, f::EntryPosted{EntryId{9},
                                     EntryKind::sale,
                                     kPaid,
                                     {{Account::channel_clearing, Money{0, {}}},
                                      {Account::merchant_payable, Money{0, {}}}}});
       }},
      {"CapturedTwice", kOneEffect, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         world.good_facts();
         world.say(5000, f::PaymentCaptured{kPaidAttempt, kPaid, kTen, "CH-1", f::CapturedVia::query});
       }},
      {"SoldTwice", kOneEffect, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.good_facts();
         world.say(5000, f::EntryPosted{EntryId{9}, EntryKind::sale, kPaid, {}});
       }},
      {"ChargedTwice", kNoDouble, FindingKind::safety, "shopper-9",
       [](SmallWorld& world) {
         debited(world);
         world.say(4, f::AttemptOpened{kPaidAttempt, kPaid, kTen});
         world.say(5, purchase::facts::ChannelDebited{kPaidAttempt.text(), "CH-1", "shopper-9", kTen});
       }},
      {"ChargedMoreThanTheTotal", kNoDouble, FindingKind::safety, "10.01 CNY",
       [](SmallWorld& world) {
         world.say(1, order(kTen));
         world.say(2, f::AttemptOpened{kOtherAttempt, kPaid, kTen});
         world.say(
             3, purchase::facts::ChannelDebited{kOtherAttempt.text(), "CH-9", "shopper-9", Money{1001, {}}});
       }},
      {"CapturedButNeverDebited", kTrue, FindingKind::safety, "never",
       [](SmallWorld& world) {
         world.say(1, order(kTen));
         world.say(2, f::AttemptOpened{kOtherAttempt, kPaid, kTen});
         world.say(3, capture(kPaid, kTen));
       }},
      {"CapturedBeforeDebited", kTrue, FindingKind::safety, kOtherAttempt.text(),
       [](SmallWorld& world) {
         world.say(3, capture(kPaid, kTen));
         debited(world);
       }},
      {"CapturedAnotherAmount", kTrue, FindingKind::safety, "10.01 CNY",
       [](SmallWorld& world) {
         debited(world);
         world.say(4, capture(kPaid, Money{1001, {}}));
       }},
      {"CapturedForAnotherOrder", kTrue, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         debited(world);
         world.say(4, capture(kLate, kTen));
       }},
      {"CapturedUnderAnotherNumber", kTrue, FindingKind::safety, "CH-8",
       [](SmallWorld& world) {
         debited(world);
         world.say(4, capture(kPaid, kTen, "CH-8"));
       }},
      {"RefundTheChannelNeverMade", kTrue, FindingKind::safety, kLateRefund.text(),
       [](SmallWorld& world) {
         world.say(1, f::RefundSucceeded{kLateRefund, kLate, kTen});
       }},
      {"RefundOfAnotherAmount", kTrue, FindingKind::safety, "9.99 CNY",
       [](SmallWorld& world) {
         world.say(1,
                   purchase::facts::ChannelRefunded{kLateAttempt.text(), kLateRefund.text(), Money{999, {}}});
         world.say(2, f::RefundSucceeded{kLateRefund, kLate, kTen});
       }},
      {"EntryOutOfBalance", kBalance, FindingKind::safety, "merchant_payable -9.94 CNY",
       [](SmallWorld& world) {
         world.say(1, f::EntryPosted{
                          EntryId{9},
                          EntryKind::sale,
                          kPaid,
                          {{Account::channel_clearing, kTen}, {Account::merchant_payable, Money{-994, {}}}}});
       }},
      {"EntryBalancedOverCurrenciesOnly", kBalance, FindingKind::safety, "10.00 USD",
       [](SmallWorld& world) {
         world.say(
             1, f::EntryPosted{EntryId{9},
                               EntryKind::refund,
                               kPaid,
                               {{Account::channel_clearing, -kTen}, {Account::customer_refundable, kUsd}}});
       }},
      {"EntryWithoutLegs", kBalance, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.say(1, f::EntryPosted{EntryId{9}, EntryKind::sale, kPaid, {}});
       }},
  };
}

}  // namespace ordeal::test

// The good day with a fifth order, through another channel and of another merchant: what is so at one of them says nothing
// about the other.
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

using api::facts::StatementAccepted;
using sim::FindingKind;

constexpr std::string_view kWhole = "I-91 statements-are-whole";
constexpr std::string_view kKnown = "I-42 paid-at-channel-is-known";
constexpr std::string_view kTold = "I-80 merchants-are-told";
constexpr std::string_view kArrives = "I-51 every-event-arrives";
constexpr std::string_view kConserved = "I-93 money-is-conserved";

void changed(SmallWorld& world, std::string_view service, const char* sql) {
  world.good_day();
  world.at_wechat();
  world.change(service, sql);
}

// WeChat took the money of an attempt that was made at Alipay.
void takes_it_as_well(SmallWorld& world, AttemptId attempt) {
  world.good_day();
  world.at_wechat();
  purchase::ChannelTrade& trade = world.books.trades["wechat"][attempt.text()];
  trade = world.books.trades["alipay"][attempt.text()];
  trade.refunded = Money{};
  trade.refund_requests.clear();
  world.books.purses[trade.shopper] -= trade.amount.minor;
}

// WeChat took Eve's money, and nobody here knows.
void never_learned(SmallWorld& world) {
  world.good_day();
  world.at_wechat_rows();
  world.change("payment", "update attempt set state = 0, next_at = 1 where id = 907");
  world.change("order", "update orders set state = 1, paid_attempt = null where id = 105");
}

}  // namespace

std::vector<Breach> breaches_of_channels() {
  return {
      {"TradeOfAnAttemptAtAnotherChannel", kKnown, FindingKind::liveness, "wechat",
       [](SmallWorld& world) { takes_it_as_well(world, kPaidAttempt); }},
      {"TradeThatAnotherChannelGaveBack", kKnown, FindingKind::liveness, "wechat",
       [](SmallWorld& world) { takes_it_as_well(world, kLateAttempt); }},
      {"TradeNeverLearnedOfFromAnotherThanTheDeadChannel", kKnown, FindingKind::liveness, "shopper-5",
       [](SmallWorld& world) {
         never_learned(world);
         world.gone = {"alipay"};
       }},
      {"LineInTheStatementOfAnotherChannel", kWhole, FindingKind::safety, kWechatAttempt.text(),
       [](SmallWorld& world) {
         changed(world, "payment", "update statement_line set channel = 'alipay' where ours = 907");
       }},
      // Whole by its own sum, and what it tells of happened: elsewhere.
      {"StatementWithAnotherChannelsPayment", kWhole, FindingKind::safety, "wechat",
       [](SmallWorld& world) {
         world.good_day();
         world.at_wechat_rows();
         world.say(1, StatementAccepted{"wechat", kDay.number, 2, Money{1250, {}}, Money{}});
         world.change("payment",
                      "insert into statement_line select 'wechat', kind, out_trade_no, out_request_no, day, "
                      "trade_no, amount, currency, at, ours, verdict from statement_line "
                      "where ours = 901 and channel = 'alipay'");
         world.change("payment", "update statement set lines = 2, paid = 1250 where channel = 'wechat'");
       }},
      {"StatementThatHidesAtOneChannelWhatAnotherHas", kWhole, FindingKind::safety, kPaidAttempt.text(),
       [](SmallWorld& world) {
         takes_it_as_well(world, kPaidAttempt);  // WeChat's own statement has no line of it
       }},
      {"StatementAcceptedAtAnotherChannelOnly", kWhole, FindingKind::safety, "never",
       [](SmallWorld& world) {
         world.good_day();
         world.at_wechat_rows();
       }},
      {"StatementOfAnotherChannelNeverRead", "I-40 nothing-stays-between", FindingKind::liveness, "wechat",
       [](SmallWorld& world) {
         changed(world, "payment", "update statement set state = 0, next_at = 1 where channel = 'wechat'");
       }},
      {"PaymentCalledMissingAtAnotherChannel", kWhole, FindingKind::safety, kWechatAttempt.text(),
       [](SmallWorld& world) {
         changed(world, "payment", "update statement_expected set missing = 1 where attempt = 907");
       }},
      {"StatementOfNoChannel", kWhole, FindingKind::safety, "unionpay",
       [](SmallWorld& world) {
         changed(world, "payment",
                 "insert into statement values('unionpay', 20454, 1, 0, null, null, 0, 0, 0)");
       }},
      {"ChannelLostMoneyThatAnotherHasNot", kConserved, FindingKind::safety, "0.50 CNY",
       [](SmallWorld& world) {
         world.good_day();
         world.at_wechat();
         world.books.trades["wechat"][kWechatAttempt.text()].amount = Money{200, {}};
       }},
      {"LedgerMissesASaleThroughAnotherChannel", kConserved, FindingKind::safety, "12.50 CNY",
       [](SmallWorld& world) { changed(world, "ledger", "delete from posting where entry = 7"); }},
      {"AnotherMerchantWasToldToo", kTold, FindingKind::safety, "other",
       [](SmallWorld& world) {
         world.good_day();
         world.books.notices[{"other", kPaid}] = 3;
       }},
      {"OnlyAnotherMerchantWasTold", kTold, FindingKind::liveness, kAtWechat.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.at_wechat();
         world.books.notices.erase({"other", kAtWechat});
         world.books.notices[{"merchant", kAtWechat}] = 3;
       }},
      {"OrderStandsUnderAnotherMerchant", kTold, FindingKind::safety, "pen",
       [](SmallWorld& world) {
         world.good_day();
         world.at_wechat();
         // As consistent as a mistake can be: the wrong merchant in every row, and told.
         world.change("order", "update orders set merchant = 1 where id = 105");
         world.change("notification", "update notification set merchant = 1 where order_id = 105");
         world.books.notices.erase({"other", kAtWechat});
         world.books.notices[{"merchant", kAtWechat}] = 3;
       }},
      {"MerchantWasToldOfNoOrder", kTold, FindingKind::safety, kStranger.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.books.notices[{"merchant", kStranger}] = 3;
       }},
  };
}

}  // namespace ordeal::test

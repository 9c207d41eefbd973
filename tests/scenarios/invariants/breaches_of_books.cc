// Days whose books do not say what must have come of them: fees (I-71), one thing in several books (I-73), and what only the
// reference model knows (I-92).
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

using api::OrderState;
using purchase::model::Wish;
using sim::FindingKind;

constexpr std::string_view kFees = "I-71 fees-follow-the-rule";
constexpr std::string_view kAgree = "I-73 books-agree";
constexpr std::string_view kModel = "I-92 the-model-agrees";

// The good day, and one row of it that is otherwise.
#define ORDEAL_CHANGED(service, sql) \
  [](SmallWorld& world) {            \
    world.good_day();                \
    world.change(service, sql);      \
  }

}  // namespace

std::vector<Breach> breaches_of_books() {
  return {
      {"PlatformKeepsTheSale", kFees, FindingKind::safety, "merchant_payable -0.06 CNY",
       [](SmallWorld& world) {
         world.good_day();
         world.change("ledger", "update posting set minor = -6 where entry = 1 and account = 1");
         world.change("ledger", "update posting set minor = -994 where entry = 1 and account = 2");
       }},
      {"EntryOfAnUnknownRule", kFees, FindingKind::safety, "2",
       ORDEAL_CHANGED("ledger", "update entry set rule_version = 2 where id = 1")},
      {"PriceListIsNotTheScenarios", kAgree, FindingKind::safety, "mug",
       ORDEAL_CHANGED("order", "update catalog set price = 999 where sku = 1")},
      {"PriceListLacksAGood", kAgree, FindingKind::safety, "goods",
       ORDEAL_CHANGED("order", "delete from catalog where sku = 2")},
      {"EndedOrderIsStillDue", kAgree, FindingKind::safety, "due",
       ORDEAL_CHANGED("order", "update orders set due_at = 5 where id = 101")},
      {"ClosedOrderIsPaidBySomething", kAgree, FindingKind::safety, kLateAttempt.text(),
       ORDEAL_CHANGED("order", "update orders set paid_attempt = 903 where id = 103")},
      {"PaidByAnothersPayment", kAgree, FindingKind::safety, kLateAttempt.text(),
       ORDEAL_CHANGED("order", "update orders set paid_attempt = 903 where id = 101")},
      {"LatePaymentOfAnotherAmount", kAgree, FindingKind::safety, "999",
       ORDEAL_CHANGED("order", "update late_payment set amount = 999")},
      {"LatePaymentForAnotherReason", kAgree, FindingKind::safety, "surplus",
       ORDEAL_CHANGED("order", "update late_payment set reason = 1")},
      {"LatePaymentOfNoAttempt", kAgree, FindingKind::safety, kOtherAttempt.text(),
       ORDEAL_CHANGED("order", "update late_payment set attempt = 909")},
      {"IntentOfAnotherAmount", kAgree, FindingKind::safety, "9.99 CNY",
       ORDEAL_CHANGED("payment", "update intent set amount = 999 where order_id = 101")},
      {"IntentOfAPaidOrderIsCancelled", kAgree, FindingKind::safety, "cancelled",
       ORDEAL_CHANGED("payment", "update intent set cancelled = 1 where order_id = 101")},
      {"IntentOfNoOrder", kAgree, FindingKind::safety, kStranger.text(),
       ORDEAL_CHANGED("payment", "update intent set order_id = 199 where order_id = 101")},
      {"AttemptOfAnotherAmount", kAgree, FindingKind::safety, "9.99 CNY",
       ORDEAL_CHANGED("payment", "update attempt set amount = 999 where id = 901")},
      {"AttemptOfAnotherUser", kAgree, FindingKind::safety, "user",
       ORDEAL_CHANGED("payment", "update attempt set user_id = 12 where id = 901")},
      {"AttemptOfNoOrder", kAgree, FindingKind::safety, kStranger.text(),
       ORDEAL_CHANGED("payment",
                      "insert into attempt select 909, 199, 11, channel, mode, amount, currency, 2, 0, null, "
                      "expires_at, 0, null, 0 from attempt where id = 901")},
      {"AttemptOfAPaidOrderIsClosing", kAgree, FindingKind::safety, "closing",
       ORDEAL_CHANGED("payment", "update attempt set closing = 1 where id = 901")},
      {"AttemptUnderAnotherNumber", kAgree, FindingKind::safety, "CH-2",
       ORDEAL_CHANGED("payment", "update attempt set trade_no = 'CH-2' where id = 901")},
      {"EndedAttemptIsStillAskedFor", kAgree, FindingKind::safety, "next question",
       ORDEAL_CHANGED("payment", "update attempt set next_at = 5 where id = 901")},
      {"AttemptExpiresInThePast", kAgree, FindingKind::safety, "expires",
       ORDEAL_CHANGED("payment",
                      "update attempt set expires_at = expires_at - 28800000000000 where id = 901")},
      {"RefundThroughAnotherChannel", kAgree, FindingKind::safety, "wechat",
       ORDEAL_CHANGED("payment", "update refund set channel = 'wechat'")},
      {"EndedRefundIsStillTried", kAgree, FindingKind::safety, "next try",
       ORDEAL_CHANGED("payment", "update refund set next_at = 5")},
      {"RefundThatTheChannelNeverMade", kAgree, FindingKind::safety, "nothing",
       [](SmallWorld& world) {
         world.good_day();
         world.books.trades["alipay"][kLateAttempt.text()].refund_requests.clear();
       }},
      {"RefundFailedThatTheChannelMade", kAgree, FindingKind::safety, "given back",
       ORDEAL_CHANGED("payment", "update refund set state = 2")},
      {"NoticeOfAnotherAmount", kAgree, FindingKind::safety, "9.99 CNY",
       ORDEAL_CHANGED("notification", "update notification set amount = 999 where order_id = 101")},
      {"NoticeOfAnotherState", kAgree, FindingKind::safety, "CLOSED",
       ORDEAL_CHANGED("notification", "update notification set state = 3 where order_id = 101")},
      {"NoticeForAnotherMerchant", kAgree, FindingKind::safety, "merchant",
       ORDEAL_CHANGED("notification", "update notification set merchant = 2 where order_id = 101")},
      {"NoticeOfNoOrder", kAgree, FindingKind::safety, kStranger.text(),
       ORDEAL_CHANGED("notification", "update notification set order_id = 199 where order_id = 101")},
      {"UnderstoodNoticeIsStillTried", kAgree, FindingKind::safety, "next try",
       ORDEAL_CHANGED("notification", "update notification set next_at = 5 where order_id = 101")},
      {"OrderThatNobodyAskedFor", kModel, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.books.diary.visits.erase("shopper-1");
       }},
      {"OrderThatItsBuyerWasToldOfIsNotThere", kModel, FindingKind::safety, "shopper-2",
       ORDEAL_CHANGED("order", "delete from orders where id = 102")},
      {"MoneyOfSomebodyWithoutAnOrder", kModel, FindingKind::safety, "10.00 CNY",
       [](SmallWorld& world) {
         world.good_day();
         world.change("order", "delete from orders where id = 101");
         world.visit("shopper-1").placing.clear();
       }},
      {"NoOrderWasMade", kModel, FindingKind::safety, "shopper-2",
       [](SmallWorld& world) {
         world.good_day();
         world.change("order", "delete from orders where id = 102");
         world.visit("shopper-2").placing.front().reply = {};
       }},
      {"QuantityIsLeftOutOfTheTotal", kModel, FindingKind::safety, kAbandoned.text(),
       ORDEAL_CHANGED("order", "update orders set total = 1000 where id = 102")},
      {"OrderOfAnotherQuantity", kModel, FindingKind::safety, kAbandoned.text(),
       ORDEAL_CHANGED("order", "update order_line set qty = 1 where order_id = 102")},
      {"OrderAtAnotherUnitPrice", kModel, FindingKind::safety, kAbandoned.text(),
       ORDEAL_CHANGED("order", "update order_line set unit_price = 2000 where order_id = 102")},
      {"OrderAtAPriceThatWasNotShown", kModel, FindingKind::safety, "9.99 CNY",
       [](SmallWorld& world) {
         world.good_day();
         world.visit("shopper-1").baskets.front().shown = Money{999, {}};
       }},
      {"OrderOfAnotherMerchant", kModel, FindingKind::safety, kPaid.text(),
       ORDEAL_CHANGED("order", "update orders set merchant = 2 where id = 101")},
      {"RefusedThoughThereOnACalmDay", kModel, FindingKind::safety, kRejected.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.visit("shopper-2").placing.front().at_ns = 2000 * kSecond;  // Bob came after Dee
       }},
      {"RefusedAndMoneyKept", kModel, FindingKind::safety, "10.00 CNY",
       ORDEAL_CHANGED("order", "update orders set state = 4, paid_attempt = null where id = 101")},
      {"ClosedAndMoneyKept", kModel, FindingKind::safety, "10.00 CNY",
       ORDEAL_CHANGED("order", "update orders set state = 3, paid_attempt = null where id = 101")},
      {"ClosedThoughItsBuyerWantedToPay", kModel, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.visit("shopper-3").wish = Wish::pays;
       }},
      {"ClosedThoughPaidInTime", kModel, FindingKind::safety, kLate.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.books.trades["alipay"][kLateAttempt.text()].debited_at_ns = 1500 * kSecond;
       }},
      {"PaidWithNobodysMoney", kModel, FindingKind::safety, kAbandoned.text(),
       ORDEAL_CHANGED("order", "update orders set state = 2, paid_attempt = 901 where id = 102")},
      {"AnOrderOfNothingClosed", kModel, FindingKind::safety, kAbandoned.text(),
       [](SmallWorld& world) {
         world.good_day();
         world.give_away_pens();
         world.visit("shopper-2").baskets.front() = {{{kPen, 1}}, Money{}};
         world.change("order", "update orders set total = 0, merchant = 2 where id = 102");
         world.change("order", "update order_line set sku = 2, qty = 1, unit_price = 0 where order_id = 102");
       }},
      {"PaidThoughGivenUp", kModel, FindingKind::safety, kPaid.text(),
       [](SmallWorld& world) {
         world.good_day();
         auto& page = world.visit("shopper-1").cancelling.emplace_back();
         page.at_ns = page.answered_ns = 15 * kSecond;
         page.reply.status = api::CancelStatus::cancelled;
       }},
      {"SoldIsNotWhatWasSold", kModel, FindingKind::safety, "mug",
       ORDEAL_CHANGED("inventory", "update stock set sold = 0, available = 3 where sku = 1")},
      {"AccountIsNotWhatTheSalesComeTo", kModel, FindingKind::safety, "merchant_payable",
       ORDEAL_CHANGED("ledger", "update posting set minor = -993 where entry = 1 and account = 1")},
      {"MerchantWasToldAnotherAmount", kModel, FindingKind::safety, "9.99 CNY",
       [](SmallWorld& world) {
         world.good_day();
         world.books.diary.notices.front().body.amount = Money{999, {}};
       }},
  };
}

#undef ORDEAL_CHANGED

}  // namespace ordeal::test

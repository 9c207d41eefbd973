// Histories that break no promise although they look close to it.
#include <gtest/gtest.h>

#include "core/api/cart_stock.h"
#include "scenarios/flows/purchase/promotions.h"
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using api::OrderState;

testing::AssertionResult is_fine(SmallWorld& world) {
  const auto findings = world.verdict();
  if (findings.empty()) return testing::AssertionSuccess();
  auto failure = testing::AssertionFailure();
  for (const sim::Finding& finding : findings) {
    failure << finding.invariant << ": " << finding.message << "\n";
    for (const auto& [key, value] : finding.evidence) failure << "    " << key << ": " << value << "\n";
  }
  return failure;
}

TEST(Accept, TheGoodDayByAllInvariantsTogether) {
  SmallWorld world;
  world.good_day();
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, TheGoodDayByEachInvariantAlone) {
  for (const play::LawRow* row : shop_flows().laws()) {
    SmallWorld world({std::string(row->name)});
    world.good_day();
    EXPECT_TRUE(is_fine(world)) << row->name;
  }
}

TEST(Accept, ACartWhoseMugWasBoughtAndWhosePenIsLeft) {
  for (const std::string_view law :
       {"I-28 lines-leave-with-their-order", "I-28 carts-are-their-owners", "I-28 bought-lines-leave"}) {
    SmallWorld world({std::string(law)});
    cart_day(world);
    EXPECT_TRUE(is_fine(world)) << law;
  }
}

TEST(Accept, ALineOrderedAgainThatARefusedOrderHad) {
  SmallWorld world({"I-28 lines-leave-with-their-order", "I-28 bought-lines-leave"});
  cart_day(world);
  world.change("order",
               "insert into orders(id, user_id, merchant, state, version, total, currency, created_at, "
               "trace) values(104, 11, 1, 4, 2, 1000, 'CNY', 1767225640000000000, 0)");
  world.change("order", "insert into order_cart_line values(104, 2, 11, 2, 1)");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, AnOlderCartOnADayWithFaults) {
  SmallWorld world({"I-28 carts-are-their-owners"});
  cart_day(world);
  world.calm = false;
  auto& shown = world.books.diary.carts.emplace_back();
  shown.owner = kAnn;
  shown.at_ns = 9 * kSecond;
  shown.answered_ns = 10 * kSecond;
  shown.reply = {api::CartStatus::done, 1, {{kMug, 1, 1}}};
  EXPECT_TRUE(is_fine(world));
}

// Ann's order of the good day was made of her cart, in which a pen is left.
TEST(Accept, ACartThatHoldsWhatWasNotBought) {
  for (const std::string_view law : {"I-28 carts-are-their-owners", "I-92 the-model-agrees"}) {
    SmallWorld world({std::string(law)});
    world.good_day();
    for (const api::CartLine& line : {api::CartLine{kMug, 1, 1}, api::CartLine{kPen, 1, 2}}) {
      const std::string key = "put-" + std::to_string(line.version);
      world.say(line.version, api::facts::LinePut{kAnn, line, key});
      auto& asked = world.books.diary.carts.emplace_back();
      asked.owner = kAnn;
      asked.at_ns = line.version * kSecond;
      asked.answered_ns = asked.at_ns + 1;
      asked.change = api::ChangeCart{kAnn, key, api::CartAct::add, line.sku, line.qty};
      asked.reply = {api::CartStatus::done, line.version,
                     line.version == 1 ? std::vector{line} : std::vector{api::CartLine{kMug, 1, 1}, line}};
    }
    for (auto& [buyer, visit] : world.books.diary.visits) {
      if (visit.user == kAnn) visit.baskets.front().cart.lines = {{kMug, 1, 1}};
    }
    world.change("order", "insert into order_cart_line values(101, 1, 11, 1, 1)");
    world.change("cart", "insert into cart values(11, 3, null)");
    world.change("cart", "insert into cart_line(owner, version, sku, qty) values(11, 2, 2, 1)");
    world.change("cart", "insert into cart_request values(11, 'put-1', 1), (11, 'put-2', 1)");
    EXPECT_TRUE(is_fine(world)) << law;
  }
}

TEST(Accept, ACartThatHeldUntilItsTimeWasOverAndAnOrderThatWasRefusedAfterThat) {
  SmallWorld world({"I-15 cart-holds-end"});
  cart_day(world);
  world.say(2, api::facts::StockReserved{api::cart_hold(kAnn, 1), kMug, 1});
  world.say(3, api::facts::StockReserved{api::cart_hold(kAnn, 2), kPen, 1});
  world.say(4, api::facts::StockReleased{api::cart_hold(kAnn, 1), kMug, 1});
  world.say(903, api::facts::StockReleased{api::cart_hold(kAnn, 2), kPen, 1});
  world.say(904, api::facts::OrderMoved{kPaid, api::OrderState::draft, api::OrderState::rejected, 2, {}});
  EXPECT_TRUE(is_fine(world));
}

// Of another way to pay, or on a day on which somebody did not answer.
TEST(Accept, WhoHasToWaitForAPayment) {
  for (const bool calm : {true, false}) {
    SmallWorld world({"I-36 answers-are-true"});
    world.good_day();
    world.calm = calm;
    auto& paying = world.visit("shopper-1").paying;
    paying.push_back(paying.front());
    paying.back().mode = calm ? api::PayMode::direct_debit : api::PayMode::page;
    paying.back().reply = {api::PayStatus::pending, {}, {}};
    EXPECT_TRUE(is_fine(world));
  }
}

TEST(Accept, AStrangerWhoIsToldNothing) {
  SmallWorld world({"I-33 only-owners-are-served"});
  world.good_day();
  auto& nosy = world.books.diary.nosy.emplace_back();
  nosy.asker = kBob;
  nosy.whose = kAnn;
  nosy.order = kPaid;
  for (std::int64_t* answered : {&nosy.looking.answered_ns, &nosy.paying.answered_ns,
                                 &nosy.cancelling.answered_ns, &nosy.merging.answered_ns})
    *answered = kSecond;
  nosy.looking.reply.available = true;
  nosy.paying.reply.status = api::PayStatus::not_payable;
  nosy.cancelling.reply.status = api::CancelStatus::refused;
  nosy.merging.reply.status = api::CartStatus::invalid;
  EXPECT_TRUE(is_fine(world));
}

// What a second device put in after that is another line.
TEST(Accept, ALineThatMadeWayForSoMany) {
  SmallWorld world({"I-28 carts-are-their-owners"});
  cart_day(world);
  auto& set = world.books.diary.carts.emplace_back();
  set.owner = kAnn;
  set.at_ns = 8 * kSecond;
  set.answered_ns = 10 * kSecond;
  set.change = api::ChangeCart{kAnn, "set", api::CartAct::set, kPen, 2};
  set.reply = {api::CartStatus::done, 6, {{kPen, 2, 4}, {kPen, 1, 6}}};
  auto& other = world.books.diary.carts.emplace_back();
  other.owner = kAnn;
  other.at_ns = 9 * kSecond;
  other.change = api::ChangeCart{kAnn, "other", api::CartAct::add, kPen, 1};
  world.say(9, api::facts::LinePut{kAnn, {kPen, 2, 4}, "set"});
  world.say(9, api::facts::LineLeft{kAnn, {kPen, 1, 2}, api::facts::LineEnd::taken_out, 5, "set", {}});
  world.say(9, api::facts::LinePut{kAnn, {kPen, 1, 6}, "other"});
  world.change("cart", "update cart set version = 6");
  world.change("cart", "insert into cart_request values(11, 'set', 1), (11, 'other', 1)");
  world.calm = false;
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, AnOrderWithItsDiscounts) {
  for (const std::string_view law :
       {"I-12 discounts-follow-the-order", "I-22 discounts-are-whole", "I-23 promotion-within-quota",
        "I-24 coupon-is-used-once", "I-25 points-add-up", "I-92 the-model-agrees"}) {
    SmallWorld world({std::string(law)}, shop_flows(), {}, true);
    order_with_discounts(world);
    EXPECT_TRUE(is_fine(world)) << law;
  }
}

TEST(Accept, ACouponAgainThatCameBackAndAPenAtItsPriceAgain) {
  SmallWorld world({"I-23 promotion-within-quota", "I-24 coupon-is-used-once"}, shop_flows(), {}, true);
  const CouponId coupon = purchase::all_coupons(world.scenario).front().coupon;
  for (const OrderId order : {kPaid, kLate}) {
    world.say(1, f::DiscountsHeld{order, UserId{1}, {coupon}, 0, {{RuleId{3}, 1}}});
    world.say(2, f::DiscountsEnded{order, api::HoldState::returned, {coupon}, 0, {{RuleId{3}, 1}}});
  }
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, AnEmptyWorld) {
  SmallWorld world;
  world.change("inventory", "insert into stock values(1, 3, 0, 0, 3), (2, 1, 0, 0, 1)");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, APaymentThatIsCalledOverWhenItsChannelSaysSo) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  told_to_be_closed(world, 679);
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, APaymentThatIsCalledOverWhileItsMoneyIsTaken) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  called_over(world, 1903 + 29);
  for (const sim::Finding& finding : world.verdict())
    EXPECT_EQ(finding.message.find("whose money had been taken"), std::string::npos) << finding.message;
}

TEST(Accept, ADayThatIsCalledEmptyWhenAllOfItsPaymentsAreOver) {
  SmallWorld world({"I-91 statements-are-whole"});
  believed_empty(world, 700);
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ADraftThatIsGivenUpInItsTime) {
  SmallWorld world({"I-40 nothing-stays-between"});
  draft_for(world, 149);
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ABuyerWhoIsSentToPayWhileHisOrderIsBeingClosed) {
  SmallWorld world({"I-36 answers-are-true"});
  world.good_day();
  world.calm = false;
  auto& asked = world.visit("shopper-2").paying.emplace_back();
  asked.at_ns = 932 * kSecond;
  asked.answered_ns = 933 * kSecond;
  asked.reply.status = api::PayStatus::pay_at_channel;
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, OneKeyOfTwoUsersAndTwoKeysOfOne) {
  SmallWorld world({"I-01 one-order-per-request"});
  world.say(1, f::OrderPlaced{kPaid, kAnn, "k", kTen, {}});
  world.say(2, f::OrderPlaced{kLate, kBob, "k", kTen, {}});
  world.say(3, f::OrderPlaced{kAbandoned, kAnn, "k2", kTen, {}});
  world.say(4, purchase::facts::ShopperTold{kAnn, "k3", OrderId{}, kTen});
  world.say(5, f::OrderPlaced{kRejected, kAnn, "k3", kTen, {}});
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, TheLastUnitAgainAfterItsRelease) {
  SmallWorld world({"I-10 no-oversell", "I-14 reservation-ends-once"});
  world.say(1, f::StockReserved{kPaid, kPen, 1});
  world.say(2, f::StockReleased{kPaid, kPen, 1});
  world.say(3, f::StockReserved{kLate, kPen, 1});
  world.say(4, f::StockConsumed{kLate, kPen, 1});
  world.change("inventory", "insert into stock values(1, 3, 0, 0, 3), (2, 0, 0, 1, 1)");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, TwoSkusOfOneOrderEndOnTheirOwn) {
  SmallWorld world({"I-14 reservation-ends-once"});
  for (const SkuId sku : {kMug, kPen}) world.say(1, f::StockReserved{kPaid, sku, 1});
  for (const SkuId sku : {kMug, kPen}) world.say(2, f::StockConsumed{kPaid, sku, 1});
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ASecondDebitAfterTheFirstWasToBeRefunded) {
  SmallWorld world({"I-32 no-double-charge"});
  world.say(1, f::OrderPlaced{kPaid, kAnn, "k", kTen, {}});
  world.say(2, f::AttemptOpened{kOtherAttempt, kPaid, kTen});
  world.say(3, purchase::facts::ChannelDebited{kOtherAttempt.text(), "CH-9", "shopper-1", kTen});
  world.say(4, f::RefundRequested{RefundId{1}, kPaid, kOtherAttempt, kTen, api::RefundReason::surplus});
  world.say(5, f::AttemptOpened{kPaidAttempt, kPaid, kTen});
  world.say(6, purchase::facts::ChannelDebited{kPaidAttempt.text(), "CH-1", "shopper-1", kTen});
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, SurplusOfAPaidOrderGivenBack) {
  SmallWorld world;
  world.good_day();
  world.change("payment",
               "insert into attempt select 909, order_id, user_id, channel, mode, amount, currency, 1, 0, "
               "'CH-9', expires_at, 0, null, 0 from attempt where id = 901");
  world.change("payment",
               "insert into refund values(809, 909, 1, 101, 'alipay', 1000, 'CNY', 1, 1, null, 0)");
  world.change("order", "insert into late_payment values(909, 101, 1000, 1)");
  world.change("ledger", "insert into entry values(4, 1, 809, 101, 1, 0), (5, 2, 809, 101, 1, 0)");
  world.change("ledger",
               "insert into posting values(4, 0, 1000, 'CNY'), (4, 3, -1000, 'CNY'), (5, 0, -1000, 'CNY'), "
               "(5, 3, 1000, 'CNY')");
  world.books.trades["alipay"][kOtherAttempt.text()] = {
      "CH-9", "shopper-1", kTen, kTen, purchase::TradeState::success, 30 * kSecond};
  const Instant next_day = world.scenario.start + Duration{30 * 3600 * kSecond};
  world.books.trades["alipay"][kOtherAttempt.text()].debited_at = next_day;
  world.books.trades["alipay"][kOtherAttempt.text()].refund_requests[RefundId{809}.text()] = {kTen, next_day};
  world.change(
      "payment",
      "insert into statement(channel, day, state, tries, next_at, empty_since, lines, paid, refunded) "
      "values('alipay', 20455, 2, 48, null, null, 0, 0, 0)");
  world.forks = {"statement"};
  EXPECT_TRUE(is_fine(world));
}

// A refund under way when the time was up: the promises about rest do not bind it yet. That it is not done
// is for I-42 to say.
TEST(Accept, ARefundOnItsWayBeforeTheWorldHasSettled) {
  SmallWorld world({"I-32 no-double-charge", "I-35 late-payment-is-refunded", "I-93 money-is-conserved"});
  world.good_day();
  world.change("payment", "update refund set state = 0");
  world.change("ledger", "delete from posting where entry in (2, 3)");
  world.books.trades["alipay"][kLateAttempt.text()].refunded = Money{};
  world.books.purses["shopper-3"] -= 1000;
  world.settled = false;
  EXPECT_TRUE(is_fine(world));
}

// The channel died for good: what it took without a word nobody can know, what is to go back cannot.
TEST(Accept, WhatAChannelTookThatNeverCameBack) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  world.good_day();
  world.gone = {"alipay"};
  world.books.trades["alipay"][kLateAttempt.text()].refunded = Money{};
  world.change("payment", "update refund set state = 0");
  world.change(
      "payment",
      "insert into attempt select 909, order_id, user_id, channel, mode, amount, currency, 0, 0, null, "
      "901, 0, null, 0 from attempt where id = 901");
  world.books.trades["alipay"][kOtherAttempt.text()] = {
      "CH-9", "shopper-1", kTen, Money{}, purchase::TradeState::success, 30 * kSecond};
  EXPECT_TRUE(is_fine(world));
}

// The channel declined, took Cem's money after all, and was never seen again.
TEST(Accept, WhatAChannelTookAgainstItsWordAndNeverTold) {
  SmallWorld world({"I-32 no-double-charge", "I-35 late-payment-is-refunded"});
  world.good_day();
  world.gone = {"alipay"};
  world.books.trades["alipay"][kLateAttempt.text()].refunded = Money{};
  world.change("payment", "delete from refund");
  world.change("payment", "update attempt set state = 3 where order_id = 103");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, AReleaseOnItsWayBeforeTheWorldHasSettled) {
  SmallWorld world({"I-12 order-iff-reservation"});
  world.good_day();
  world.change("inventory", "update reservation set state = 0 where order_id = 102");
  world.settled = false;
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, PaidStockThatIsStillHeldIsNotForTheOrderToAnswer) {
  SmallWorld world({"I-12 order-iff-reservation"});
  world.good_day();
  world.change("inventory", "update reservation set state = 0 where order_id = 101");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, AnUnpaidOrderWhoseTimeIsNotOver) {
  SmallWorld world({"I-41 unpaid-orders-close"});
  world.good_day();
  world.change("order", "update orders set state = 1, due_at = 930 where id = 102");
  world.settled = false;
  world.now_s = world.healed_s + 900;
  EXPECT_TRUE(is_fine(world));
}

f::OrderMoved moved(OrderState from, OrderState to, std::int64_t wall_s) {
  return {kStranger, from, to, 2, Instant{wall_s * kSecond}};
}

TEST(Accept, AnOrderThatIsClosedBeforeItsTimeBecauseItsBuyerGaveItUp) {
  SmallWorld world({"I-41 unpaid-orders-close"});
  world.say(1, moved(OrderState::draft, OrderState::unpaid, 1));
  world.say(60, f::OrderCancelled{kStranger, Instant{60 * kSecond}});
  world.say(61, moved(OrderState::unpaid, OrderState::closed, 61));
  EXPECT_TRUE(is_fine(world));
}

// Ann cancels in the moment in which she pays, and is told that it is paid.
TEST(Accept, ACancelThatMeetsAPayment) {
  SmallWorld world({"I-36 answers-are-true", "I-92 the-model-agrees"});
  world.good_day();
  auto& page = world.visit("shopper-1").cancelling.emplace_back();
  page.at_ns = 20 * kSecond;
  page.answered_ns = 22 * kSecond;
  page.reply.status = api::CancelStatus::refused;
  EXPECT_TRUE(is_fine(world));
}

// Instances come up again a second after the database that they share.
TEST(Accept, ACancelThatNobodyCanAnswerBeforeEverybodyIsUp) {
  SmallWorld world({"I-36 answers-are-true"});
  world.good_day();
  auto& page = world.visit("shopper-1").cancelling.emplace_back();
  page.at_ns = 1 * kSecond;
  page.answered_ns = 2 * kSecond;
  page.reply.status = api::CancelStatus::unavailable;
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ALateCloseThatAFaultExcuses) {
  SmallWorld world({"I-41 unpaid-orders-close"});
  world.say(1, moved(OrderState::draft, OrderState::unpaid, 1));
  world.say(3600, moved(OrderState::unpaid, OrderState::closed, 3600));
  world.healed_s = 3540;
  world.calm = false;
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ALateCloseByAClockThatWasWrong) {
  SmallWorld world({"I-41 unpaid-orders-close"});
  world.say(1, moved(OrderState::draft, OrderState::unpaid, 2701));
  world.say(3600, moved(OrderState::unpaid, OrderState::closed, 3600));
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ADayThatIsStillToBeTried) {
  SmallWorld world({"I-91 statements-are-whole"});
  world.good_rows();
  world.change("payment", "update statement set state = 0, next_at = 1");
  world.settled = false;
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ADayThatWasGivenUp) {
  SmallWorld world({"I-91 statements-are-whole"});
  world.good_rows();
  world.change("payment", "update statement set state = 2, tries = 48");
  world.forks = {"statement"};
  world.change("payment", "delete from statement_line");
  world.change("payment", "update statement_expected set missing = 1 where attempt = 901");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ADayThatIsAskedForWhenItIsReady) {
  SmallWorld world;
  world.good_day();
  world.books.told_of_days[{"alipay", kDay}].asked_ns = (26 * 3600 + 60) * kSecond;
  EXPECT_TRUE(is_fine(world));
}

// Cem's refund is of a later day, and refunds are not asked for by day.
TEST(Accept, AnEmptyDayThatARefundOfALaterDayHoldsBack) {
  SmallWorld world({"I-40 nothing-stays-between"});
  world.good_day();
  world.change("payment", "insert into statement values('alipay', 20453, 2, 48, null, 1, 0, 0, 0)");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ADayWithoutTrades) {
  SmallWorld world({"I-91 statements-are-whole"});
  world.good_day();
  world.say(50 * 3600, f::StatementAccepted{"alipay", kDay.next().number, 0, Money{}, Money{}});
  world.books.told_of_days[{"alipay", kDay.next()}].empty = 2;
  world.change("payment", "insert into statement values('alipay', 20455, 1, 1, null, 1, 0, 0, 0)");
  EXPECT_TRUE(is_fine(world));
}

// We have its money, and the channel never took it: that is for other promises to say.
TEST(Accept, APaymentThatIsMissingIndeed) {
  SmallWorld world({"I-91 statements-are-whole"});
  world.good_day();
  world.change("payment", "insert into statement_expected values(905, 20454, 'alipay', 1)");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, AnEmptyDayThatWaitedForTheNext) {
  SmallWorld world({"I-91 statements-are-whole"});
  world.good_day();
  world.books.told_of_days[{"alipay", kDay.next()}].empty = 26;
  world.say(75 * 3600, f::StatementAccepted{"alipay", kDay.next().number, 0, Money{}, Money{}});
  world.change("payment", "insert into statement values('alipay', 20455, 1, 25, null, 1, 0, 0, 0)");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, AWholeSheetThatIsWrongAndThoughtOfRightly) {
  SmallWorld world({"I-91 statements-are-whole"});
  world.good_rows();
  channel::StatementLine payment{
      channel::LineKind::payment, kPaidAttempt.text(), {}, "CH-1", Money{1001, {}}, {}};
  channel::StatementLine late{channel::LineKind::payment, kLateAttempt.text(), {}, "CH-3", kTen, {}};
  channel::StatementLine refund{
      channel::LineKind::refund, kLateAttempt.text(), kLateRefund.text(), "CH-3", kTen, {}};
  world.books.told_of_days[{"alipay", kDay}].false_sheets = {{payment, late, refund}};
  world.say(40 * 3600, f::StatementAccepted{"alipay", kDay.number, 3, Money{2001, {}}, kTen});
  world.change("payment", "update statement_line set amount = 1001, verdict = 3 where ours = 901");
  world.change("payment", "update statement set paid = 2001");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ARefundThatWasSaidToBeInProcess) {
  for (const bool also_done : {false, true}) {
    SmallWorld world({"I-91 statements-are-whole"});
    world.good_day();
    auto& said = world.books.told_of_days[{"alipay", kDay}].in_process[kLateRefund.text()];
    said = {true};
    if (also_done) said.insert(false);
    world.change("payment", "update statement_line set verdict = 4 where kind = 1");
    EXPECT_TRUE(is_fine(world));
  }
}

TEST(Accept, ARefundThatWasRefusedTwiceForNow) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  world.good_rows();
  world.forks = {"refund"};
  world.change("payment", "update refund set tries = 2");
  world.say(100, f::RefundRequested{kLateRefund, kLate, kLateAttempt, kTen, {}});
  world.say(150, f::RefundSucceeded{kLateRefund, kLate, kTen});
  EXPECT_TRUE(is_fine(world));
}

// It never came to the channel, and could not any more.
TEST(Accept, AnAttemptThatTheChannelNeverKnewIsOverInTheEnd) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  never_at_the_channel(world, 2501 + 300);
  EXPECT_TRUE(is_fine(world));
}

// The neighbours of breaches_of_news.cc.
void paid_late(SmallWorld& world, std::int64_t known) {
  world.good_rows();
  world.say(0, api::facts::AttemptOpened{kPaidAttempt, kPaid, kTen});
  world.say(70, purchase::facts::ChannelDebited{kPaidAttempt.text(), "CH-1", "shopper-1", kTen});
  world.say(known,
            api::facts::PaymentCaptured{kPaidAttempt, kPaid, kTen, "CH-1", api::facts::CapturedVia::query});
}

TEST(Accept, APaymentThatIsFoundByTheNextQuestion) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  paid_late(world, 200);
  world.books.trades["alipay"][kPaidAttempt.text()].questions = 2;
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, APaymentThatIsFoundLateOfAChannelThatAnswersBadly) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  world.forks = {"answer"};
  paid_late(world, 300);
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, APaymentThatIsFoundLateByMachinesThatFailed) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  world.calm = false;
  paid_late(world, 300);
  EXPECT_TRUE(is_fine(world));
}

// Strange people are no excuse for it: PaymentIsFoundAfterTheQuestionThatFindsIt with some of them about.
TEST(Accept, NotAPaymentThatIsFoundLateAmongStrangePeople) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  world.forks = {"callback start", "ordering", "a fork that is new"};
  paid_late(world, 300);
  EXPECT_FALSE(is_fine(world));
}

TEST(Accept, TheGoodDayAtTwoChannels) {
  SmallWorld world;
  world.good_day();
  world.at_wechat();
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, ANumberThatTwoChannelsKnowAndOneTook) {
  SmallWorld world;
  world.good_day();
  world.at_wechat();
  world.books.trades["wechat"][kPaidAttempt.text()] = {
      "WX-1", "", kTen, Money{}, purchase::TradeState::closed, -1};
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, WhatTheOtherChannelTookThatNeverCameBack) {
  SmallWorld world({"I-42 paid-at-channel-is-known"});
  world.good_day();
  world.at_wechat_rows();
  world.gone = {"wechat"};
  world.change("payment", "update attempt set state = 0, next_at = 1 where id = 907");
  world.change("order", "update orders set state = 1, paid_attempt = null where id = 105");
  EXPECT_TRUE(is_fine(world));
}

// The day that has it was given up at its channel; that the other channel's was read does not matter.
TEST(Accept, APaymentCalledMissingOnADayThatOnlyTheOtherChannelTold) {
  SmallWorld world({"I-91 statements-are-whole"});
  world.good_day();
  world.at_wechat_rows();
  world.change("payment", "update statement set state = 2, tries = 48 where channel = 'wechat'");
  world.forks = {"statement"};
  world.change("payment", "delete from statement_line where channel = 'wechat'");
  world.change("payment", "update statement_expected set missing = 1 where attempt = 907");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, APaymentMissingAtAChannelThatTheOtherTook) {
  SmallWorld world({"I-91 statements-are-whole"});
  world.good_day();
  world.at_wechat();
  world.change("payment",
               "update statement_expected set channel = 'wechat', missing = 1 where attempt = 901");
  EXPECT_TRUE(is_fine(world));
}

TEST(Accept, AMerchantWhoIsStillToBeTriedBeforeTheWorldHasSettled) {
  SmallWorld world({"I-80 merchants-are-told"});
  world.good_day();
  world.change("notification", "update notification set sent_at = null, next_at = 99 where order_id = 101");
  world.settled = false;
  EXPECT_TRUE(is_fine(world));
}

}  // namespace
}  // namespace ordeal::test

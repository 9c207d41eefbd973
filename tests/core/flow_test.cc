// Whole lives of orders through all services, told as stories; and any life with any lost call still ends
// well.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/support/shop.h"

namespace ordeal {
namespace {

using namespace literals;
using api::OrderState;
using api::PayMode;
using api::PayStatus;
using support::Fault;
using support::Shop;

const std::vector<api::Line> kBasket{{SkuId{1}, 2}, {SkuId{2}, 4}};
constexpr std::int64_t kTotal = 3000;

// Time passes and every worker does what it has to, until nothing is due any more.
void settle(Shop& shop) {
  for (int step = 0; step < 60; ++step) {
    shop.order.run_drafts();
    shop.order.run_closing();
    shop.payment.run_queries();
    shop.run();
    shop.world.clock.advance(10_min);
  }
}

TEST(Flow, PlacedPaidByCodeAndTold) {
  for (const bool through_json : {false, true}) {
    Shop shop;
    shop.world.through_json = through_json;
    const auto placed = shop.place("k", kBasket, kTotal);
    const auto pay = shop.pay(placed.order);
    ASSERT_EQ(pay.status, PayStatus::pay_at_channel);
    ASSERT_TRUE(shop.alipay.pay(pay.out_trade_no));
    ASSERT_TRUE(shop.alipay.notify(pay.out_trade_no));
    shop.run();
    EXPECT_EQ(shop.state(placed.order), OrderState::paid);
    EXPECT_EQ(shop.inventory_db.number("select sold from stock where sku = 1"), 2);
    EXPECT_EQ(shop.ledger_db.number("select sum(minor) from posting where account = 2"), -18);
    EXPECT_EQ(shop.merchant_heard, 1);
    EXPECT_EQ(shop.first_wrong(), "");
    EXPECT_EQ(shop.pay(placed.order).status, PayStatus::captured);
  }
}

TEST(Flow, PaidByDirectDebitWithoutAnyCallback) {
  Shop shop;
  const auto placed = shop.place("k", kBasket, kTotal);
  EXPECT_EQ(shop.pay(placed.order, PayMode::direct_debit, "wechat").status, PayStatus::captured);
  shop.run();
  EXPECT_EQ(shop.state(placed.order), OrderState::paid);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST(Flow, NotPaidInTimeIsClosedEverywhere) {
  Shop shop;
  const auto placed = shop.place("k", kBasket, kTotal);
  const auto pay = shop.pay(placed.order);
  shop.world.clock.advance(15_min);
  EXPECT_EQ(shop.pay(placed.order).status, PayStatus::not_payable);
  shop.order.run_closing();
  shop.run();
  EXPECT_EQ(shop.state(placed.order), OrderState::closed);
  EXPECT_FALSE(shop.alipay.pay(pay.out_trade_no));
  EXPECT_EQ(shop.inventory_db.number("select available from stock where sku = 1"), 5);
  EXPECT_EQ(shop.merchant_heard, 1);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST(Flow, PaidAtTheLastMomentIsFoundByTheCloser) {
  Shop shop;
  const auto placed = shop.place("k", kBasket, kTotal);
  shop.alipay.pay(shop.pay(placed.order).out_trade_no);
  shop.world.clock.advance(15_min);
  shop.order.run_closing();
  EXPECT_EQ(shop.state(placed.order), OrderState::paid);
  shop.run();
  EXPECT_EQ(shop.world.log.marks["closing found it paid"], 1);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST(Flow, PaidAfterTheCloseGoesBack) {
  Shop shop;
  const auto placed = shop.place("k", kBasket, kTotal);
  const auto pay = shop.pay(placed.order);
  shop.world.rpc_fault = [](std::string_view service, std::string_view) {
    return service == "payment" ? Fault::lose_request : Fault::none;
  };
  shop.world.clock.advance(21_min);
  shop.order.run_closing();
  ASSERT_EQ(shop.state(placed.order), OrderState::closed);
  ASSERT_TRUE(shop.alipay.pay(pay.out_trade_no));
  shop.world.rpc_fault = nullptr;
  settle(shop);
  EXPECT_EQ(shop.state(placed.order), OrderState::closed);
  EXPECT_EQ(shop.alipay.net(), 0);
  EXPECT_EQ(shop.payment_db.count<api::facts::RefundSucceeded>(), 1);
  EXPECT_EQ(shop.ledger_db.number("select count(*) from entry"), 2);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST(Flow, PaidTwiceKeepsOne) {
  Shop shop;
  const auto placed = shop.place("k", kBasket, kTotal);
  const auto pay = shop.pay(placed.order);
  shop.alipay.pay(pay.out_trade_no);
  shop.alipay.notify(pay.out_trade_no);
  shop.run();
  // A second attempt that should not be there, as F-16 leaves one behind.
  shop.wechat.trades["pay-0000000009"] = {
      channel::TradeStatus::success, {kTotal, {}}, "T9", shop.wechat.account().notify_url, {}};
  shop.payment_db.transact("plant", [&](env::Tx& tx) {
    static constexpr env::Sql kPlant{
        "insert into attempt(id, order_id, user_id, channel, mode, amount, currency, state, closing, "
        "expires_at, "
        "queries, trace) values(9, ?, 7, 'wechat', 0, 3000, 'CNY', 0, 0, 0, 0, 1)"};
    tx.exec(kPlant, placed.order);
  });
  EXPECT_TRUE(shop.wechat.notify("pay-0000000009"));
  settle(shop);
  EXPECT_EQ(shop.state(placed.order), OrderState::paid);
  EXPECT_EQ(shop.alipay.net(), kTotal);
  EXPECT_EQ(shop.wechat.net(), 0);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST(Flow, AStoryIsPrinted) {
  Shop shop;
  shop.pay(shop.place("k", kBasket, kTotal).order, PayMode::direct_debit);
  shop.run();
  EXPECT_GE(shop.world.log.lines.size(), 5U);
}

// I-34, and every liveness rule in small: whatever is lost while it goes on, in the end the order is PAID
// with the money kept or ended with the money returned, and all books agree.
RC_GTEST_PROP(Flow, EndsWellWhateverIsLost, ()) {
  Shop shop({.gate = *rc::gen::element<std::string>("conditional_update", "row_lock"),
             .status_writer = *rc::gen::element<std::string>("conditional", "version"),
             .closer = *rc::gen::element<std::string>("scan", "delayed_timer")});
  shop.world.through_json = *rc::gen::arbitrary<bool>();
  const std::string channel = *rc::gen::element<std::string>("alipay", "wechat");
  const PayMode mode = *rc::gen::element(PayMode::page, PayMode::direct_debit);
  const auto faults = *rc::gen::container<std::vector<Fault>>(
      60,
      rc::gen::weightedElement<Fault>(
          {{6, Fault::none}, {1, Fault::lose_request}, {2, Fault::lose_answer}, {1, Fault::unreachable}}));
  std::size_t at = 0;
  const auto next_fault = [&] { return at < faults.size() ? faults[at++] : Fault::none; };
  shop.world.rpc_fault = [&](std::string_view service, std::string_view) {
    return service == "gateway" ? Fault::none : next_fault();
  };
  shop.world.http_fault = [&](std::string_view) { return next_fault(); };

  support::FakeChannel& party = channel == "alipay" ? shop.alipay : shop.wechat;
  api::PlaceReply placed;
  for (int i = 0; i < 4 && placed.status != api::PlaceStatus::placed; ++i)
    placed = shop.place("k", kBasket, kTotal);
  for (int i = 0; i < 3 && placed.order; ++i) {
    const auto pay = shop.pay(placed.order, mode, channel);
    if (pay.status == PayStatus::pay_at_channel && *rc::gen::arbitrary<bool>()) party.pay(pay.out_trade_no);
    if (party.trades.contains(pay.out_trade_no) &&
        party.trades[pay.out_trade_no].status == channel::TradeStatus::success) {
      party.notify(pay.out_trade_no);
    }
    shop.run();
  }
  settle(shop);
  RC_ASSERT(shop.first_wrong() == "");
  RC_ASSERT(shop.order_db.number("select count(*) from orders") <= 1);
  RC_ASSERT(shop.order_db.number("select count(*) from orders where state in (0, 1)") == 0);
  const bool paid = shop.order_db.number("select count(*) from orders where state = 2") == 1;
  RC_ASSERT(party.net() == (paid ? kTotal : 0));
  RC_ASSERT(shop.inventory_db.number("select coalesce(sum(sold), 0) from stock") == (paid ? 6 : 0));
  RC_ASSERT(shop.inventory_db.number("select coalesce(sum(reserved), 0) from stock") == 0);
  RC_ASSERT(shop.payment_db.number("select count(*) from attempt where state = 0") == 0);
  RC_ASSERT(shop.order_db.number("select count(*) from outbox") == 0);
  RC_ASSERT(shop.payment_db.number("select count(*) from outbox") == 0);
}

}  // namespace
}  // namespace ordeal

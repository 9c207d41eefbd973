// An order that its shopper gives up (A29, F-17): closed once, or paid and the cancel refused.
#include <gtest/gtest.h>

#include "tests/support/shop.h"

namespace ordeal::order {
namespace {

using namespace literals;
using api::CancelStatus;
using api::OrderState;
using api::PayMode;
using api::PayStatus;
using support::Fault;
using support::Shop;

struct GivingUp : testing::Test {
  Shop shop;
  const OrderId order = shop.place("k", {{SkuId{1}, 1}}, 1000).order;

  std::int64_t held() { return shop.inventory_db.number("select reserved from stock where sku = 1"); }
  std::int64_t sold() { return shop.inventory_db.number("select sold from stock where sku = 1"); }
  void fail_settle(Fault fault) {
    shop.world.rpc_fault = [=](std::string_view service, std::string_view method) {
      return service == "payment" && method == "settle" ? fault : Fault::none;
    };
  }
};

TEST_F(GivingUp, ClosesAnUnpaidOrderAtOnceAndItsStockGoesBack) {
  EXPECT_EQ(shop.cancel(order), CancelStatus::cancelled);
  EXPECT_EQ(shop.state(order), OrderState::closed);
  EXPECT_EQ(shop.pay(order).status, PayStatus::not_payable);
  shop.run();
  EXPECT_EQ(held(), 0);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST_F(GivingUp, TwiceIsOnce) {
  for (int i = 0; i < 2; ++i) EXPECT_EQ(shop.cancel(order), CancelStatus::cancelled);
  shop.run();
  EXPECT_EQ(held(), 0);
  EXPECT_EQ(shop.order_db.count<api::facts::OrderCancelled>(), 1);
  EXPECT_EQ(shop.order_db.number("select version from orders"), 3);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST_F(GivingUp, OfAPaidOrderIsRefused) {
  shop.pay(order, PayMode::direct_debit);
  shop.run();
  ASSERT_EQ(shop.state(order), OrderState::paid);
  EXPECT_EQ(shop.cancel(order), CancelStatus::refused);
  EXPECT_EQ(shop.state(order), OrderState::paid);
  EXPECT_EQ(sold(), 1);
  EXPECT_EQ(shop.order_db.number("select cancelled_at is null from orders"), 1);
}

TEST_F(GivingUp, FindsAtTheChannelThatItWasPaid) {
  const auto paying = shop.pay(order);
  shop.alipay.pay(paying.out_trade_no);  // and nobody has heard of it yet
  EXPECT_EQ(shop.cancel(order), CancelStatus::refused);
  EXPECT_EQ(shop.state(order), OrderState::paid);
  shop.run();
  EXPECT_EQ(sold(), 1);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST_F(GivingUp, TakesTheCodeBack) {
  const auto paying = shop.pay(order);
  EXPECT_EQ(shop.cancel(order), CancelStatus::cancelled);
  EXPECT_FALSE(shop.alipay.pay(paying.out_trade_no));
  EXPECT_EQ(shop.alipay.net(), 0);
}

TEST_F(GivingUp, ThatNobodyCanAnswerYetClosesTheOrderLater) {
  shop.pay(order);
  fail_settle(Fault::lose_request);
  EXPECT_EQ(shop.cancel(order), CancelStatus::pending);
  EXPECT_EQ(shop.pay(order).status, PayStatus::not_payable);
  shop.world.rpc_fault = nullptr;
  shop.world.clock.advance(Config{}.settle_retry + Config{}.settle_deadline);
  shop.order.run_closing();
  EXPECT_EQ(shop.state(order), OrderState::closed);
  EXPECT_EQ(shop.cancel(order), CancelStatus::cancelled);
}

TEST_F(GivingUp, WaitsForPaymentNoLongerThanAnyClose) {
  shop.pay(order);
  fail_settle(Fault::lose_request);
  const Instant begin = shop.world.clock.wall;
  EXPECT_EQ(shop.cancel(order), CancelStatus::pending);
  while (const auto next = shop.order.run_closing()) shop.world.clock.wall = *next;
  EXPECT_EQ(shop.state(order), OrderState::closed);
  EXPECT_GE(shop.world.clock.wall - begin, Config{}.settle_grace);
  EXPECT_LT(shop.world.clock.wall - begin, Config{}.pay_window);
}

TEST_F(GivingUp, WhoseProcessDiesIsEndedByTheCloser) {
  fail_settle(Fault::lose_request);
  shop.cancel(order);
  shop.world.rpc_fault = nullptr;
  shop.world.clock.advance(Config{}.settle_retry + Config{}.settle_deadline);
  EXPECT_EQ(shop.order.run_closing(), std::nullopt);
  EXPECT_EQ(shop.state(order), OrderState::closed);
}

TEST_F(GivingUp, OfWhatIsNoOrderOrWasRefusedIsRefused) {
  EXPECT_EQ(shop.cancel(OrderId{99}), CancelStatus::refused);
  EXPECT_EQ(shop.cancel(shop.place("six", {{SkuId{1}, 6}}, 6000).order), CancelStatus::refused);
}

TEST_F(GivingUp, HasToWaitWhileTheStockIsNotCertain) {
  shop.world.rpc_fault = [](std::string_view service, std::string_view) {
    return service == "inventory" ? Fault::lose_request : Fault::none;
  };
  const auto draft = shop.place("draft", {{SkuId{1}, 1}}, 1000);
  ASSERT_EQ(draft.status, api::PlaceStatus::pending);
  EXPECT_EQ(shop.cancel(draft.order), CancelStatus::unavailable);
  EXPECT_EQ(shop.order_db.count<api::facts::OrderCancelled>(), 0);
}

TEST_F(GivingUp, WithoutAnAnswerIsUnknownOrSurelyNothing) {
  for (const auto& [fault, status] : {std::pair(Fault::lose_answer, CancelStatus::unknown),
                                      std::pair(Fault::unreachable, CancelStatus::unavailable)}) {
    shop.world.rpc_fault = [fault = fault](std::string_view service, std::string_view) {
      return service == "order" ? fault : Fault::none;
    };
    EXPECT_EQ(shop.cancel(order), status);
  }
}

TEST_F(GivingUp, AMoneyThatComesAfterwardsGoesBack) {
  const auto paying = shop.pay(order);
  fail_settle(Fault::unreachable);
  shop.cancel(order);
  while (const auto next = shop.order.run_closing()) shop.world.clock.wall = *next;
  ASSERT_EQ(shop.state(order), OrderState::closed);
  shop.alipay.pay(paying.out_trade_no);
  shop.world.rpc_fault = nullptr;
  shop.alipay.notify(paying.out_trade_no);
  shop.run();
  EXPECT_EQ(shop.alipay.net(), 0);
  EXPECT_EQ(shop.first_wrong(), "");
}

}  // namespace
}  // namespace ordeal::order

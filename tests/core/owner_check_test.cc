// Whose order it is (B8): to anybody but its buyer an order is one that is not there.
#include <gtest/gtest.h>

#include "tests/support/shop.h"

namespace ordeal::order {
namespace {

using api::CancelStatus;
using api::OrderState;
using api::PayMode;
using api::PayStatus;
using support::Shop;

struct OwnOrder : testing::Test {
  Shop shop;
  const OrderId order = shop.place("k", {{SkuId{1}, 1}}, 1000).order;
  const UserId buyer{shop.order_db.number("select user_id from orders")};
  const UserId stranger{buyer.value + 1};
};

TEST_F(OwnOrder, IsNotThereForAnybodyElse) {
  const auto view = shop.order.status({order, stranger});
  EXPECT_TRUE(view.available);
  EXPECT_FALSE(view.found);
  EXPECT_EQ(view.total, Money{});
  EXPECT_EQ(shop.order.pay({order, "alipay", PayMode::page, stranger}).status, PayStatus::not_payable);
  EXPECT_EQ(shop.order.cancel({order, stranger}).status, CancelStatus::refused);
  EXPECT_EQ(shop.state(order), OrderState::unpaid);
  EXPECT_EQ(shop.order_db.number("select count(*) from orders where cancelled_at is not null"), 0);
  EXPECT_EQ(shop.payment_db.number("select count(*) from intent"), 0) << "payment never heard of it";
}

TEST_F(OwnOrder, IsAnsweredAsOneThatIsNotThere) {
  const OrderId none{order.value + 1};
  const auto digest = [&](OrderId id) {
    const api::OrderView view = shop.order.status({id, stranger});
    return api::OrderView::type().digest(&view);
  };
  EXPECT_EQ(digest(order), digest(none));
  EXPECT_EQ(shop.order.cancel({order, stranger}).status, shop.order.cancel({none, stranger}).status);
}

TEST_F(OwnOrder, IsItsBuyersToSeeToPayAndToGiveUp) {
  EXPECT_TRUE(shop.order.status({order, buyer}).found);
  EXPECT_EQ(shop.order.pay({order, "alipay", PayMode::page, buyer}).status, PayStatus::pay_at_channel);
  EXPECT_EQ(shop.order.cancel({order, buyer}).status, CancelStatus::cancelled);
}

TEST_F(OwnOrder, IsAskedForByItsNumberWhereNobodyIsSignedIn) {
  EXPECT_TRUE(shop.order.status({order}).found);
  EXPECT_EQ(make_owner_check("anybody"), nullptr);
}

}  // namespace
}  // namespace ordeal::order

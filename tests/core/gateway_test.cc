// What the gateway says to a shopper whose request got no answer (I-36, F-88): "unavailable" is a promise that nothing happened.
#include <gtest/gtest.h>

#include "tests/support/shop.h"

namespace ordeal::gateway {
namespace {

using api::PayStatus;
using api::PlaceStatus;
using support::Fault;
using support::Shop;

const std::vector<api::Line> kOneMug{{SkuId{1}, 1}};

auto at(Fault fault, std::string service, std::string method) {
  return [=](std::string_view s, std::string_view m) {
    return s == service && m == method ? fault : Fault::none;
  };
}

TEST(NoAnswer, IsSurelyNothingWhenTheRequestGotNowhereAndOnlyThen) {
  const auto told = make_no_answer("by_cause");
  EXPECT_TRUE(told->surely_nothing(env::RpcError::unreachable));
  EXPECT_TRUE(told->surely_nothing(env::RpcError::refused));
  EXPECT_FALSE(told->surely_nothing(env::RpcError::timeout));
  EXPECT_FALSE(told->surely_nothing(env::RpcError::failed));
  EXPECT_EQ(make_no_answer("surely_nothing"), nullptr);
}

TEST(NoAnswer, OfAnOrderThatIsThereIsUnknown) {
  Shop shop;
  shop.world.rpc_fault = at(Fault::lose_answer, "order", "place");
  EXPECT_EQ(shop.place("k", kOneMug, 1000).status, PlaceStatus::unknown);
  EXPECT_EQ(shop.order_db.number("select count(*) from orders"), 1);
  shop.world.rpc_fault = at(Fault::unreachable, "order", "place");
  EXPECT_EQ(shop.place("other", kOneMug, 1000).status, PlaceStatus::unavailable);
  EXPECT_EQ(shop.order_db.number("select count(*) from orders"), 1);
}

TEST(NoAnswer, OfMoneyThatIsTakenIsUnknown) {
  Shop shop;
  const auto order = shop.place("k", kOneMug, 1000).order;
  shop.world.rpc_fault = at(Fault::lose_answer, "order", "pay");
  EXPECT_EQ(shop.pay(order, api::PayMode::direct_debit).status, PayStatus::unknown);
  EXPECT_EQ(shop.alipay.net(), 1000);
}

}  // namespace
}  // namespace ordeal::gateway

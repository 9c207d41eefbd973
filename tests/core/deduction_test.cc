// Stock that is taken by who pays, and not by who orders (A25): nobody holds what he does not pay for, and who pays for what
// is gone gets all of his money back (I-16, F-26).
#include <gtest/gtest.h>

#include "tests/support/shop.h"

namespace ordeal::order {
namespace {

using namespace literals;
using api::OrderState;
using support::Fault;
using support::Shop;

const std::vector<api::Line> kAllMugs{{SkuId{1}, 5}};
constexpr std::int64_t kOfAllMugs = 5000;

support::ShopDesigns at_payment() {
  support::ShopDesigns designs;
  designs.deduction = "at_payment";
  return designs;
}

auto lose(Fault fault, std::string service, std::string method) {
  return [=](std::string_view s, std::string_view m) {
    return s == service && m == method ? fault : Fault::none;
  };
}

OrderId place(Shop& shop, const std::string& key) { return shop.place(key, kAllMugs, kOfAllMugs).order; }

// Both wait for their money, and have paid it at the channel.
struct TwoWhoPaid {
  TwoWhoPaid() : shop(at_payment()), first(place(shop, "first")), second(place(shop, "second")) {
    EXPECT_EQ(shop.state(first), OrderState::unpaid);
    EXPECT_EQ(shop.state(second), OrderState::unpaid) << "an order holds nothing";
    for (const OrderId order : {first, second}) {
      const auto pay = shop.pay(order);
      EXPECT_TRUE(shop.alipay.pay(pay.out_trade_no));
      EXPECT_TRUE(shop.alipay.notify(pay.out_trade_no));
    }
  }
  std::int64_t number(const char* sql) { return shop.order_db.number(sql); }

  Shop shop;
  OrderId first;
  OrderId second;
};

TEST(Deduction, AtPaymentTakesNothingWhenOrdered) {
  Shop shop(at_payment());
  place(shop, "k");
  EXPECT_EQ(shop.inventory_db.number("select available from stock where sku = 1"), 5);
  EXPECT_EQ(shop.world.calls["inventory.reserve"], 0);
}

TEST(Deduction, WhoPaysFirstHasItAndTheOtherGetsHisMoneyBack) {
  TwoWhoPaid day;
  day.shop.run();
  EXPECT_EQ(day.shop.state(day.first), OrderState::paid);
  EXPECT_EQ(day.shop.state(day.second), OrderState::closed);
  EXPECT_EQ(day.shop.inventory_db.number("select sold from stock where sku = 1"), 5);
  EXPECT_EQ(day.number("select count(*) from late_payment where reason = 2 and amount = 5000"), 1);
  EXPECT_EQ(day.shop.payment_db.number("select count(*) from refund where state = 1 and reason = 2"), 1);
  EXPECT_EQ(day.shop.first_wrong(), "");
}

TEST(Deduction, TheCloseAndTheRefundAreOneStep) {
  TwoWhoPaid day;
  day.shop.payment.run_relay();
  EXPECT_EQ(day.number("select count(*) from orders where state = 3"),
            day.number("select count(*) from outbox where topic = 'refund.requested'"));
  EXPECT_EQ(day.number("select count(*) from outbox where topic = 'order.closed'"), 1);
}

TEST(Deduction, WhileInventoryIsSilentThePaymentIsToldAgain) {
  for (const Fault fault : {Fault::lose_request, Fault::lose_answer}) {
    TwoWhoPaid day;
    day.shop.world.rpc_fault = lose(fault, "inventory", "reserve");
    day.shop.run();
    EXPECT_EQ(day.shop.state(day.first), OrderState::unpaid) << "nobody knows: neither paid nor closed";
    EXPECT_EQ(day.shop.state(day.second), OrderState::unpaid);
    day.shop.world.rpc_fault = nullptr;
    day.shop.world.clock.advance(10_min);
    day.shop.run();
    EXPECT_EQ(day.number("select count(*) from orders where state = 2"), 1);
    EXPECT_EQ(day.number("select count(*) from orders where state = 3"), 1);
    EXPECT_EQ(day.shop.first_wrong(), "");
  }
}

TEST(Deduction, APaidOrderWhoseStockIsUncertainIsNotClosedWhenItsTimeIsOver) {
  TwoWhoPaid day;
  day.shop.world.rpc_fault = lose(Fault::lose_request, "inventory", "reserve");
  day.shop.world.clock.advance(20_min);
  EXPECT_TRUE(day.shop.order.run_closing().has_value()) << "it is looked at again";
  EXPECT_EQ(day.shop.state(day.first), OrderState::unpaid);
  day.shop.world.rpc_fault = nullptr;
  day.shop.world.clock.advance(1_min);
  day.shop.order.run_closing();
  EXPECT_EQ(day.number("select count(*) from orders where state = 2"), 1);
}

TEST(Deduction, ACaptureThatIsToldAgainTakesNothingMore) {
  TwoWhoPaid day;
  day.shop.run();
  const auto paid_by = day.number("select paid_attempt from orders where state = 2");
  EXPECT_TRUE(day.shop.order.on_captured({day.first, AttemptId{paid_by}, {kOfAllMugs, {}}}).done);
  EXPECT_EQ(day.number("select count(*) from late_payment"), 1);
  EXPECT_EQ(day.shop.inventory_db.number("select sold from stock where sku = 1"), 5);
}

TEST(Deduction, OfWhatCostsNothingIsWhenItIsOrdered) {
  Shop shop(at_payment());
  shop.order_db.transact("gift", [](env::Tx& tx) { catalog::put_price(tx, SkuId{3}, {0, {}}); });
  shop.inventory_db.transact("gift", [](env::Tx& tx) { inventory::put_stock(tx, SkuId{3}, 1); });
  EXPECT_EQ(shop.place("first", {{SkuId{3}, 1}}, 0).state, OrderState::paid);
  EXPECT_EQ(shop.place("second", {{SkuId{3}, 1}}, 0).status, api::PlaceStatus::out_of_stock);
}

TEST(Deduction, AndWhatElseIsDecidedAreMadeByName) {
  EXPECT_EQ(make_deduction("never"), nullptr);
  EXPECT_EQ(make_beginning("stock_first"), nullptr);
  EXPECT_EQ(make_basket_lines("first"), nullptr);
  EXPECT_EQ(make_giving_up("whole_row"), nullptr);
  EXPECT_EQ(gateway::make_request_key("own"), nullptr);
  EXPECT_EQ(payment::make_way_change("beside"), nullptr);
  EXPECT_EQ(payment::make_refusal("believed"), nullptr);
}

}  // namespace
}  // namespace ordeal::order

// The order service and its seams, each correct implementation against the same cases.
#include <gtest/gtest.h>

#include "tests/support/shop.h"

namespace ordeal::order {
namespace {

using namespace literals;
using api::OrderState;
using api::PlaceStatus;
using support::Fault;
using support::Shop;

const std::vector<api::Line> kOneMug{{SkuId{1}, 1}};

auto lose(Fault fault, std::string service, std::string method) {
  return [=](std::string_view s, std::string_view m) {
    return s == service && m == method ? fault : Fault::none;
  };
}

TEST(Place, MakesOneOrderPerRequestKey) {
  Shop shop;
  const auto first = shop.place("k", kOneMug, 1000);
  EXPECT_EQ(first.status, PlaceStatus::placed);
  EXPECT_EQ(first.state, OrderState::unpaid);
  EXPECT_EQ(shop.place("k", kOneMug, 1000).order, first.order);
  EXPECT_NE(shop.place("other", kOneMug, 1000).order, first.order);
  EXPECT_EQ(shop.order_db.count<api::facts::OrderPlaced>(), 2);
}

TEST(Place, AKeyWithAnotherPayloadIsAConflict) {
  Shop shop;
  shop.place("k", kOneMug, 1000);
  EXPECT_EQ(shop.place("k", {{SkuId{1}, 2}}, 2000).status, PlaceStatus::conflict);
  EXPECT_EQ(shop.order_db.number("select count(*) from orders"), 1);
}

TEST(Place, RefusesAnotherPriceAndSaysTheRightOne) {
  Shop shop;
  const auto reply = shop.place("k", {{SkuId{1}, 2}, {SkuId{2}, 3}}, 2000);
  EXPECT_EQ(reply.status, PlaceStatus::price_changed);
  EXPECT_EQ(reply.total.minor, 2750);
  EXPECT_EQ(shop.place("k", {{SkuId{1}, 2}, {SkuId{2}, 3}}, 2750).status, PlaceStatus::placed);
}

TEST(Place, RefusesWhatIsNoOrder) {
  Shop shop;
  EXPECT_EQ(shop.place("k", {}, 0).status, PlaceStatus::invalid);
  EXPECT_EQ(shop.place("", kOneMug, 1000).status, PlaceStatus::invalid);
  EXPECT_EQ(shop.place("k", {{SkuId{1}, 0}}, 0).status, PlaceStatus::invalid);
  EXPECT_EQ(shop.place("k", {{SkuId{1}, -1}}, -1000).status, PlaceStatus::invalid);
  EXPECT_EQ(shop.place("k", {{SkuId{9}, 1}}, 1000).status, PlaceStatus::invalid);
  EXPECT_EQ(shop.place("k", {{SkuId{1}, INT64_MAX}}, 1000).status, PlaceStatus::invalid);
  EXPECT_EQ(shop.order_db.number("select count(*) from orders"), 0);
}

TEST(Place, IsOneMerchantsOrNone) {
  Shop shop;
  shop.order_db.transact("another seller", [](env::Tx& tx) {
    catalog::put_price(tx, SkuId{2}, {250, {}}, MerchantId{2});
  });
  EXPECT_EQ(shop.place("both", {{SkuId{1}, 1}, {SkuId{2}, 1}}, 1250).status, PlaceStatus::invalid);
  EXPECT_EQ(shop.order_db.number("select count(*) from orders"), 0);
  EXPECT_EQ(shop.place("second", {{SkuId{2}, 1}}, 250).status, PlaceStatus::placed);
  EXPECT_EQ(shop.order_db.number("select merchant from orders"), 2);
}

TEST(Place, WithoutStockIsRejectedAndStaysSo) {
  Shop shop;
  const auto reply = shop.place("k", {{SkuId{1}, 6}}, 6000);
  EXPECT_EQ(reply.status, PlaceStatus::out_of_stock);
  EXPECT_EQ(shop.state(reply.order), OrderState::rejected);
  shop.run();
  EXPECT_EQ(shop.place("k", {{SkuId{1}, 6}}, 6000).status, PlaceStatus::out_of_stock);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST(Place, ALostReserveIsTakenUpByTheRetryOfTheShopper) {
  for (const Fault fault : {Fault::lose_request, Fault::lose_answer, Fault::unreachable}) {
    Shop shop;
    shop.world.rpc_fault = lose(fault, "inventory", "reserve");
    const auto first = shop.place("k", kOneMug, 1000);
    EXPECT_EQ(first.status, PlaceStatus::pending);
    shop.world.rpc_fault = nullptr;
    const auto again = shop.place("k", kOneMug, 1000);
    EXPECT_EQ(again.status, PlaceStatus::placed);
    EXPECT_EQ(again.order, first.order);
    EXPECT_EQ(shop.inventory_db.number("select reserved from stock where sku = 1"), 1);
  }
}

TEST(Place, WhatCostsNothingIsPaidAndMovesNoMoney) {
  Shop shop;
  shop.order_db.transact("a sample", [](env::Tx& tx) {
    catalog::put_price(tx, SkuId{2}, {0, {}}, MerchantId{1});
  });
  const auto reply = shop.place("k", {{SkuId{2}, 3}}, 0);
  EXPECT_EQ(reply.status, PlaceStatus::placed);
  EXPECT_EQ(reply.state, OrderState::paid);
  EXPECT_EQ(shop.pay(reply.order).status, api::PayStatus::captured);
  shop.run();
  EXPECT_EQ(shop.inventory_db.number("select sold from stock where sku = 2"), 3);
  EXPECT_EQ(shop.payment_db.number("select count(*) from attempt"), 0);
  EXPECT_EQ(shop.ledger_db.number("select count(*) from entry"), 0);
  EXPECT_EQ(shop.merchant_heard, 1);
  EXPECT_EQ(shop.cancel(reply.order), api::CancelStatus::refused);
  EXPECT_EQ(shop.first_wrong(), "");
}

TEST(Drafts, OfWhatCostsNothingAreRecoveredAsPaid) {
  Shop shop;
  shop.order_db.transact("a sample", [](env::Tx& tx) {
    catalog::put_price(tx, SkuId{2}, {0, {}}, MerchantId{1});
  });
  shop.world.rpc_fault = lose(Fault::lose_answer, "inventory", "reserve");
  const auto order = shop.place("k", {{SkuId{2}, 1}}, 0).order;
  shop.world.rpc_fault = nullptr;
  shop.world.clock.advance(5_s);
  shop.order.run_drafts();
  EXPECT_EQ(shop.state(order), OrderState::paid);
}

TEST(Drafts, AreRecoveredWithoutTheShopper) {
  Shop shop;
  shop.world.rpc_fault = lose(Fault::lose_answer, "inventory", "reserve");
  const auto first = shop.place("k", kOneMug, 1000);
  shop.world.rpc_fault = nullptr;
  shop.world.clock.advance(5_s);
  EXPECT_EQ(shop.order.run_drafts(), std::nullopt);
  EXPECT_EQ(shop.state(first.order), OrderState::unpaid);
  EXPECT_EQ(shop.inventory_db.number("select reserved from stock where sku = 1"), 1);
}

TEST(Drafts, AreGivenUpAndTheirStockGoesBack) {
  Shop shop;
  shop.world.rpc_fault = lose(Fault::lose_answer, "inventory", "reserve");
  const auto first = shop.place("k", kOneMug, 1000);
  EXPECT_EQ(shop.inventory_db.number("select reserved from stock where sku = 1"), 1);
  for (auto next = shop.order.run_drafts(); next; next = shop.order.run_drafts())
    shop.world.clock.wall = *next;
  EXPECT_EQ(shop.state(first.order), OrderState::rejected);
  shop.run();
  EXPECT_EQ(shop.inventory_db.number("select reserved from stock where sku = 1"), 0);
  EXPECT_EQ(shop.world.log.marks["draft given up"], 1);
  // The reserve that hung on the way comes at last.
  EXPECT_EQ(shop.inventory.reserve({first.order, kOneMug}).status, api::ReserveStatus::refused);
}

TEST(Place, AnUnknownCommitIsFoundByTheSameKey) {
  Shop shop;
  shop.order_db.next_commit_is_unknown = true;
  EXPECT_EQ(shop.place("k", kOneMug, 1000).status, PlaceStatus::unknown);
  EXPECT_EQ(shop.place("k", kOneMug, 1000).status, PlaceStatus::placed);
  EXPECT_EQ(shop.order_db.number("select count(*) from orders"), 1);
}

class EveryStatusWriter : public testing::TestWithParam<const char*> {
 protected:
  EveryStatusWriter() {
    OrderRow row;
    row.id = OrderId{1};
    row.version = 1;
    db.transact("insert", [&](env::Tx& tx) { insert_order(tx, row, {}, {}); });
  }
  OrderRow seen() {
    return *env::in_read(db, "read", [](env::Connection& c) { return find_order(c, OrderId{1}); });
  }
  bool move(const OrderRow& from, const Move& to) {
    return env::in_transaction(db, "move", [&](env::Tx& tx) { return writer->move(tx, from, to); });
  }
  support::PlainDatabase db{kSchema};
  std::unique_ptr<StatusWriter> writer = make_status_writer(GetParam());
};
INSTANTIATE_TEST_SUITE_P(StatusWriters, EveryStatusWriter, testing::Values("conditional", "version"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(EveryStatusWriter, OneOfTwoWritersThatSawTheSameRowWins) {
  ASSERT_TRUE(move(seen(), {.to = OrderState::unpaid, .at = {}, .close_at = Instant{900}}));
  const OrderRow both = seen();
  EXPECT_EQ(both.close_at, Instant{900});
  EXPECT_EQ(both.due_at, Instant{900});
  EXPECT_TRUE(move(both, {.to = OrderState::paid, .at = {}, .paid_attempt = AttemptId{4}}));
  EXPECT_FALSE(move(both, {.to = OrderState::closed, .at = {}}));
  EXPECT_EQ(seen().state, OrderState::paid);
  EXPECT_EQ(seen().version, 3);
  EXPECT_EQ(seen().paid_attempt, AttemptId{4});
  EXPECT_EQ(seen().due_at, std::nullopt);
  EXPECT_EQ(seen().close_at, Instant{900});
  ASSERT_EQ(db.count<api::facts::OrderMoved>(), 2);
  EXPECT_EQ(db.facts.back().as<api::facts::OrderMoved>().version, 3);
}

TEST_P(EveryStatusWriter, TakesNoEdgeOutsideTheTable) {
  EXPECT_THROW(move(seen(), {.to = OrderState::closed, .at = {}}), CheckFailed);
}

TEST_P(EveryStatusWriter, PostponingIsNoChange) {
  ASSERT_TRUE(move(seen(), {.to = OrderState::unpaid, .at = {}, .close_at = Instant{900}}));
  const OrderRow before = seen();
  db.transact("postpone", [&](env::Tx& tx) { postpone(tx, before, Instant{950}); });
  EXPECT_EQ(seen().version, before.version);
  EXPECT_EQ(seen().due_at, Instant{950});
  EXPECT_TRUE(move(before, {.to = OrderState::closed, .at = {}}));
}

// F-17: the money comes between the closer's look and its write, for every status writer.
TEST_P(EveryStatusWriter, APaymentInTheGapOfTheCloserWins) {
  Shop shop({.status_writer = GetParam()});
  const auto order = shop.place("k", kOneMug, 1000).order;
  const auto pay = shop.pay(order);
  shop.world.clock.advance(15_min);
  bool once = true;
  shop.order_db.before = [&](std::string_view name) {
    if (name != "order.closed" || !std::exchange(once, false)) return;
    EXPECT_TRUE(shop.order.on_captured({order, *payment::attempt_of(pay.out_trade_no), {1000, {}}}).done);
  };
  shop.order.run_closing();
  shop.order_db.before = nullptr;
  EXPECT_EQ(shop.state(order), OrderState::paid);
  EXPECT_EQ(shop.world.log.marks["close lost a race"], 1);
}

TEST_P(EveryStatusWriter, ACloseInTheGapOfThePaymentWinsAndTheMoneyGoesBack) {
  Shop shop({.status_writer = GetParam()});
  const auto order = shop.place("k", kOneMug, 1000).order;
  const auto pay = shop.pay(order);
  shop.world.clock.advance(15_min);
  shop.order_db.before = [&](std::string_view name) {
    if (name == "order.paid") shop.order.run_closing();
  };
  shop.world.rpc_fault = lose(Fault::lose_request, "payment", "settle");
  shop.world.clock.advance(Config{}.settle_grace);
  EXPECT_TRUE(shop.order.on_captured({order, *payment::attempt_of(pay.out_trade_no), {1000, {}}}).done);
  EXPECT_EQ(shop.state(order), OrderState::closed);
  EXPECT_EQ(shop.world.log.marks["late payment refunded"], 1);
}

// F-20: what a commit that is reported as failed came to is seen by who looks again.
TEST(MarkPaid, ACommitThatHappenedUnseenIsPaidAndNotSentBack) {
  for (const bool happens : {true, false}) {
    Shop shop;
    const auto order = shop.place("k", kOneMug, 1000).order;
    const auto pay = shop.pay(order);
    const api::PaymentCaptured money{order, *payment::attempt_of(pay.out_trade_no), {1000, {}}};
    shop.order_db.before = [&](std::string_view name) {
      if (name == "order.paid")
        (happens ? shop.order_db.next_commit_is_unknown : shop.order_db.next_transaction_fails) = true;
    };
    EXPECT_THROW(shop.order.on_captured(money), env::DatabaseError);
    EXPECT_EQ(shop.state(order), happens ? OrderState::paid : OrderState::unpaid);
    shop.order_db.before = nullptr;
    EXPECT_TRUE(shop.order.on_captured(money).done);
    EXPECT_EQ(shop.state(order), OrderState::paid);
    EXPECT_EQ(shop.order_db.number("select count(*) from late_payment"), 0) << happens;
  }
}

TEST(SubmitGuards, AndTheOthersAreMadeByName) {
  EXPECT_EQ(make_submit_guard("none"), nullptr);
  EXPECT_EQ(make_status_writer("blind"), nullptr);
  EXPECT_EQ(make_mark_paid("gives_back"), nullptr);
  EXPECT_EQ(make_late_payment("ignore"), nullptr);
  EXPECT_EQ(make_closer("never"), nullptr);
  EXPECT_EQ(outbox::make_publisher("after_commit"), nullptr);
}

class EveryCloser : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Closers, EveryCloser, testing::Values("scan", "delayed_timer"),
                         [](const auto& each) { return std::string(each.param); });

class Noted : public Closing {
 public:
  explicit Noted(support::FakeWorld& world) : world_(world) {}
  void close(OrderId order) override {
    closed.push_back(order);
    due.reset();
  }
  std::optional<Instant> close_due(Duration lag) override {
    if (due && *due + lag <= world_.clock.wall) close(OrderId{1});
    return due ? std::optional<Instant>(*due + lag) : std::nullopt;
  }
  std::optional<Instant> due;
  std::vector<OrderId> closed;

 private:
  support::FakeWorld& world_;
};

// Runs every task that was spawned, in order, until it ends or idles.
void run_tasks(support::FakeWorld& world) {
  for (std::size_t i = 0; i < world.tasks.spawned.size(); ++i) {
    try {
      world.tasks.spawned[i].second();
    } catch (const support::Idle&) {
    }
  }
}

TEST_P(EveryCloser, FindsAnOrderWhenItsTimeIsOver) {
  support::FakeWorld world;
  Noted closing(world);
  const auto closer = make_closer(GetParam());
  closer->start(world.env("order"), closing);
  closing.due = world.clock.wall + 15_min;
  const Instant due = *closing.due;
  support::PlainDatabase db("");
  db.next_commit_is_unknown = true;  // it may be UNPAID all the same (F-20)
  EXPECT_THROW(db.transact("order.reserved", [&](env::Tx& tx) { closer->expect(tx, OrderId{1}, due); }),
               env::DatabaseError);
  run_tasks(world);
  ASSERT_FALSE(closing.closed.empty());
  EXPECT_GE(world.clock.wall, due);
  EXPECT_LE(world.clock.wall - due, 2_min);
}

TEST_P(EveryCloser, FindsAnOrderThatWasDueWhileTheProcessWasDown) {
  support::FakeWorld world;
  Noted closing(world);
  closing.due = world.clock.wall - 5_min;
  const auto closer = make_closer(GetParam());
  closer->start(world.env("order"), closing);
  run_tasks(world);
  EXPECT_EQ(closing.closed.size(), 1U);
}

TEST(Closing, WaitsForPaymentButNotForEver) {
  Shop shop;
  const auto order = shop.place("k", kOneMug, 1000).order;
  shop.pay(order);
  shop.world.rpc_fault = lose(Fault::lose_request, "payment", "settle");
  const Instant begin = shop.world.clock.wall;
  shop.world.clock.advance(15_min);
  while (const auto next = shop.order.run_closing()) {
    EXPECT_EQ(shop.state(order), OrderState::unpaid);
    shop.world.clock.wall = *next;
  }
  EXPECT_EQ(shop.state(order), OrderState::closed);
  const Config config;
  EXPECT_GE(shop.world.clock.wall - begin, config.pay_window + config.settle_grace);
  EXPECT_LE(shop.world.clock.wall - begin,
            config.pay_window + config.settle_grace + config.settle_retry + config.settle_deadline * 2);
}

TEST(Closing, OneSilenceOfPaymentIsEnoughForAPass) {
  Shop shop;
  for (int i = 0; i < 5; ++i) shop.place("k" + std::to_string(i), kOneMug, 1000);
  shop.world.clock.advance(15_min);
  shop.world.rpc_fault = lose(Fault::lose_request, "payment", "settle");
  shop.order.run_closing();
  EXPECT_EQ(shop.world.calls["payment.settle"], 1);
}

TEST(Captured, IsAskedForAgainWhileTheOrderIsNotReady) {
  Shop shop;
  EXPECT_FALSE(shop.order.on_captured({OrderId{99}, AttemptId{1}, {1000, {}}}).done);
  shop.world.rpc_fault = lose(Fault::lose_request, "inventory", "reserve");
  const auto draft = shop.place("k", kOneMug, 1000).order;
  EXPECT_FALSE(shop.order.on_captured({draft, AttemptId{1}, {1000, {}}}).done);
}

TEST(Captured, OfARejectedOrderGoesBack) {
  Shop shop;
  const auto order = shop.place("k", {{SkuId{1}, 6}}, 6000).order;
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(shop.order.on_captured({order, AttemptId{1}, {6000, {}}}).done);
  EXPECT_EQ(shop.order_db.number("select count(*) from late_payment"), 1);
  EXPECT_EQ(shop.order_db.number("select count(*) from outbox where topic = 'refund.requested'"), 1);
}

}  // namespace
}  // namespace ordeal::order

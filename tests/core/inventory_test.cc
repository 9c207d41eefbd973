// Every correct gate against the same table of cases, and the life of a reservation.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/api/facts.h"
#include "core/inventory/service.h"
#include "tests/support/fake_env.h"

namespace ordeal::inventory {
namespace {

using api::ReserveStatus;
using support::FakeWorld;
using support::PlainDatabase;

struct Fixture {
  explicit Fixture(const std::string& gate_name)
      : db(world.database(kSchema)),
        gate(make_gate(gate_name)),
        service(world.env("inventory"), db, {*gate}) {
    db.transact("stock", [](env::Tx& tx) {
      put_stock(tx, SkuId{1}, 5);
      put_stock(tx, SkuId{2}, 1);
    });
  }
  ReserveStatus reserve(std::int64_t order, std::vector<api::Line> lines) {
    return service.reserve({OrderId{order}, std::move(lines)}).status;
  }
  std::string stock(int sku) {
    const auto of = [&](const char* column) {
      return std::to_string(
          db.number(std::string("select ") + column + " from stock where sku = " + std::to_string(sku)));
    };
    return of("available") + "/" + of("reserved") + "/" + of("sold");
  }

  FakeWorld world;
  PlainDatabase& db;
  std::unique_ptr<Gate> gate;
  Service service;
};

class EveryGate : public testing::TestWithParam<const char*> {
 protected:
  Fixture f{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Gates, EveryGate, testing::Values("conditional_update", "row_lock"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(EveryGate, TakesAllLinesOrNone) {
  EXPECT_EQ(f.reserve(1, {{SkuId{2}, 1}, {SkuId{1}, 2}}), ReserveStatus::reserved);
  EXPECT_EQ(f.stock(1), "3/2/0");
  EXPECT_EQ(f.stock(2), "0/1/0");
  EXPECT_EQ(f.reserve(2, {{SkuId{1}, 1}, {SkuId{2}, 1}}), ReserveStatus::out_of_stock);
  EXPECT_EQ(f.stock(1), "3/2/0");
  EXPECT_EQ(f.db.count<api::facts::StockReserved>(), 2);
}

TEST_P(EveryGate, GivesARepeatTheSameAnswerAndTakesNothingMore) {
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 5}}), ReserveStatus::reserved);
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 5}}), ReserveStatus::reserved);
  EXPECT_EQ(f.stock(1), "0/5/0");
}

TEST_P(EveryGate, AddsUpLinesOfOneSku) {
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 2}, {SkuId{1}, 3}}), ReserveStatus::reserved);
  EXPECT_EQ(f.stock(1), "0/5/0");
  EXPECT_EQ(f.reserve(2, {{SkuId{1}, 1}}), ReserveStatus::out_of_stock);
}

TEST_P(EveryGate, RefusesASkuItDoesNotKnow) {
  EXPECT_EQ(f.reserve(1, {{SkuId{9}, 1}}), ReserveStatus::out_of_stock);
}

TEST_P(EveryGate, RefusesAReserveThatComesAfterItsRelease) {
  EXPECT_TRUE(f.service.on_order_ended(OrderId{1}).done);
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 1}}), ReserveStatus::refused);
  EXPECT_EQ(f.stock(1), "5/0/0");
}

TEST_P(EveryGate, ConsumesOnceAndReleasesNothingAfterwards) {
  f.reserve(1, {{SkuId{1}, 2}, {SkuId{2}, 1}});
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(f.service.on_order_paid({.order = OrderId{1}}).done);
  EXPECT_EQ(f.stock(1), "3/0/2");
  EXPECT_TRUE(f.service.on_order_ended(OrderId{1}).done);
  EXPECT_EQ(f.stock(1), "3/0/2");
  EXPECT_EQ(f.db.count<api::facts::StockConsumed>(), 2);
  EXPECT_EQ(f.db.count<api::facts::StockReleased>(), 0);
}

TEST_P(EveryGate, ReleasesOnce) {
  f.reserve(1, {{SkuId{1}, 2}});
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(f.service.on_order_ended(OrderId{1}).done);
  EXPECT_EQ(f.stock(1), "5/0/0");
  EXPECT_EQ(f.db.count<api::facts::StockReleased>(), 1);
}

TEST_P(EveryGate, AsksForAPaymentAgainWhoseReservationIsNotHere) {
  EXPECT_FALSE(f.service.on_order_paid({.order = OrderId{1}}).done);
}

// The gap before each transaction is where another task may run. A release in the gap makes stock, it never
// takes any.
TEST_P(EveryGate, StandsAReleaseInItsGap) {
  f.reserve(1, {{SkuId{1}, 5}});
  f.db.before = [&](std::string_view name) {
    if (name == "inventory.reserve") f.service.on_order_ended(OrderId{1});
  };
  f.reserve(2, {{SkuId{1}, 1}});
  f.db.before = nullptr;
  EXPECT_EQ(f.db.number("select available + reserved + sold from stock where sku = 1"), 5);
}

TEST(ConditionalUpdate, IsNotFooledByABuyerInItsGap) {
  Fixture f("conditional_update");
  f.db.before = [&](std::string_view name) {
    if (name != "inventory.reserve") return;
    EXPECT_EQ(
        make_gate("conditional_update")->reserve(f.db, OrderId{2}, std::vector<api::Line>{{SkuId{2}, 1}}),
        ReserveStatus::reserved);
  };
  EXPECT_EQ(f.reserve(1, {{SkuId{2}, 1}}), ReserveStatus::out_of_stock);
  EXPECT_EQ(f.stock(2), "0/1/0");
}

TEST(RowLock, IsBusyWhenTheLockIsNotToBeHad) {
  Fixture f("row_lock");
  f.db.locks_time_out = true;
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 1}}), ReserveStatus::busy);
  EXPECT_EQ(f.stock(1), "5/0/0");
}

// I-10, I-14 under any sequence of handlers, with repeats and in any order.
RC_GTEST_PROP(Inventory, AddsUpWhateverComes, ()) {
  Fixture f(*rc::gen::element<std::string>("conditional_update", "row_lock"));
  const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
      rc::gen::tuple(rc::gen::inRange(0, 3), rc::gen::inRange(1, 6), rc::gen::inRange(1, 4)));
  for (const auto& [what, order, qty] : steps) {
    if (what == 0) f.reserve(order, {{SkuId{1}, qty}, {SkuId{2}, 1}});
    if (what == 1) f.service.on_order_paid({.order = OrderId{order}});
    if (what == 2) f.service.on_order_ended(OrderId{order});
    RC_ASSERT(f.db.number("select count(*) from stock where available + reserved + sold <> initial") == 0);
    RC_ASSERT(f.db.number("select coalesce(sum(reserved), 0) from stock") ==
              f.db.number("select coalesce(sum(qty), 0) from reservation where state = 0"));
    RC_ASSERT(f.db.number("select coalesce(sum(sold), 0) from stock") ==
              f.db.number("select coalesce(sum(qty), 0) from reservation where state = 1"));
  }
}

TEST(Gates, AreMadeByName) { EXPECT_EQ(make_gate("no such gate"), nullptr); }

}  // namespace
}  // namespace ordeal::inventory

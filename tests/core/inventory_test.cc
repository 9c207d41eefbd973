// Every correct gate against the same table of cases, and the life of a reservation.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/api/facts.h"
#include "core/inventory/cache_gate.h"
#include "core/inventory/service.h"
#include "tests/support/fake_env.h"
#include "tests/support/local_cache.h"

namespace ordeal::inventory {
namespace {

using api::ReserveStatus;
using support::FakeWorld;
using support::PlainDatabase;

struct Fixture {
  explicit Fixture(const std::string& gate_name)
      : gate(make_gate(gate_name)),
        db(world.database(std::string(gate->schema()).c_str())),
        service(world.env("inventory"), db, {*gate}) {
    world.env("inventory").cache_if_any = &cache;
    gate->start(world.env("inventory"));
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
  support::LocalCache cache;
  std::unique_ptr<Gate> gate;
  PlainDatabase& db;
  Service service;
};

class EveryGate : public testing::TestWithParam<const char*> {
 protected:
  Fixture f{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Gates, EveryGate,
                         testing::Values("conditional_update", "row_lock", "version", "cache_then_db"),
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

TEST(Version, StartsAgainWhenItWasOvertaken) {
  Fixture f("version");
  int others = 0;
  f.db.before = [&](std::string_view name) {
    if (name != "inventory.reserve" || others++ > 0) return;
    EXPECT_EQ(make_gate("version")->reserve(f.db, OrderId{2}, std::vector<api::Line>{{SkuId{1}, 1}}),
              ReserveStatus::reserved);
  };
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 4}}), ReserveStatus::reserved);
  EXPECT_EQ(f.stock(1), "0/5/0");
}

TEST(Version, IsBusyWhenItIsOvertakenEveryTime) {
  Fixture f("version");
  std::int64_t other = 1;
  f.db.before = [&](std::string_view name) {
    // A release and a sale of the same unit change nothing that can be counted; the version moves all the same.
    if (name != "inventory.reserve" || other % 2 == 0) return;
    const OrderId order{100 + ++other};
    make_gate("version")->reserve(f.db, order, std::vector<api::Line>{{SkuId{1}, 1}});
    f.service.on_order_ended(order);
    ++other;
  };
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 5}}), ReserveStatus::busy);
  EXPECT_EQ(f.stock(1), "5/0/0");
}

TEST(Version, CountsEveryChangeOfARow) {  // F-09
  Fixture f("version");
  const auto version = [&] { return f.db.number("select version from stock where sku = 1"); };
  f.reserve(1, {{SkuId{1}, 1}});
  EXPECT_EQ(version(), 1);
  f.service.on_order_paid({.order = OrderId{1}});
  EXPECT_EQ(version(), 2);
  f.reserve(2, {{SkuId{1}, 1}});
  f.service.on_order_ended(OrderId{2});
  EXPECT_EQ(version(), 4);
}

class CacheGateTest : public testing::Test {
 protected:
  Fixture f{"cache_then_db"};
  int transactions = 0;
  void SetUp() override {
    f.db.before = [this](std::string_view name) { transactions += name == "inventory.reserve" ? 1 : 0; };
  }
  std::string left(std::int64_t sku) { return f.cache.at(count_key(SkuId{sku})); }
};

TEST_F(CacheGateTest, CountsInTheCacheAndOpensNoTransactionForWhatIsSoldOut) {
  EXPECT_EQ(f.reserve(1, {{SkuId{2}, 1}}), ReserveStatus::reserved);
  EXPECT_EQ(left(2), "0");
  for (int order = 2; order < 7; ++order)
    EXPECT_EQ(f.reserve(order, {{SkuId{1}, 1}, {SkuId{2}, 1}}), ReserveStatus::out_of_stock);
  EXPECT_EQ(transactions, 1);
  EXPECT_EQ(f.world.log.marks["the cache turned a buyer away"], 5);
  f.reserve(7, {{SkuId{1}, 1}});
  EXPECT_EQ(left(1), "4")
      << "what the first line took went back each time (F-25), and nothing stays negative (F-22)";
}

TEST_F(CacheGateTest, CountsARepeatOnce) {  // F-03
  f.reserve(1, {{SkuId{1}, 2}});
  f.reserve(1, {{SkuId{1}, 2}});
  EXPECT_EQ(left(1), "3");
}

TEST_F(CacheGateTest, CountsWhatComesBack) {
  f.reserve(1, {{SkuId{2}, 1}});
  f.service.on_order_ended(OrderId{1});
  f.service.on_order_ended(OrderId{1});
  EXPECT_EQ(left(2), "1");
  EXPECT_EQ(f.reserve(2, {{SkuId{2}, 1}}), ReserveStatus::reserved);
}

TEST_F(CacheGateTest, DoesNotSellWhatACacheBelievesToHave) {  // F-02
  f.reserve(1, {{SkuId{2}, 1}});
  ASSERT_TRUE(f.cache.set(count_key(SkuId{2}), "1").ok());
  EXPECT_EQ(f.reserve(2, {{SkuId{2}, 1}}), ReserveStatus::out_of_stock);
  EXPECT_EQ(left(2), "-") << "a count that is wrong is thrown away";
}

TEST_F(CacheGateTest, SellsWhatACacheBelievesToBeGone) {  // I-16
  ASSERT_TRUE(f.cache.set(count_key(SkuId{1}), "0").ok());
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 1}}), ReserveStatus::reserved);
  EXPECT_EQ(left(1), "-");
}

TEST_F(CacheGateTest, ACacheThatForgotIsNotSoldOut) {  // F-39
  f.reserve(1, {{SkuId{1}, 1}});
  f.cache.keys.clear();
  EXPECT_EQ(f.reserve(2, {{SkuId{1}, 1}}), ReserveStatus::reserved);
  EXPECT_EQ(left(1), "3");
}

TEST_F(CacheGateTest, AnOrderThatHoldsTheLastUnitIsNotTurnedAwayWhenItAsksAgain) {
  f.reserve(1, {{SkuId{2}, 1}});
  ASSERT_TRUE(*f.cache.remove(taken_key(OrderId{1})));
  EXPECT_EQ(f.reserve(1, {{SkuId{2}, 1}}), ReserveStatus::reserved);
  EXPECT_EQ(f.stock(2), "0/1/0");
}

TEST_F(CacheGateTest, DoesNotWaitForSomebodyElsesCount) {  // single flight
  ASSERT_TRUE(f.cache.set("stock-building:1", "1").ok());
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 1}}), ReserveStatus::reserved);
  EXPECT_EQ(left(1), "-");
}

TEST_F(CacheGateTest, ASilentCacheIsLeftInPeaceForAWhile) {
  f.cache.fails = env::CacheError::timeout;
  EXPECT_EQ(f.reserve(1, {{SkuId{1}, 1}}), ReserveStatus::reserved);
  const int asked = f.cache.asked;
  EXPECT_EQ(f.reserve(2, {{SkuId{1}, 1}}), ReserveStatus::reserved);
  EXPECT_EQ(f.cache.asked, asked);
  f.cache.fails.reset();
  f.world.clock.advance(kPause);
  EXPECT_EQ(f.reserve(3, {{SkuId{1}, 1}}), ReserveStatus::reserved);
  EXPECT_EQ(left(1), "2");
}

// I-10, I-14 under any sequence of handlers, with repeats and in any order.
RC_GTEST_PROP(Inventory, AddsUpWhateverComes, ()) {
  Fixture f(*rc::gen::element<std::string>("conditional_update", "row_lock", "version", "cache_then_db"));
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

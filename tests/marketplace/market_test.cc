// The market before two shards and an index, without a simulator: what is refused, which shards are asked, and what happens while a
// bucket moves.
#include "core/marketplace/market.h"

#include <algorithm>
#include <memory>

#include <gtest/gtest.h>

#include "core/ids/workers.h"
#include "core/marketplace/index.h"
#include "core/sharding/sales.h"
#include "core/sharding/shard.h"
#include "sim/disk/vfs.h"
#include "tests/support/fake_env.h"

namespace ordeal::marketplace {
namespace {

using api::SaleState;
using api::SaleStatus;
using support::Fault;

const std::string kMarketSchema = std::string(ids::kTables) + std::string(sharding::kMapTable);
const std::string kShardSchema(sharding::kShardTables);
const std::string kIndexSchema(kIndexTables);
constexpr MerchantId kSeller{7};

struct Fixture {
  explicit Fixture(const char* ids_name = "gene", const char* lookup_name = "mapping",
                   sharding::Plan with = {2, 0, {}})
      : plan(with), ids(ids::make_order_ids(ids_name)), lookup(make_lookup(lookup_name)) {
    world.through_json = true;
    world.tasks.on_idle_wait = [this] { run_spawned(); };
    market_db.transact("seed", [&](env::Tx& tx) {
      for (std::int64_t b = 0; b < sharding::kBuckets; ++b)
        sharding::put_place(tx, b, {sharding::first_shard_of(b, plan.shards), 1});
    });
    for (std::int64_t n = 1; n <= plan.at_most(); ++n) {
      auto& db = world.database(kShardSchema.c_str());
      shard_dbs.push_back(&db);
      db.transact("seed", [&](env::Tx& tx) {
        for (std::int64_t b = 0; b < sharding::kBuckets; ++b) {
          if (sharding::first_shard_of(b, plan.shards) == n)
            sharding::put_bucket(tx, b, sharding::Home::here, 1);
        }
      });
      env::Env& env = world.env(std::string(sharding::service_of(n)));
      shards.push_back(std::make_unique<sharding::Shard>(env, db, n, false));
      shards.back()->start();
      feeds.push_back(std::make_unique<sharding::Feed>(env, db, n));
    }
    index->start();
    market = std::make_unique<Market>(world.env("market"), market_db, Designs{*ids, *router, *lookup},
                                      Config{"market-1", plan});
    world.tasks.spawned.clear();
  }

  void run_spawned() {
    for (auto& [name, work] : std::exchange(world.tasks.spawned, {})) work();
  }
  api::SaleReply place(UserId buyer, const std::string& key = "k", std::int64_t amount = 500) {
    return market->place({buyer, key, kSeller, amount});
  }
  api::Sales look() { return market->look({kSeller}); }
  std::int64_t rows() {
    std::int64_t all = 0;
    for (auto* db : shard_dbs) all += db->number("select count(*) from sale");
    return all;
  }
  int questions() {
    int all = 0;
    for (const auto& [call, times] : world.calls) all += call.ends_with(".sales_of") ? times : 0;
    return all;
  }
  static UserId buyer_in(std::int64_t bucket) {
    for (std::int64_t id = 1;; ++id) {
      if (sharding::bucket_of(UserId{id}) == bucket) return UserId{id};
    }
  }

  sharding::Plan plan;
  support::FakeWorld world;
  // The laws' tests of this program use the simulator's SQLite too, which wants to be there first.
  support::PlainDatabase& market_db = (sim::prepare_sqlite(), world.database(kMarketSchema.c_str()));
  support::PlainDatabase& index_db = world.database(kIndexSchema.c_str());
  std::vector<support::PlainDatabase*> shard_dbs;
  std::vector<std::unique_ptr<sharding::Shard>> shards;
  std::vector<std::unique_ptr<sharding::Feed>> feeds;
  std::unique_ptr<ids::OrderIds> ids;
  std::unique_ptr<Lookup> lookup;
  std::unique_ptr<sharding::Router> router = sharding::make_router("versioned_map");
  std::unique_ptr<CopyWriter> writer = make_copy_writer("if_newer");
  std::unique_ptr<Index> index = std::make_unique<Index>(world.env("seller-index"), index_db, *writer);
  std::unique_ptr<Market> market;
};

TEST(Market, OneKeyIsOneOrderAndAnotherRequestUnderItIsAConflict) {
  Fixture f;
  const auto first = f.place({1});
  EXPECT_EQ(first.status, SaleStatus::done);
  EXPECT_EQ(f.place({1}).sale, first.sale);
  EXPECT_EQ(f.place({1}, "k", 501).status, SaleStatus::conflict);
  EXPECT_NE(f.place({1}, "other").sale.id, first.sale.id);
  EXPECT_EQ(f.rows(), 2);
}

TEST(Market, WhatIsWrongGetsItsWordAndChangesNothing) {
  Fixture f;
  const auto word = [&](api::PlaceSale request) { return f.market->place(request).status; };
  EXPECT_EQ(word({{0}, "k", kSeller, 5}), SaleStatus::bad_buyer);
  EXPECT_EQ(word({{-1}, "k", kSeller, 5}), SaleStatus::bad_buyer);
  EXPECT_EQ(word({{1}, "", kSeller, 5}), SaleStatus::bad_key);
  EXPECT_EQ(word({{1}, std::string(kLongestKey + 1, 'k'), kSeller, 5}), SaleStatus::bad_key);
  EXPECT_EQ(word({{1}, std::string(kLongestKey, 'k'), kSeller, 5}), SaleStatus::done)
      << "the longest that is right";
  EXPECT_EQ(word({{1}, "k", {}, 5}), SaleStatus::bad_seller);
  EXPECT_EQ(word({{1}, "k", {-3}, 5}), SaleStatus::bad_seller);
  EXPECT_EQ(word({{1}, "k", kSeller, 0}), SaleStatus::bad_amount);
  EXPECT_EQ(word({{1}, "k", kSeller, INT64_MIN}), SaleStatus::bad_amount);
  EXPECT_EQ(word({{1}, "k", kSeller, kMostAmount + 1}), SaleStatus::bad_amount);
  EXPECT_EQ(f.rows(), 1);
  EXPECT_EQ(f.index_db.number("select count(*) from relation"), 1);
}

TEST(Market, AnOrderMovesAlongItsEdgesByWhoMayMoveIt) {
  Fixture f;
  const api::Sale sale = f.place({1}).sale;
  const auto move = [&](UserId buyer, MerchantId seller, SaleState to) {
    return f.market->move({sale.id, buyer, seller, to}).status;
  };
  EXPECT_EQ(move({1}, kSeller, SaleState::shipped), SaleStatus::not_so) << "not paid";
  EXPECT_EQ(move({2}, {}, SaleState::paid), SaleStatus::not_so) << "not hers";
  EXPECT_EQ(move({1}, kSeller, SaleState::paid), SaleStatus::not_so) << "a seller does not pay";
  EXPECT_EQ(move({1}, {}, SaleState::placed), SaleStatus::bad_state);
  EXPECT_EQ(move({0}, {}, SaleState::paid), SaleStatus::bad_buyer);
  EXPECT_EQ(move({1}, {-1}, SaleState::paid), SaleStatus::bad_seller);
  EXPECT_EQ(move({1}, {}, SaleState::paid), SaleStatus::done);
  EXPECT_EQ(move({1}, {}, SaleState::paid), SaleStatus::done) << "again";
  EXPECT_EQ(move({1}, {}, SaleState::cancelled), SaleStatus::not_so);
  EXPECT_EQ(move({1}, {kSeller.value + 1}, SaleState::shipped), SaleStatus::not_so) << "not his";
  EXPECT_EQ(move({1}, {}, SaleState::shipped), SaleStatus::not_so) << "a buyer does not ship";
  EXPECT_EQ(move({1}, kSeller, SaleState::shipped), SaleStatus::done);
  EXPECT_EQ(f.market->move({{sale.id.value + 1}, {1}, {}, SaleState::paid}).status, SaleStatus::not_so);
  EXPECT_EQ(f.market->look({kSeller}).sales.front().version, 3);
}

// The counts that I-62 believes are those of the calls.
TEST(Lookup, AsksSoManyShardsAsItSays) {
  struct Row {
    const char* ids;
    const char* lookup;
    std::int64_t asked;
    bool broadcast;
  };
  for (const Row& row :
       {Row{"snowflake", "scatter", 2, false}, Row{"snowflake", "mapping", 1, false},
        Row{"gene", "gene", 1, false}, Row{"snowflake", "gene", 2, true}, Row{"segments", "gene", 2, true}}) {
    Fixture f(row.ids, row.lookup);
    const auto sale = f.place(Fixture::buyer_in(4)).sale;
    const api::Sales seen = f.look();
    EXPECT_TRUE(seen.complete) << row.lookup;
    EXPECT_EQ(seen.asked, row.asked) << row.ids << " " << row.lookup;
    EXPECT_EQ(seen.broadcast, row.broadcast) << row.ids << " " << row.lookup;
    EXPECT_EQ(f.questions(), row.asked) << row.ids << " " << row.lookup;
    ASSERT_EQ(seen.sales.size(), 1U) << row.lookup;
    EXPECT_EQ(seen.sales.front(), sale);
  }
}

// A31: without a gene in it a number says nothing of its shard, and a seller's id never does.
TEST(Lookup, ANumberWithAGeneIsFoundOnOneShardAndAnyOtherOnAll) {
  Fixture with("gene", "scatter");
  const auto sale = with.place(Fixture::buyer_in(5)).sale;
  const auto found = with.market->find({sale.id});
  EXPECT_EQ(found.asked, 1);
  EXPECT_EQ(found.sales, std::vector<api::Sale>{sale});
  EXPECT_FALSE(found.broadcast);
  Fixture without("snowflake", "scatter");
  const auto other = without.place(Fixture::buyer_in(5)).sale;
  const auto sought = without.market->find({other.id});
  EXPECT_EQ(sought.asked, 2);
  EXPECT_TRUE(sought.broadcast);
  EXPECT_EQ(sought.sales, std::vector<api::Sale>{other});
}

TEST(Lookup, ARelationIsThereBeforeItsOrderOrThereIsNoOrder) {
  Fixture f("snowflake", "mapping");
  f.world.rpc_fault = [](std::string_view, std::string_view method) {
    return method == "relate" ? Fault::lose_answer : Fault::none;
  };
  EXPECT_EQ(f.place({1}).status, SaleStatus::unavailable);
  EXPECT_EQ(f.rows(), 0);
  f.world.rpc_fault = nullptr;
  EXPECT_EQ(f.place({1}).status, SaleStatus::done);
  const auto seen = f.look();
  EXPECT_TRUE(seen.complete);
  EXPECT_EQ(seen.sales.size(), 1U) << "the relation of the order that never came to be is no order";
}

TEST(Lookup, AShardThatDoesNotAnswerMakesTheViewNotWhole) {
  Fixture f("snowflake", "scatter");
  f.place(Fixture::buyer_in(0));
  f.place(Fixture::buyer_in(1));
  f.world.rpc_fault = [](std::string_view service, std::string_view) {
    return service == "shard-2" ? Fault::unreachable : Fault::none;
  };
  const auto seen = f.look();
  EXPECT_FALSE(seen.complete);
  EXPECT_EQ(seen.sales.size(), 1U);
}

TEST(Feed, TheCopyIsAsTheShardAlsoAfterAnOlderPosition) {
  Fixture f("snowflake", "search_copy");
  const auto sale = f.place(Fixture::buyer_in(0)).sale;
  f.market->move({sale.id, sale.buyer, {}, SaleState::paid});
  EXPECT_TRUE(f.look().sales.empty()) << "a copy is late";
  f.feeds[0]->run_due();
  EXPECT_EQ(f.look().sales.front().version, 2);
  EXPECT_EQ(f.look().asked, 0);
  f.world.points.bad_luck["feed: it starts again from an older position"] = 1;
  f.feeds[0]->run_due();
  EXPECT_EQ(f.world.calls["seller-index.on_changes"], 2) << "the same changes once more";
  EXPECT_EQ(f.look().sales.front().version, 2);
  EXPECT_EQ(f.index_db.count<api::facts::CopyWritten>(), 2) << "what is not newer is not written";
}

TEST(Feed, WhatWasNotAcknowledgedComesAgain) {
  Fixture f("snowflake", "search_copy");
  f.place(Fixture::buyer_in(0));
  f.world.rpc_fault = [](std::string_view, std::string_view method) {
    return method == "on_changes" ? Fault::lose_request : Fault::none;
  };
  EXPECT_TRUE(f.feeds[0]->run_due());
  f.world.rpc_fault = nullptr;
  f.feeds[0]->run_due();
  EXPECT_EQ(f.look().sales.size(), 1U);
}

constexpr std::int64_t kMoving = 2;  // the bucket that goes to the third shard when two become three

struct Moving : Fixture {
  Moving() : Fixture("gene", "mapping", {2, 3, {}}) {}
  UserId buyer = buyer_in(kMoving);
};

TEST(Reshard, ABucketMovesWithItsOrdersAndItsKeys) {
  Moving f;
  const auto sale = f.place(f.buyer).sale;
  sharding::Mover mover(f.world.env("market"), f.market_db, f.plan);
  EXPECT_EQ(mover.run_due(), std::nullopt);
  EXPECT_EQ(f.shard_dbs[2]->number("select count(*) from sale"), 1);
  EXPECT_EQ(f.rows(), 1);
  EXPECT_EQ(f.market_db.number("select shard from shard_map where bucket = 2"), 3);
  EXPECT_EQ(f.market_db.number("select count(*) from shard_map where version = 2"), 5)
      << "no bucket else moves";
  EXPECT_EQ(f.place(f.buyer).sale, sale) << "the key came along, and the router asked for the new map";
  EXPECT_EQ(f.world.log.marks["router had an old map"], 1);
}

TEST(Reshard, NobodyWritesWhileABucketIsOnItsWay) {
  Moving f;
  f.place(f.buyer);
  const auto given = f.shards[0]->give_up({kMoving, 2});
  ASSERT_EQ(given.sales.size(), 1U);
  EXPECT_EQ(f.place(f.buyer, "new").status, SaleStatus::busy);
  EXPECT_FALSE(f.look().complete);
  EXPECT_EQ(f.shards[0]->give_up({kMoving, 2}).sales.size(), 1U) << "as often as it is asked for";
  f.shards[2]->take_over({kMoving, 2, given.sales});
  f.shards[2]->take_over({kMoving, 2, {}});
  EXPECT_EQ(f.shard_dbs[2]->number("select count(*) from sale"), 1) << "taken over once";
  f.shards[0]->forget({kMoving, 2});
  f.shards[0]->give_up({kMoving, 2});
  EXPECT_EQ(f.shard_dbs[0]->number("select state from home where bucket = 2"), 2) << "gone stays gone";
  EXPECT_EQ(f.rows(), 1);
}

TEST(Reshard, ForgettingComesAfterGivingUp) {
  Moving f;
  f.place(f.buyer);
  f.shards[0]->forget({kMoving, 2});
  EXPECT_EQ(f.rows(), 1);
}

// An old map asks the old shard for a bucket; that a newer shard has it too is not its answer.
TEST(Reshard, AnOldMapIsNotWhole) {
  Moving f;
  const UserId other = Fixture::buyer_in(5);
  f.place(f.buyer);
  f.place(other);
  ASSERT_TRUE(f.look().complete);
  const auto given = f.shards[0]->give_up({kMoving, 2});
  f.shards[2]->take_over({kMoving, 2, given.sales});
  f.shards[0]->forget({kMoving, 2});
  f.market_db.transact("half", [](env::Tx&) {});
  const auto seen = f.look();
  EXPECT_FALSE(seen.complete);
  EXPECT_EQ(seen.sales.size(), 1U);
}

TEST(Reshard, AMoverThatIsInterruptedGoesOn) {
  for (const char* lost : {"give_up", "take_over", "forget"}) {
    for (const Fault fault : {Fault::lose_request, Fault::lose_answer}) {
      Moving f;
      f.place(f.buyer);
      sharding::Mover mover(f.world.env("market"), f.market_db, f.plan);
      f.world.rpc_fault = [&](std::string_view, std::string_view method) {
        return method == lost ? fault : Fault::none;
      };
      EXPECT_TRUE(mover.run_due()) << lost;
      f.world.rpc_fault = nullptr;
      EXPECT_EQ(mover.run_due(), std::nullopt) << lost;
      EXPECT_EQ(f.shard_dbs[2]->number("select count(*) from sale"), 1) << lost;
      EXPECT_EQ(f.rows(), 1) << lost;
    }
  }
}

// The plan takes the new shard away while a shard has not answered: what is half done there is finished first, then undone.
TEST(Reshard, AMoveThatWasBegunIsFinishedBeforeItIsUndone) {
  for (const char* lost : {"give_up", "take_over", "forget"}) {
    for (const Fault fault : {Fault::lose_request, Fault::lose_answer}) {
      Moving f;
      f.place(f.buyer);
      f.plan.back = f.world.clock.wall + Duration{60'000'000'000};
      sharding::Mover mover(f.world.env("market"), f.market_db, f.plan);
      f.world.rpc_fault = [&](std::string_view, std::string_view method) {
        return method == lost ? fault : Fault::none;
      };
      EXPECT_TRUE(mover.run_due()) << lost;
      f.world.rpc_fault = nullptr;
      f.world.clock.advance(Duration{60'000'000'000});
      while (mover.run_due()) {
      }
      EXPECT_EQ(f.market_db.number("select shard from shard_map where bucket = 2"), 1) << lost;
      EXPECT_EQ(f.market_db.number("select count(*) from shard_map where moving_to is not null"), 0) << lost;
      EXPECT_EQ(f.shard_dbs[0]->number("select state from home where bucket = 2"), 0) << lost;
      EXPECT_EQ(f.shard_dbs[0]->number("select count(*) from sale"), 1) << lost;
      EXPECT_EQ(f.rows(), 1) << lost;
    }
  }
}

// Words that come late, of a move that is long undone.
TEST(Reshard, WhatIsLateOfAnOlderVersionChangesNothing) {
  Moving f;
  f.place(f.buyer);
  f.plan.back = f.world.clock.wall + Duration{60'000'000'000};
  sharding::Mover mover(f.world.env("market"), f.market_db, f.plan);
  EXPECT_EQ(mover.run_due(), f.plan.back);
  f.world.clock.advance(Duration{60'000'000'000});
  EXPECT_EQ(mover.run_due(), std::nullopt);
  f.shards[0]->give_up({kMoving, 2});
  f.shards[2]->take_over({kMoving, 2, {}});
  f.shards[0]->forget({kMoving, 2});
  EXPECT_EQ(f.shard_dbs[0]->number("select state from home where bucket = 2"), 0);
  EXPECT_EQ(f.shard_dbs[2]->number("select state from home where bucket = 2"), 2);
  EXPECT_EQ(f.rows(), 1);
}

}  // namespace
}  // namespace ordeal::marketplace

#include "sim/disk/database.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "sim/disk/audit_connection.h"
#include "sim/disk/database_engine.h"
#include "tests/disk/shop.h"

namespace ordeal::sim {
namespace {

using namespace literals;

TEST_F(DatabaseTest, KeepsWhatIsCommittedAndDropsWhatThrows) {
  World& world = make();
  world.run(shop(world, [](Process&, Database& db) {
    db.transact("set", [](env::Tx& tx) { EXPECT_EQ(tx.exec(kSet, 1, 7), 1); });
    EXPECT_THROW(db.transact("fails",
                             [](env::Tx& tx) {
                               tx.exec(kSet, 1, 0);
                               tx.fact(env::Message::of(Noted{1}));
                               throw std::runtime_error("no");
                             }),
                 std::runtime_error);
    EXPECT_EQ(get(db), 7);
  }));
  EXPECT_TRUE(world.facts.empty());
  EXPECT_TRUE(world.host.is_up());
}

TEST_F(DatabaseTest, ABrokenConstraintIsAnErrorOfItsOwnAndRollsBack) {
  World& world = make();
  world.run(shop(world, [](Process&, Database& db) {
    try {
      db.transact("twice", [](env::Tx& tx) {
        tx.exec(kSet, 1, 3);
        tx.exec(kFill, 1, 1);
      });
      ADD_FAILURE() << "no error";
    } catch (const env::DatabaseError& error) {
      EXPECT_EQ(error.code(), env::DatabaseErrorCode::constraint);
    }
    EXPECT_EQ(get(db), 10);
  }));
  // The table held what the code let through: no harm is done, and it is no pass.
  ASSERT_EQ(world.sim.findings().size(), 1U);
  EXPECT_EQ(world.sim.findings().front().invariant, kConstraint);
  EXPECT_EQ(world.sim.findings().front().kind, FindingKind::safety);
}

TEST_F(DatabaseTest, CheckThenActInTwoCallsIsRaced) {
  World& world = make();
  world.run(shop(world, [](Process& process, Database& db) {
    for (int i = 0; i < 2; ++i) {
      process.env().tasks.spawn("buyer-" + std::to_string(i), [&db] {
        const std::int64_t seen = get(db);
        db.transact("take", [&](env::Tx& tx) { tx.exec(kSet, 1, seen - 1); });
      });
    }
    process.env().tasks.sleep(1_s);
    EXPECT_EQ(get(db), 9);  // ten taken twice: one update is lost, as it would be in life
  }));
}

TEST_F(DatabaseTest, OneConnectionServesTransactionsInTheOrderOfTheirArrival) {
  World& world = make();
  std::vector<int> order;
  world.run([&](Process& process) {
    auto& db = process.own(
        Database::open(process, world.disk, {.name = "shop.db", .reach_min = 1_us, .reach_max = 1_us}));
    for (int i = 0; i < 5; ++i) {
      process.env().tasks.spawn("t", [&db, &order, i] {
        db.transact("take", [&](env::Tx& tx) {
          tx.exec(kTake, 1);
          order.push_back(i);
        });
      });
    }
    process.env().tasks.sleep(1_s);
    EXPECT_EQ(get(db), 5);
  });
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST_F(DatabaseTest, WaitingInsideATransactionIsRefused) {
  World& world = make();
  world.run(shop(world, [](Process& process, Database& db) {
    EXPECT_THROW(db.transact("waits", [&](env::Tx&) { process.env().tasks.sleep(1_ms); }), CheckFailed);
    EXPECT_THROW(db.transact("waits", [&](env::Tx&) { (void)db.lock_row("stock", 1); }), CheckFailed);
    EXPECT_EQ(get(db), 10);
  }));
}

TEST_F(DatabaseTest, AReadMustNotWrite) {
  World& world = make();
  world.run(shop(world, [](Process&, Database& db) {
    EXPECT_THROW(db.read("writes", [](env::Connection& c) { c.query(kSet, 1, 0).next(); }), CheckFailed);
    EXPECT_EQ(get(db), 10);
  }));
}

TEST_F(DatabaseTest, SqliteReadsTheWallClockOfTheHost) {
  World& world = make();
  world.host.set_clock({.offset = 3600_s});
  world.run(shop(world, [&](Process&, Database& db) {
    db.read("now", [&](env::Connection& c) {
      auto rows = c.query(kNow);
      EXPECT_TRUE(rows.next());
      EXPECT_EQ(rows.get<std::int64_t>(0), world.host.wall_now().ns / 1'000'000'000);
    });
  }));
}

TEST_F(DatabaseTest, TwoConnectionsOfOneHostWaitForEachOthersLocks) {
  for (const JournalMode mode : {JournalMode::del, JournalMode::truncate, JournalMode::persist}) {
    image_ = image_of(mode);
    World& world = make();
    world.run([&](Process& process) {
      for (int i = 0; i < 2; ++i) {
        auto& db =
            process.own(Database::open(process, world.disk, {.name = "shop.db", .journal_mode = mode}));
        process.env().tasks.spawn("taker-" + std::to_string(i), [&db] {
          for (int n = 0; n < 4; ++n) db.transact("take", [](env::Tx& tx) { tx.exec(kTake, 1); });
        });
      }
    });
    AuditConnection audit(world.disk, "shop.db", mode);
    auto rows = audit.query(kGet, 1);
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.get<std::int64_t>(0), 2);
    EXPECT_EQ(audit.integrity(), "ok");
  }
}

TEST_F(DatabaseTest, WorldsFromOneImageDoNotSeeEachOther) {
  World& one = make();
  World two(pool_);
  image_.clone_onto(two.disk, "shop.db");
  one.run(shop(one,
               [](Process&, Database& db) { db.transact("set", [](env::Tx& tx) { tx.exec(kSet, 1, 1); }); }));
  two.run(shop(two, [](Process&, Database& db) { EXPECT_EQ(get(db), 10); }));
}

TEST_F(DatabaseTest, AnAuditSeesTheRunningDatabaseAndLeavesItAlone) {
  World& world = make();
  world.run(shop(world, [&](Process&, Database& db) {
    db.transact("set", [](env::Tx& tx) { tx.exec(kSet, 1, 4); });
    const auto files = world.disk.directory().files().size();
    AuditConnection audit(world.disk, "shop.db", JournalMode::wal);
    auto rows = audit.query(kGet, 1);
    EXPECT_TRUE(rows.next());
    EXPECT_EQ(rows.get<std::int64_t>(0), 4);
    EXPECT_EQ(world.disk.directory().files().size(), files);
    db.transact("set", [](env::Tx& tx) { tx.exec(kSet, 1, 5); });
    EXPECT_EQ(get(db), 5);
  }));
}

TEST_F(DatabaseTest, AMissingFileIsADatabaseError) {
  World& world = make();
  bool caught = false;
  world.run([&](Process& process) {
    try {
      (void)Database::open(process, world.disk, {.name = "absent.db"});
    } catch (const env::DatabaseError&) {
      caught = true;
    }
  });
  EXPECT_TRUE(caught);
}

}  // namespace
}  // namespace ordeal::sim

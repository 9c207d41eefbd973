// What a database does when its disk fails and when its host dies.
#include <vector>

#include <gtest/gtest.h>

#include "sim/disk/audit_connection.h"
#include "sim/disk/database.h"
#include "tests/disk/shop.h"

namespace ordeal::sim {
namespace {

struct OneVerdict final : Hooks {
  DiskVerdict disk(const Moment&, const DiskOp& op) override {
    if (!armed || op.kind != kind || skip-- > 0) return {};
    armed = false;
    return verdict;
  }
  bool armed = false;
  int skip = 0;  // so many of that kind pass first
  DiskOp::Kind kind = DiskOp::Kind::sync;
  DiskVerdict verdict;
};

TEST_F(DatabaseTest, AFailedSyncIsAnErrorOfUnknownOutcomeAndTheNextTransactionWorks) {
  OneVerdict hooks;
  hooks.verdict.act = DiskVerdict::Act::fail;
  World& world = make(&hooks);
  world.run(shop(world, [&](Process&, Database& db) {
    hooks.armed = true;
    const auto take = [](env::Tx& tx) {
      tx.exec(kTake, 1);
      tx.fact(env::Message::of(Noted{1}));
    };
    EXPECT_THROW(db.transact("take", take), env::DatabaseError);
    EXPECT_EQ(get(db), 10);
    db.transact("take", take);
    EXPECT_EQ(get(db), 9);
  }));
  EXPECT_EQ(world.facts, (std::vector<std::int64_t>{1}));
}

// SQLite keeps what a statement may have to undo in a file without a name, once it is more than 64 KiB. The nth operation there
// fails; -1: none does.
struct TemporaryFails final : Hooks {
  DiskVerdict disk(const Moment&, const DiskOp& op) override {
    if (op.file != "temporary file") return {};
    return asked++ == fails_at ? DiskVerdict{.act = act} : DiskVerdict{};
  }
  DiskVerdict::Act act = DiskVerdict::Act::fail;
  int fails_at = -1;
  int asked = 0;
};

constexpr int kNotes = 200;
constexpr env::Sql kNote{"INSERT INTO stock (sku, available, note) VALUES (?1, 0, ?2)"};
constexpr env::Sql kChangeAll{"UPDATE stock SET available = available + 1, note = note || 'x' WHERE sku > 1"};
constexpr env::Sql kChanged{"SELECT count(*) FROM stock WHERE available = 1 AND note LIKE '%x'"};

// One transaction whose second statement touches more pages than fit into that file's place in memory.
void change_all(Database& db) {
  db.transact("note", [](env::Tx& tx) {
    for (int i = 2; i < 2 + kNotes; ++i) tx.exec(kNote, i, std::string(900, 'n'));
    tx.exec(kChangeAll);
  });
}

int changed(Database& db) {
  return env::in_read(db, "count", [](env::Connection& c) {
    auto rows = c.query(kChanged);
    return rows.next() ? static_cast<int>(rows.get<std::int64_t>(0)) : -1;
  });
}

TEST_F(DatabaseTest, AFileWithoutANameFailsAsOthersDo) {
  TemporaryFails calm;
  World& first = make(&calm);
  first.run(shop(first, [&](Process&, Database& db) {
    change_all(db);
    EXPECT_EQ(changed(db), kNotes);
  }));
  ASSERT_GT(calm.asked, 10) << "nothing was written to a file without a name";

  int errors = 0;
  for (int i = 0; i < calm.asked; ++i) {
    for (const auto act : {DiskVerdict::Act::fail, DiskVerdict::Act::full}) {
      TemporaryFails hooks;
      hooks.fails_at = i;
      hooks.act = act;
      World& world = make(&hooks);
      world.run(shop(world, [&](Process&, Database& db) {
        bool done = false;
        try {
          change_all(db);
          done = true;
        } catch (const env::DatabaseError& error) {
          ++errors;
          const bool full = act == DiskVerdict::Act::full;
          EXPECT_EQ(error.code() == env::DatabaseErrorCode::full, full)
              << "operation " << i << ": " << error.what();
        }
        EXPECT_EQ(changed(db), done ? kNotes : 0) << "operation " << i;
        if (!done) change_all(db);
        EXPECT_EQ(changed(db), kNotes) << "operation " << i << ", once more";
      }));
    }
  }
  EXPECT_GT(errors, calm.asked);
}

TEST_F(DatabaseTest, AFullDiskIsReportedAsSuch) {
  OneVerdict hooks;
  hooks.kind = DiskOp::Kind::write;
  hooks.verdict.act = DiskVerdict::Act::full;
  World& world = make(&hooks);
  world.run(shop(world, [&](Process&, Database& db) {
    hooks.armed = true;
    try {
      db.transact("take", [](env::Tx& tx) { tx.exec(kTake, 1); });
      ADD_FAILURE() << "no error";
    } catch (const env::DatabaseError& error) {
      EXPECT_EQ(error.code(), env::DatabaseErrorCode::full);
    }
    EXPECT_EQ(get(db), 10);
  }));
}

// DELETE commits by removing its journal. When only the directory sync after that fails, COMMIT fails
// although the transaction is there; its facts come with the commit that makes sure of it.
TEST_F(DatabaseTest, AFailedCommitThatHappenedTellsItsFactsOnceItIsSure) {
  OneVerdict hooks;
  hooks.kind = DiskOp::Kind::sync_directory;
  hooks.skip = 1;  // the first makes the journal's name durable
  hooks.verdict.act = DiskVerdict::Act::fail;
  image_ = image_of(JournalMode::del);
  World& world = make(&hooks);
  world.run(shop(
      world,
      [&](Process&, Database& db) {
        const auto take = [&](int number) {
          db.transact("take", [&](env::Tx& tx) {
            tx.exec(kTake, 1);
            tx.fact(env::Message::of(Noted{number}));
          });
        };
        hooks.armed = true;
        EXPECT_THROW(take(1), env::DatabaseError);
        EXPECT_EQ(world.facts, (std::vector<std::int64_t>{1})) << "one more commit at once made sure of it";
        EXPECT_EQ(get(db), 9);
        take(2);
        EXPECT_EQ(get(db), 8);
      },
      JournalMode::del));
  EXPECT_EQ(world.facts, (std::vector<std::int64_t>{1, 2}));
}

// Whatever becomes of the commit, who looks after its rows is told once, when it is over, and sees what became of it.
TEST_F(DatabaseTest, ADoubtfulCommitWakesWhomItConcerns) {
  for (const JournalMode mode :
       {JournalMode::wal, JournalMode::truncate, JournalMode::persist, JournalMode::del}) {
    for (int skip = 0; skip < 6; ++skip) {
      OneVerdict hooks;
      hooks.skip = skip;
      hooks.verdict.act = DiskVerdict::Act::fail;
      image_ = image_of(mode);
      World& world = make(&hooks);
      Looker looker;
      world.run(shop(
          world,
          [&](Process&, Database& db) {
            hooks.armed = true;
            try {
              db.transact("take", [&](env::Tx& tx) {
                tx.exec(kTake, 1);
                tx.wake(looker, Instant{7});
                tx.wake(looker, Instant{5});
                EXPECT_TRUE(looker.wakes.empty());
              });
            } catch (const env::DatabaseError&) {
            }
            hooks.armed = false;
            EXPECT_EQ(looker.wakes, std::vector<std::int64_t>{5}) << name_of(mode) << ", sync " << skip;
            const std::int64_t seen = get(db);
            EXPECT_EQ(get(db), seen);
          },
          mode));
    }
  }
}

TEST_F(DatabaseTest, ADeadProcessWakesNobody) {
  OneVerdict hooks;
  hooks.verdict = {.act = DiskVerdict::Act::crash_after, .restart_after = Duration::max()};
  World& world = make(&hooks);
  Looker looker;
  world.run(shop(world, [&](Process&, Database& db) {
    hooks.armed = true;
    db.transact("take", [&](env::Tx& tx) {
      tx.exec(kTake, 1);
      tx.wake(looker);
    });
  }));
  EXPECT_TRUE(looker.wakes.empty());
}

// Found by a hunt. TRUNCATE commits by cutting its journal. When the sync of the cut fails, the transaction can be read, and a
// power loss would bring the journal, and so the state before, back. Whoever has read it must be able to rely on it.
TEST_F(DatabaseTest, WhatWasReadAfterAFailedCommitSurvivesAPowerLoss) {
  for (const JournalMode mode : {JournalMode::truncate, JournalMode::persist, JournalMode::del}) {
    for (int skip = 0; skip < 6; ++skip) {
      OneVerdict hooks;
      hooks.kind = mode == JournalMode::del ? DiskOp::Kind::sync_directory : DiskOp::Kind::sync;
      hooks.skip = skip;
      hooks.verdict.act = DiskVerdict::Act::fail;
      image_ = image_of(mode);
      World& world = make(&hooks);
      std::vector<std::int64_t> seen;
      world.run(shop(
          world,
          [&](Process&, Database& db) {
            seen.push_back(get(db));
            if (seen.size() > 1) return;  // the second life
            hooks.armed = true;
            try {
              db.transact("take", [](env::Tx& tx) { tx.exec(kTake, 1); });
            } catch (const env::DatabaseError&) {
            }
            hooks.armed = false;
            seen.back() = get(db);
            world.host.crash(world.sim.moment("power cut", world.host.id()), {1'000'000'000});
          },
          mode));
      ASSERT_EQ(seen.size(), 2u);
      EXPECT_EQ(seen[1], seen[0]) << name_of(mode) << ", sync " << skip;
    }
  }
}

// --- death ---

TEST_F(DatabaseTest, AHostKilledWhileASyncWaitsUnwindsWithoutTouchingTheDisk) {
  World& world = make(nullptr, {}, {.sync = {{5'000'000}, {5'000'000}}});
  bool unwound = false;
  bool went_on = false;
  world.host.install(shop(world, [&](Process&, Database& db) {
    struct Note {
      bool& flag;
      ~Note() { flag = true; }
    } note{unwound};
    db.transact("take", [](env::Tx& tx) {
      tx.exec(kTake, 1);
      tx.fact(env::Message::of(Noted{1}));
    });
    went_on = true;
  }));
  world.host.boot();
  world.sim.scheduler().run_until(2'000'000);
  std::size_t events = 0;
  world.sim.scheduler().at(2'500'000, [&] {
    world.host.crash(world.sim.moment("power cut", world.host.id()), Duration::max());
    events = world.sim.trace().events();
  });
  world.sim.scheduler().run_until(INT64_MAX);
  EXPECT_TRUE(unwound);
  EXPECT_FALSE(went_on);
  EXPECT_EQ(world.sim.trace().events(), events) << "a dead process did I/O";
  EXPECT_EQ(world.host.process(), nullptr);
  settle_flights(world.disk, "shop.db", JournalMode::wal);
  EXPECT_TRUE(world.facts.empty());
}

struct KeepAll final : Hooks {
  SectorVerdict unsynced_sector(const Moment&, const UnsyncedSector&) override {
    return {SectorVerdict::Act::kept, 0};
  }
  bool name_survives(const Moment&, const UnsyncedName&) override { return true; }
};

TEST_F(DatabaseTest, FactsOfACommitThatSurvivedItsHostAreSettledForTheAudit) {
  KeepAll hooks;
  World& world = make(&hooks, {}, {.sync = {{5'000'000}, {5'000'000}}});
  world.host.install(shop(world, [&](Process&, Database& db) {
    get(db);
    world.sim.scheduler().at(world.sim.now_ns() + 20'000'000, [&] {
      world.host.crash(world.sim.moment("power cut", world.host.id()), Duration::max());
    });
    for (int i = 1;; ++i) {
      db.transact("take", [&](env::Tx& tx) {
        tx.exec(kTake, 1);
        tx.fact(env::Message::of(Noted{i}));
      });
    }
  }));
  world.host.boot();
  world.sim.scheduler().run_until(INT64_MAX);
  const std::size_t before = world.facts.size();
  settle_flights(world.disk, "shop.db", JournalMode::wal);
  EXPECT_EQ(world.facts.size(), before + 1);
  AuditConnection audit(world.disk, "shop.db", JournalMode::wal);
  auto rows = audit.query(kGet, 1);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.get<std::int64_t>(0), 10 - static_cast<std::int64_t>(world.facts.size()));
}

TEST_F(DatabaseTest, EndingASimulationInTheMiddleOfASyncIsClean) {
  World& world = make(nullptr, {}, {.sync = {{5'000'000}, {5'000'000}}});
  world.host.install(shop(world, [](Process&, Database& db) {
    for (;;) db.transact("take", [](env::Tx& tx) { tx.exec(kTake, 1); });
  }));
  world.host.boot();
  world.sim.scheduler().run_until(13'000'000);
  world_.reset();
}

}  // namespace
}  // namespace ordeal::sim

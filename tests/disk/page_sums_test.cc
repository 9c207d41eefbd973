// Pages that need not carry a sum, databases that carry none, and reads and writes that are no pages.
#include "sim/disk/page_sums.h"

#include <array>
#include <cstring>
#include <span>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "sim/disk/audit_connection.h"
#include "tests/disk/sessions.h"
#include "tests/disk/shop.h"

namespace ordeal::sim {
namespace {

constexpr JournalMode kRollbackModes[] = {JournalMode::del, JournalMode::truncate, JournalMode::persist};

// --- pages that were never written ---

constexpr const char* kTwoTables =
    "CREATE TABLE blob (id INTEGER PRIMARY KEY, content BLOB NOT NULL);"
    "CREATE TABLE wide (id INTEGER PRIMARY KEY, times INTEGER NOT NULL, filler TEXT NOT NULL);";
constexpr env::Sql kPutBlob{"INSERT INTO blob VALUES (?1, zeroblob(3000))"};
constexpr env::Sql kDropBlob{"DELETE FROM blob WHERE id = ?1"};
constexpr env::Sql kPutWide{"INSERT INTO wide VALUES (?1, 0, ?2)"};
constexpr env::Sql kUpdateAll{"UPDATE wide SET times = times + 1"};

// Row 1's overflow pages are new and freed before they were written; row 3 takes them from the free list after the update has
// spilled pages behind them.
TEST(PagesWithoutSum, APageFreedAndTakenAgainInOneTransactionIsNoDamage) {
  FiberPool pool;
  for (const JournalMode mode : kRollbackModes) {
    for (const int cache_pages : {10, 50, 200}) {
      const auto image = DatabaseImage::make(kTwoTables,
                                             [](env::Tx& tx) {
                                               for (int id = 1; id <= 400; ++id)
                                                 tx.exec(kPutWide, id, std::string(900, 'w'));
                                             },
                                             {.journal_mode = mode, .page_bytes = 1024});
      World world(pool);
      image.clone_onto(world.disk, "main.db");
      bool committed = false;
      world.run([&](Process& process) {
        const auto db = Database::open(process, world.disk,
                                       {.name = "main.db", .journal_mode = mode, .cache_pages = cache_pages});
        db->transact("churn", [](env::Tx& tx) {
          tx.exec(kPutBlob, 1);
          tx.exec(kPutBlob, 2);
          tx.exec(kDropBlob, 1);
          tx.exec(kUpdateAll);
          tx.exec(kPutBlob, 3);
        });
        committed = true;
      });
      EXPECT_TRUE(committed) << name_of(mode) << ", " << cache_pages << ": " << damage_of(world.disk);
      EXPECT_EQ(AuditConnection(world.disk, "main.db", mode).integrity(), "ok");
    }
  }
}

// The same five statements, where the disk loses one write of the transaction: what it spilled and reads back is not excused.
struct LoseWrite final : Hooks {
  explicit LoseWrite(int nth) : skip(nth) {}
  DiskVerdict disk(const Moment&, const DiskOp& op) override {
    if (!armed || op.kind != DiskOp::Kind::write || op.file != "main.db" || skip-- > 0) return {};
    armed = false;
    return {.act = DiskVerdict::Act::lose};
  }
  bool armed = false;
  int skip;
};

TEST(PagesWithoutSum, AWriteThatWasLostBeyondTheEndIsDamageWhenItIsReadBack) {
  FiberPool pool;
  int struck = 0;
  int found = 0;
  for (int nth = 0; nth < 40; ++nth) {
    LoseWrite hooks(nth);
    World world(pool, {}, &hooks);
    world.run([&](Process&) {
      const auto session = open_session(world.disk, born(JournalMode::del));
      run(*session, kTwoTables);
      hooks.armed = true;
      try {
        run(*session,
            "BEGIN;"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
            " INSERT INTO wide SELECT i, 0, printf('%0900d', i) FROM n;"
            "UPDATE wide SET times = times + 1;"
            "SELECT sum(length(filler)) FROM wide");
      } catch (const env::DatabaseError& error) {
        EXPECT_EQ(error.code(), env::DatabaseErrorCode::corrupt);
      }
    });
    if (!hooks.armed) ++struck;
    if (!damage_of(world.disk).empty()) ++found;
  }
  EXPECT_EQ(struck, 40);
  EXPECT_EQ(found, 40) << "each of these pages is read again";
}

int copy_all(SqliteSession& session) {
  sqlite3* target = nullptr;
  EXPECT_EQ(sqlite3_open(":memory:", &target), SQLITE_OK);
  sqlite3_backup* const backup = sqlite3_backup_init(target, "main", session.raw(), "main");
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  sqlite3_close(target);
  return code;
}

// A copy reads all pages. Of those that are damaged, one at a time, it excuses the leaves of the free list, and nothing else. In
// WAL the file still has them as a table; that they are free, and the page that lists them, is in the log alone.
TEST(PagesWithoutSum, OfAllPagesTheFreeOnesMayHoldAnything) {
  for (const JournalMode mode : {JournalMode::del, JournalMode::wal}) {
    const auto disk = Disk::at_rest();
    run(*open_session(*disk, born(mode, 200)),
        "CREATE TABLE a (b TEXT); CREATE TABLE c (d TEXT); INSERT INTO c VALUES (printf('%09000d', 1));"
        "INSERT INTO a VALUES (printf('%05000d', 1)); PRAGMA wal_checkpoint(TRUNCATE); DROP TABLE c");
    const auto session = open_session(*disk, there(mode, 200));
    constexpr int kFree = 9;  // a root and eight of overflow; one of them lists the others
    EXPECT_EQ(answer(*session, "PRAGMA freelist_count"), std::to_string(kFree));
    const SqliteMemory::Use memory(session->memory());
    FileImage& image = disk->directory().find("main.db")->image;
    const std::int64_t pages = image.size() / 1024;
    int excused = 0;
    for (std::int64_t page = 2; page <= pages; ++page) {
      image.flip(((page - 1) * 1024 + 700) * 8);
      sqlite3_file_control(session->raw(), "main", SQLITE_FCNTL_RESET_CACHE, nullptr);
      const int code = copy_all(*session);
      if (code == SQLITE_DONE) ++excused;
      EXPECT_TRUE(code == SQLITE_DONE || code == SQLITE_IOERR_DATA) << code;
      image.flip(((page - 1) * 1024 + 700) * 8);
    }
    EXPECT_EQ(excused, mode == JournalMode::wal ? kFree : kFree - 1) << name_of(mode);
    EXPECT_GT(pages, kFree + 5);
  }
}

// --- what a journal holds ---

struct CrashAt final : Hooks {
  explicit CrashAt(int at) : op(at) {}
  DiskVerdict disk(const Moment&, const DiskOp&) override {
    if (!armed || op-- > 0) return {};
    armed = false;
    return {.act = DiskVerdict::Act::crash_after, .restart_after = Duration{1'000'000}};
  }
  SectorVerdict unsynced_sector(const Moment&, const UnsyncedSector&) override {
    return {SectorVerdict::Act::kept, 0};
  }
  bool name_survives(const Moment&, const UnsyncedName&) override { return true; }
  bool armed = false;
  int op;
};

// A power loss after every I/O of `statements`, everything kept. How many there are; what is wrong afterwards goes to `wrong`.
int crash_everywhere(JournalMode mode, const std::string& before, const std::string& statements,
                     const std::string& query, std::vector<std::string>& wrong) {
  FiberPool pool;
  for (int op = 0;; ++op) {
    CrashAt hooks(op);
    World world(pool, {}, &hooks);
    std::string expected;
    int lives = 0;
    world.run([&](Process&) {
      if (lives++ > 0) {
        const auto session = open_session(world.disk, there(mode));
        if (const std::string told = answer(*session, query); told != expected) wrong.push_back(told);
        return;
      }
      const auto session = open_session(world.disk, born(mode, 200));
      run(*session, before);
      expected = answer(*session, query);
      hooks.armed = true;
      run(*session, statements);
    });
    if (const std::string damage = damage_of(world.disk); !damage.empty()) wrong.push_back(damage);
    if (hooks.armed) return op;
  }
}

constexpr const char* kThreeTables =
    "CREATE TABLE a (id INTEGER PRIMARY KEY, filler TEXT);"
    "CREATE TABLE b (id INTEGER PRIMARY KEY, filler TEXT);"
    "CREATE TABLE c (id INTEGER PRIMARY KEY, filler TEXT);"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)"
    " INSERT INTO a SELECT i, printf('%0400d', i) FROM n;"
    "INSERT INTO b SELECT id, filler FROM a; INSERT INTO c SELECT id, filler FROM a;";
constexpr const char* kSumOfC = "SELECT sum(id) || ' ' || sum(length(filler)) FROM c";

// A page that was changed and then freed stays in the cache as it is, and VACUUM puts it into the journal from there.
TEST(JournalSums, AVacuumAfterADropIsRolledBack) {
  for (const JournalMode mode : kRollbackModes) {
    std::vector<std::string> wrong;
    const int points = crash_everywhere(
        mode, kThreeTables, "UPDATE b SET filler = filler || 'x'; DROP TABLE b; VACUUM", kSumOfC, wrong);
    EXPECT_GT(points, 60) << name_of(mode);
    EXPECT_EQ(wrong, std::vector<std::string>{}) << name_of(mode);
  }
}

// What was written to a log lies in the cache without a sum.
TEST(JournalSums, ATransactionAfterTheLogIsRolledBack) {
  for (const char* mode : {"DELETE", "TRUNCATE", "PERSIST"}) {
    std::vector<std::string> wrong;
    const int points = crash_everywhere(
        JournalMode::wal, std::string(kThreeTables) + "UPDATE c SET filler = substr(filler, 2);",
        std::string("PRAGMA journal_mode=") + mode + ";UPDATE c SET filler = replace(filler, '0', '9')",
        kSumOfC, wrong);
    EXPECT_GT(points, 20) << mode;
    EXPECT_EQ(wrong, std::vector<std::string>{}) << mode;
  }
}

// --- databases with and without sums ---

TEST(PageFormats, ADatabaseWithSumsKeepsItsPageSize) {
  FiberPool pool;
  World world(pool);
  world.run([&](Process&) {
    const auto session = open_session(world.disk, born(JournalMode::del));
    run(*session, kThreeTables);
    run(*session, "PRAGMA page_size=4096; VACUUM");
    EXPECT_EQ(answer(*session, "PRAGMA page_size"), "1024");
    const auto again = open_session(world.disk, there(JournalMode::del));
    EXPECT_EQ(answer(*again, "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(answer(*again, kSumOfC), "78 4800");
  });
  EXPECT_EQ(damage_of(world.disk), "");
}

// Made by a connection that reserves nothing, as any SQLite in the world would.
void make_plain(Disk& disk, const char* statements) {
  Vfs vfs;
  vfs.move_to(disk);
  sqlite3* plain = nullptr;
  ASSERT_EQ(sqlite3_open_v2("main.db", &plain, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs.name()),
            SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(plain, statements, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(plain);
  sqlite3_close(plain);
}

TEST(PageFormats, ADatabaseWithoutReservedBytesIsLeftAlone) {
  FiberPool pool;
  World world(pool);
  world.run([&](Process&) {
    make_plain(world.disk, kThreeTables);
    const auto session = open_session(world.disk, there(JournalMode::del));
    run(*session, "UPDATE a SET filler = hex(randomblob(500)); UPDATE b SET filler = hex(zeroblob(600))");
    const auto again = open_session(world.disk, there(JournalMode::del));
    EXPECT_EQ(answer(*again, "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(answer(*again, "SELECT sum(length(filler)) FROM a"), "12000");
    run(*session, "PRAGMA page_size=2048; VACUUM");
    EXPECT_EQ(answer(*again, "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(answer(*again, "PRAGMA page_size"), "2048");
  });
  EXPECT_EQ(damage_of(world.disk), "");
}

TEST(PageFormats, SumsThatWouldBeginInTheMiddleAreRefused) {
  FiberPool pool;
  World world(pool);
  world.run([&](Process&) {
    make_plain(world.disk, kThreeTables);
    const auto session = open_session(world.disk, there(JournalMode::del));
    int reserved = kSumBytes;
    sqlite3_file_control(session->raw(), "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    EXPECT_THROW(run(*session, "VACUUM"), env::DatabaseError);
    const auto again = open_session(world.disk, there(JournalMode::del));
    EXPECT_EQ(answer(*again, "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(answer(*again, kSumOfC), "78 4800");
  });
  EXPECT_EQ(damage_of(world.disk), "");
}

// Its first transaction is larger than the cache: page 1 is the last to be written.
TEST(PageFormats, ADatabaseBornInOneLargeTransactionCarriesSums) {
  FiberPool pool;
  for (const JournalMode mode : kRollbackModes) {
    World world(pool);
    world.run([&](Process&) {
      const auto session = open_session(world.disk, born(mode));
      run(*session, std::string("BEGIN;") + kThreeTables +
                        "INSERT INTO a SELECT id + 100, filler || filler || filler FROM a;COMMIT");
      const auto again = open_session(world.disk, there(mode));
      EXPECT_EQ(answer(*again, "PRAGMA integrity_check"), "ok");
    });
    EXPECT_EQ(damage_of(world.disk), "");
    const auto file = world.disk.directory().find("main.db");
    std::array<std::byte, 1024> page{};
    for (std::int64_t number = 1; number * 1024 <= file->image.size(); ++number) {
      file->image.read((number - 1) * 1024, page);
      EXPECT_TRUE(sum_matches(page, number)) << number;
    }
  }
}

// --- what is no page ---

sqlite3_file* file_of(SqliteSession& session) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(session.raw(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file;
}

TEST(Pages, AReadOrWriteOfAnotherSizeIsNone) {
  const auto disk = Disk::at_rest();
  const auto session = open_session(*disk, born(JournalMode::del));
  run(*session, kThreeTables);
  sqlite3_file* const file = file_of(*session);
  std::array<std::byte, 512> half{};
  for (const std::int64_t at : {0, 512, 1024, 1536})
    EXPECT_EQ(file->pMethods->xRead(file, half.data(), 512, at), SQLITE_OK) << at;
  const std::array<std::byte, 512> zeros{};
  half = zeros;
  ASSERT_EQ(file->pMethods->xWrite(file, half.data(), 512, 1024), SQLITE_OK);
  EXPECT_EQ(half, zeros) << "no sum was put into it";
  std::array<std::byte, 1024> page{};
  EXPECT_EQ(file->pMethods->xRead(file, page.data(), 1024, 1024), SQLITE_IOERR_DATA) << "it damaged a page";
}

TEST(Pages, ARottenHeaderDoesNotSwitchTheSumsOff) {
  for (const int byte : {16, 17, 20}) {
    const auto disk = Disk::at_rest();
    const auto session = open_session(*disk, born(JournalMode::del));
    run(*session, kThreeTables);
    disk->directory().find("main.db")->image.flip(byte * 8 + 3);
    EXPECT_THROW(
        {
          const auto again = open_session(*disk, there(JournalMode::del));
          answer(*again, kSumOfC);
        },
        env::DatabaseError)
        << byte;
    EXPECT_FALSE(damage_of(*disk).empty()) << byte;
  }
}

}  // namespace
}  // namespace ordeal::sim

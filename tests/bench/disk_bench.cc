// What a transaction and an opened database cost: on the simulated disk with a fiber suspension at each sync,
// on the same VFS at rest, and on SQLite's own memdb as the yardstick nobody can beat. Wall time is fine
// here: benchmarks are never timed tests.
#include <string>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include "sim/disk/audit_connection.h"
#include "sim/disk/sqlite_connection.h"
#include "sim/disk/vfs.h"
#include "tests/disk/world.h"

namespace ordeal::sim {
namespace {

// Eight small tables with indexes: about what one service owns.
std::string schema(int tables) {
  std::string text;
  for (int i = 0; i < tables; ++i) {
    const std::string n = std::to_string(i);
    text += "CREATE TABLE t" + n +
            " (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, state INTEGER NOT NULL, amount INTEGER NOT "
            "NULL, note TEXT);";
    text += "CREATE INDEX t" + n + "_by_owner ON t" + n + " (owner);";
  }
  return text;
}

constexpr const char* kInsert = "INSERT INTO t0 (owner, state, amount, note) VALUES (?1, ?2, ?3, ?4)";
constexpr const char* kUpdate = "UPDATE t1 SET state = state + 1, amount = ?2 WHERE id = ?1";
constexpr const char* kSelect = "SELECT state, amount FROM t1 WHERE id = ?1";
constexpr env::Sql kInsertSql{kInsert};
constexpr env::Sql kUpdateSql{kUpdate};
constexpr env::Sql kSelectSql{kSelect};
constexpr env::Sql kSeedSql{"INSERT INTO t1 (id, owner, state, amount, note) VALUES (?1, ?1, 0, 0, 'seed')"};

DatabaseImage image_of(int page_bytes, JournalMode mode = JournalMode::wal, int tables = 6) {
  return DatabaseImage::make(schema(tables),
                             [](env::Tx& tx) {
                               for (int id = 1; id <= 200; ++id) tx.exec(kSeedSql, id);
                             },
                             {.journal_mode = mode, .page_bytes = page_bytes});
}

void work(env::Tx& tx, std::int64_t i) {
  tx.query(kSelectSql, i % 200 + 1).next();
  tx.exec(kInsertSql, i % 50, 1, i, "a note");
  tx.exec(kUpdateSql, i % 200 + 1, i);
}

// Arguments: page size, journal mode, facts, hooks, cache pages, auto-checkpoint pages.
void BM_TransactionSimulated(benchmark::State& state) {
  FiberPool pool;
  Hooks pass;
  const auto mode = static_cast<JournalMode>(state.range(1));
  const DatabaseImage image = image_of(static_cast<int>(state.range(0)), mode);
  World world(pool, {}, state.range(3) != 0 ? &pass : nullptr);
  image.clone_onto(world.disk, "bench.db");
  const std::uint64_t before = world.sim.trace().events();
  world.run([&](Process& process) {
    auto& db = process.own(Database::open(process, world.disk,
                                          {.name = "bench.db",
                                           .journal_mode = mode,
                                           .cache_pages = static_cast<int>(state.range(4)),
                                           .wal_autocheckpoint_pages = static_cast<int>(state.range(5))}));
    std::int64_t i = 0;
    for (auto _ : state) {
      ++i;
      db.transact("bench", [&](env::Tx& tx) {
        work(tx, i);
        if (state.range(2) != 0) tx.fact(env::Message::of(Noted{i}));
      });
    }
  });
  state.counters["events"] =
      static_cast<double>(world.sim.trace().events() - before) / static_cast<double>(state.iterations());
}
BENCHMARK(BM_TransactionSimulated)
    ->ArgNames({"page", "mode", "facts", "hooks", "cache", "checkpoint"})
    ->Args({512, 0, 0, 0, 200, 200})
    ->Args({1024, 0, 0, 0, 200, 200})
    ->Args({2048, 0, 0, 0, 200, 200})
    ->Args({4096, 0, 0, 0, 200, 200})
    ->Args({1024, 0, 1, 0, 200, 200})
    ->Args({1024, 0, 1, 1, 200, 200})
    ->Args({1024, 0, 0, 0, 2000, 200})
    ->Args({1024, 0, 0, 0, 200, 50})
    ->Args({1024, 0, 0, 0, 200, 1000})
    ->Args({1024, 1, 0, 0, 200, 200})
    ->Args({1024, 2, 0, 0, 200, 200})
    ->Args({1024, 3, 0, 0, 200, 200});

void BM_TransactionAtRest(benchmark::State& state) {
  class Plain final : public env::Tx {
   public:
    explicit Plain(SqliteConnection& c) : c_(c) {}
    void fact(env::Message) override {}
    void wake(env::Wakeable&, Instant) override {}

   protected:
    env::Statement& prepare(const env::Sql& sql) override { return c_.statement(sql); }
    std::int64_t changes() const override { return c_.changes(); }

   private:
    SqliteConnection& c_;
  };
  const auto disk = Disk::at_rest();
  image_of(static_cast<int>(state.range(0))).clone_onto(*disk, "bench.db");
  SqliteConnection connection(*disk, {.name = "bench.db", .wal_autocheckpoint_pages = 200});
  Plain tx(connection);
  std::int64_t i = 0;
  for (auto _ : state) {
    connection.begin_write();
    work(tx, ++i);
    connection.commit();
  }
}
BENCHMARK(BM_TransactionAtRest)->ArgName("page")->Arg(1024)->Arg(4096);

void BM_TransactionMemdb(benchmark::State& state) {
  prepare_sqlite();
  sqlite3* db = nullptr;
  sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  sqlite3_exec(db, ("PRAGMA page_size=1024;PRAGMA secure_delete=OFF;" + schema(6)).c_str(), nullptr, nullptr,
               nullptr);
  sqlite3_exec(db,
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
               "INSERT INTO t1 SELECT i, i, 0, 0, 'seed' FROM n",
               nullptr, nullptr, nullptr);
  sqlite3_stmt* statements[5];
  const char* texts[] = {"BEGIN IMMEDIATE", kSelect, kInsert, kUpdate, "COMMIT"};
  for (int i = 0; i < 5; ++i)
    sqlite3_prepare_v3(db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &statements[i], nullptr);
  std::int64_t i = 0;
  for (auto _ : state) {
    ++i;
    sqlite3_bind_int64(statements[1], 1, i % 200 + 1);
    sqlite3_bind_int64(statements[2], 1, i % 50);
    sqlite3_bind_int64(statements[2], 2, 1);
    sqlite3_bind_int64(statements[2], 3, i);
    sqlite3_bind_text(statements[2], 4, "a note", 6, SQLITE_STATIC);
    sqlite3_bind_int64(statements[3], 1, i % 200 + 1);
    sqlite3_bind_int64(statements[3], 2, i);
    for (sqlite3_stmt* statement : statements) {
      sqlite3_step(statement);
      sqlite3_reset(statement);
    }
  }
  for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  sqlite3_close(db);
}
BENCHMARK(BM_TransactionMemdb);

void BM_Read(benchmark::State& state) {
  FiberPool pool;
  World world(pool);
  image_of(1024).clone_onto(world.disk, "bench.db");
  world.run([&](Process& process) {
    auto& db = process.own(Database::open(process, world.disk, {.name = "bench.db"}));
    std::int64_t i = 0;
    for (auto _ : state) {
      db.read("bench", [&](env::Connection& c) { c.query(kSelectSql, ++i % 200 + 1).next(); });
    }
  });
}
BENCHMARK(BM_Read);

// A world of `databases` hosts, each with one database cloned from an image and opened.
void BM_OpenDatabases(benchmark::State& state) {
  FiberPool pool;
  const DatabaseImage image =
      image_of(static_cast<int>(state.range(1)), JournalMode::wal, static_cast<int>(state.range(2)));
  for (auto _ : state) {
    Simulation sim(pool, {});
    for (int i = 0; i < state.range(0); ++i) {
      Host& host = sim.add_host("host-" + std::to_string(i));
      Disk& disk = Disk::attach_to(host);
      image.clone_onto(disk, "bench.db");
      host.install(
          [&disk](Process& process) { process.own(Database::open(process, disk, {.name = "bench.db"})); });
      host.boot();
    }
    sim.scheduler().run_until(INT64_MAX);
    benchmark::DoNotOptimize(sim.trace().events());
  }
}
BENCHMARK(BM_OpenDatabases)
    ->ArgNames({"databases", "page", "tables"})
    ->Args({0, 1024, 2})
    ->Args({1, 1024, 2})
    ->Args({1, 1024, 6})
    ->Args({8, 1024, 6})
    ->Args({8, 4096, 6})
    ->Unit(benchmark::kMicrosecond);

void BM_Audit(benchmark::State& state) {
  FiberPool pool;
  World world(pool);
  image_of(1024).clone_onto(world.disk, "bench.db");
  for (auto _ : state) {
    AuditConnection audit(world.disk, "bench.db", JournalMode::wal);
    benchmark::DoNotOptimize(audit.query(kSelectSql, 1).next());
  }
}
BENCHMARK(BM_Audit)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace ordeal::sim

BENCHMARK_MAIN();

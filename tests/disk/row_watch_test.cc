// Whoever reads a trace with causes reads the same trial: the hook that shows rows (sim/disk/row_watch.h) fetches no page that
// the statement does not fetch. That holds for rows on one page, and for a longer one that is updated by itself; trials with
// longer rows are held by tests/determinism.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/disk/shop.h"

namespace ordeal::sim {
namespace {

constexpr env::Sql kPut{"INSERT OR REPLACE INTO letter (id, kind, body, state) VALUES (?1, ?2, ?3, ?4)"};
constexpr env::Sql kMark{"UPDATE letter SET state = ?2 WHERE id = ?1"};
constexpr env::Sql kMarkKind{"UPDATE letter SET state = ?2 WHERE kind = ?1"};
constexpr env::Sql kDrop{"DELETE FROM letter WHERE id = ?1"};
constexpr env::Sql kDropKind{"DELETE FROM letter WHERE kind = ?1"};

// A page of 512 bytes takes a row of 400.
constexpr std::size_t kLengths[] = {10, 50, 100, 200, 300, 400};

DatabaseImage letters(JournalMode mode, std::size_t longer_by) {
  return DatabaseImage::make(
      "CREATE TABLE letter (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, body TEXT NOT NULL, state INTEGER "
      "NOT NULL);"
      "CREATE INDEX letter_kind ON letter(kind);",
      [longer_by](env::Tx& tx) {
        for (int id = 0; id < 60; ++id)
          tx.exec(kPut, id, id % 6, std::string(kLengths[static_cast<std::size_t>(id) % 6] + longer_by, 'a'),
                  0);
      },
      {.journal_mode = mode, .page_bytes = 512});
}

// What is asked of the disk, in its order.
class DiskDiary final : public Hooks {
 public:
  DiskVerdict disk(const Moment&, const DiskOp& op) override {
    lines.push_back(std::to_string(static_cast<int>(op.kind)) + " " + std::string(op.file) + " " +
                    std::to_string(op.offset) + "+" + std::to_string(op.size));
    return {};
  }
  std::vector<std::string> lines;
};

struct Played {
  std::vector<std::string> disk;
  TraceHash hash;
};

Played play(FiberPool& pool, JournalMode mode, const std::function<void(env::Tx&, int)>& step,
            Trace::Mode trace, std::size_t longer_by = 0) {
  DiskDiary diary;
  Options options{.seed = 5};
  options.trace = trace;
  World world(pool, options, &diary);
  letters(mode, longer_by).clone_onto(world.disk, "letters.db");
  world.run([&](Process& process) {
    // Ten pages are kept: most of what a statement touches comes from the disk.
    auto& db = process.own(
        Database::open(process, world.disk, {.name = "letters.db", .journal_mode = mode, .cache_pages = 10}));
    for (int i = 0; i < 60; ++i) db.transact("step", [&](env::Tx& tx) { step(tx, i); });
  });
  return {diary.lines, world.sim.trace().hash()};
}

struct Way {
  const char* name;
  std::function<void(env::Tx&, int)> step;
};

TEST(RowWatch, FetchesNoPageThatTheStatementDoesNot) {
  const std::vector<Way> ways{
      {"an update", [](env::Tx& tx, int i) { tx.exec(kMark, i, 1); }},
      {"a row that is written over",
       [](env::Tx& tx, int i) { tx.exec(kPut, i, i % 6, std::string(350, 'b'), 1); }},
      {"an update of many", [](env::Tx& tx, int i) { tx.exec(kMarkKind, i % 6, i); }},
      {"a deletion", [](env::Tx& tx, int i) { tx.exec(kDrop, i); }},
      {"a deletion of many", [](env::Tx& tx, int i) { tx.exec(kDropKind, i); }},
  };
  FiberPool pool;
  for (const JournalMode mode : {JournalMode::wal, JournalMode::del}) {
    for (const Way& way : ways) {
      const Played plain = play(pool, mode, way.step, Trace::Mode::hash_only);
      const Played watched = play(pool, mode, way.step, Trace::Mode::with_causes);
      EXPECT_GT(plain.disk.size(), 100U) << way.name;
      EXPECT_EQ(watched.hash, plain.hash) << way.name << ", " << name_of(mode);
      ASSERT_EQ(watched.disk.size(), plain.disk.size()) << way.name << ", " << name_of(mode);
      EXPECT_EQ(watched.disk, plain.disk) << way.name << ", " << name_of(mode);
    }
  }
}

TEST(RowWatch, ALongRowIsReadByTheUpdateItself) {
  FiberPool pool;
  const auto mark = [](env::Tx& tx, int i) { tx.exec(kMark, i, 1); };
  for (const JournalMode mode : {JournalMode::wal, JournalMode::del}) {
    const Played plain = play(pool, mode, mark, Trace::Mode::hash_only, 1'000);
    EXPECT_EQ(play(pool, mode, mark, Trace::Mode::with_causes, 1'000).disk, plain.disk) << name_of(mode);
  }
}

}  // namespace
}  // namespace ordeal::sim

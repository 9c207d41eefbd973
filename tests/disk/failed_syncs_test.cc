// A sync that ends a rollback journal fails, then a later one, then the power does. The journal must not be a mixture of two.
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/disk/audit_connection.h"
#include "tests/disk/world.h"

namespace ordeal::sim {
namespace {

using Kind = DiskOp::Kind;

constexpr int kRows = 12;
constexpr int kTransactions = 3;
constexpr const char* kTable =
    "CREATE TABLE note (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, words TEXT NOT NULL);";
constexpr env::Sql kPut{"INSERT INTO note VALUES (?1, 0, ?2)"};
constexpr env::Sql kSet{"UPDATE note SET number = ?1, words = ?2"};
constexpr env::Sql kNumbers{"SELECT min(number), max(number), count(*), count(DISTINCT words) FROM note"};

std::string words_of(int number) { return std::string(100, static_cast<char>('a' + number)); }

// Every sync with which a commit ends its journal fails, from transaction `from` on, and the one `next` further on, too. The
// power fails when the process has given up; one sector of the journal is torn, nothing else is kept.
struct EndFails final : Hooks {
  DiskVerdict disk(const Moment&, const DiskOp& op) override {
    if (!armed) return {};
    const bool journal = op.file == "main.db-journal";
    const bool is_sync = op.kind == Kind::sync_directory || (op.kind == Kind::sync && journal);
    const bool zeroes = op.kind == Kind::write && op.offset == 0 && op.size == 28;
    if (!is_sync) {
      if (journal) ends = op.kind == Kind::remove || op.kind == Kind::truncate || zeroes;
      return {};
    }
    const bool fails = ends ? ++failed > 0 : failed > 0 && countdown-- == 0;
    ends = false;
    if (!fails) return {};
    if (failed == 1 && countdown < 0) countdown = next;
    return {.act = DiskVerdict::Act::fail};
  }
  SectorVerdict unsynced_sector(const Moment&, const UnsyncedSector& at) override {
    if (at.file != "main.db-journal") return {};
    const int index = sectors++;
    return index == torn_sector ? SectorVerdict{SectorVerdict::Act::torn, torn_bytes} : SectorVerdict{};
  }
  bool name_survives(const Moment&, const UnsyncedName&) override { return names_survive; }

  int next = 0;
  int torn_sector = -1;
  std::uint32_t torn_bytes = 0;
  bool names_survive = false;

  bool armed = false;
  bool ends = false;
  int failed = 0;
  int countdown = -1;
  int sectors = 0;
};

class FailedSyncs : public testing::TestWithParam<JournalMode> {
 protected:
  // What is wrong after it; the unsynced sectors of the journal go to `hooks`.
  std::string play(EndFails& hooks, int from) {
    World world(pool_, {}, &hooks);
    image_.clone_onto(world.disk, "main.db");
    int lives = 0;
    int acknowledged = 0;
    int tried = 0;
    std::string wrong;
    world.run([&](Process& process) {
      hooks.armed = false;
      const auto db = Database::open(process, world.disk, {.name = "main.db", .journal_mode = GetParam()});
      if (++lives == 1) {
        for (int number = 1; number <= kTransactions; ++number) {
          hooks.armed = number >= from;
          tried = number;
          try {
            db->transact("set", [&](env::Tx& tx) { tx.exec(kSet, number, words_of(number)); });
            acknowledged = number;
          } catch (const env::DatabaseError&) {
          }
        }
        hooks.armed = false;
        world.host.crash(world.sim.moment("power cut", world.host.id()), {1'000'000'000});
        return;
      }
      env::in_read(*db, "look", [&](env::Connection& c) {
        auto rows = c.query(kNumbers);
        rows.next();
        const auto least = rows.get<std::int64_t>(0);
        if (least != rows.get<std::int64_t>(1) || rows.get<std::int64_t>(2) != kRows ||
            rows.get<std::int64_t>(3) != 1)
          wrong = "holds a state that never was";
        if (least < acknowledged || least > tried) wrong = "holds transaction " + std::to_string(least);
        return 0;
      });
    });
    if (lives < 2 && wrong.empty()) wrong = "did not come back";
    for (const DamageFound& found : world.disk.damage().found) wrong = found.what;
    return wrong;
  }

  FiberPool pool_;
  DatabaseImage image_ = DatabaseImage::make(kTable,
                                             [](env::Tx& tx) {
                                               for (int id = 1; id <= kRows; ++id)
                                                 tx.exec(kPut, id, words_of(0));
                                             },
                                             {.journal_mode = GetParam(), .page_bytes = 512});
};

TEST_P(FailedSyncs, NeverMixTwoTransactions) {
  std::map<std::string, int> wrong;
  int runs = 0;
  for (int from = 1; from <= kTransactions; ++from) {
    for (int next = 0; next < 4; ++next) {
      for (const bool names_survive : {false, true}) {
        EndFails probe;
        probe.next = next;
        probe.names_survive = names_survive;
        if (const std::string said = play(probe, from); !said.empty()) ++wrong[said];
        EXPECT_GT(probe.failed, 0);
        for (int sector = 0; sector < probe.sectors; ++sector) {
          for (std::uint32_t bytes = 1; bytes <= 512; ++bytes) {
            EndFails hooks;
            hooks.next = next;
            hooks.names_survive = names_survive;
            hooks.torn_sector = sector;
            hooks.torn_bytes = bytes;
            ++runs;
            if (const std::string said = play(hooks, from); !said.empty()) ++wrong[said];
          }
        }
      }
    }
  }
  std::printf("[ torn     ] %-8s %d runs\n", std::string(name_of(GetParam())).c_str(), runs);
  EXPECT_EQ(wrong, (std::map<std::string, int>{}));
}

INSTANTIATE_TEST_SUITE_P(Modes, FailedSyncs,
                         testing::Values(JournalMode::del, JournalMode::truncate, JournalMode::persist),
                         [](const auto& one) { return std::string(name_of(one.param)); });

}  // namespace
}  // namespace ordeal::sim

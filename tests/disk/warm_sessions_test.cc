// Connections that are as if new each time: nothing of one life, disk or transaction reaches the next.
#include "sim/disk/warm_sessions.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "sim/disk/sqlite_connection.h"
#include "sim/disk/sqlite_memory.h"
#include "tests/disk/shop.h"

namespace ordeal::sim {
namespace {

// ---- SqliteMemory ----

// Blocks of many sizes, each filled with a byte of its own.
class Blocks {
 public:
  void allocate(int bytes) {
    auto* const block = static_cast<unsigned char*>(methods_.xMalloc(bytes));
    ASSERT_NE(block, nullptr);
    ASSERT_GE(methods_.xSize(block), bytes);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(block) % 8, 0u);
    std::memset(block, ++fill_, static_cast<std::size_t>(bytes));
    blocks_[block] = {bytes, fill_};
  }
  void grow(std::size_t index, int bytes) {
    auto at = blocks_.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(index % blocks_.size()));
    const Block old = at->second;
    auto* const block = static_cast<unsigned char*>(methods_.xRealloc(at->first, bytes));
    blocks_.erase(at);
    for (int i = 0; i < std::min(bytes, old.bytes); ++i) ASSERT_EQ(block[i], old.fill);
    std::memset(block, old.fill, static_cast<std::size_t>(bytes));
    blocks_[block] = {bytes, old.fill};
  }
  void release(std::size_t index) {
    auto at = blocks_.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(index % blocks_.size()));
    methods_.xFree(at->first);
    blocks_.erase(at);
  }
  void churn(unsigned seed, int steps) {
    for (int i = 0; i < steps; ++i) {
      seed = seed * 1664525u + 1013904223u;
      const int bytes = 1 + static_cast<int>((seed >> 8) % (seed % 7 == 0 ? 40'000u : 300u));
      if (blocks_.empty() || seed % 3 == 0) {
        allocate(bytes);
      } else if (seed % 3 == 1) {
        grow(seed >> 16, bytes);
      } else {
        release(seed >> 16);
      }
    }
  }
  void all_intact() const {
    for (const auto& [block, what] : blocks_) {
      for (int i = 0; i < what.bytes; ++i) ASSERT_EQ(static_cast<unsigned char*>(block)[i], what.fill);
    }
  }

 private:
  struct Block {
    int bytes;
    unsigned char fill;
  };
  const sqlite3_mem_methods& methods_ = SqliteMemory::methods();
  std::map<void*, Block> blocks_;
  unsigned char fill_ = 0;
};

TEST(SqliteMemory, KeepsEveryBlockApartAndPutsBackWhatWasKept) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SqliteMemory memory;
    Blocks blocks;
    {
      const SqliteMemory::Use use(memory);
      blocks.churn(seed, 400);
      blocks.all_intact();
    }
    memory.keep();
    for (int life = 0; life < 3; ++life) {
      Blocks others = blocks;  // of this life alone
      {
        const SqliteMemory::Use use(memory);
        others.churn(seed * 31 + static_cast<unsigned>(life), 400);
        others.all_intact();
      }
      memory.restore();
      blocks.all_intact();
    }
  }
}

TEST(SqliteMemory, WhatIsTooLargeComesFromTheHeapAndGoesWithTheLife) {
  SqliteMemory memory;
  memory.keep();
  {
    const SqliteMemory::Use use(memory);
    ASSERT_NE(SqliteMemory::methods().xMalloc(static_cast<int>(SqliteMemory::kRangeBytes)), nullptr);
    void* const freed = SqliteMemory::methods().xMalloc(static_cast<int>(SqliteMemory::kRangeBytes));
    SqliteMemory::methods().xFree(freed);
  }
  EXPECT_EQ(memory.heap_blocks(), 1u);
  memory.restore();
  EXPECT_EQ(memory.heap_blocks(), 0u);
}

TEST(SqliteMemory, ManyShareARangeOneAtATime) {
  SqliteMemory one;
  Blocks blocks;
  {
    const SqliteMemory::Use use(one);
    blocks.churn(7, 100);
  }
  one.keep();
  one.leave_range();
  {
    std::vector<std::unique_ptr<SqliteMemory>> others;  // more than get a range of their own
    while (one.range_is_free()) others.push_back(std::make_unique<SqliteMemory>());
    const SqliteMemory::Use use(*others.back());
    Blocks().churn(8, 100);
  }
  ASSERT_TRUE(one.range_is_free());
  one.take_range();
  one.restore();
  blocks.all_intact();
}

TEST(SqliteMemory, AFullRangeGoesOnWithTheHeap) {
  SqliteMemory memory;
  {
    const SqliteMemory::Use use(memory);
    for (int i = 0; i < 12; ++i) ASSERT_NE(SqliteMemory::methods().xMalloc(1 << 20), nullptr);
  }
  EXPECT_GT(memory.heap_blocks(), 0u);
  EXPECT_LT(memory.heap_blocks(), 12u);
}

// ---- sessions ----

class WarmSessionsTest : public testing::TestWithParam<JournalMode> {
 protected:
  std::unique_ptr<Disk> disk() const {
    auto made = Disk::at_rest();
    image_.clone_onto(*made, "shop.db");
    return made;
  }
  SqliteConnection::Settings settings() const { return {.name = "shop.db", .journal_mode = GetParam()}; }
  static std::int64_t available(SqliteConnection& connection) {
    env::Statement& statement = connection.statement(kGet);
    env::Rows rows(statement);
    statement.bind(1, std::int64_t{1});
    return rows.next() ? rows.get<std::int64_t>(0) : -1;
  }
  static void set(SqliteConnection& connection, std::int64_t value) {
    connection.begin_write();
    {
      env::Statement& statement = connection.statement(kSet);
      env::Rows rows(statement);
      statement.bind(1, std::int64_t{1});
      statement.bind(2, value);
      rows.next();
    }
    connection.commit();
  }

  DatabaseImage image_ = image_of(GetParam());
};

TEST_P(WarmSessionsTest, TheNextDiskIsAnotherDatabase) {
  const auto first = disk();
  {
    SqliteConnection connection(*first, settings());
    set(connection, 3);
    EXPECT_EQ(available(connection), 3);
  }
  const auto second = disk();
  SqliteConnection connection(*second, settings());
  EXPECT_EQ(available(connection), 10);
}

// In the middle of a transaction a session is as good as at its end: it goes back to where it was kept.
TEST_P(WarmSessionsTest, ATransactionThatNeverEndedIsForgotten) {
  const auto first = disk();
  {
    SqliteConnection connection(*first, settings());
    connection.begin_write();
    env::Statement& statement = connection.statement(kSet);
    statement.bind(1, std::int64_t{1});
    statement.bind(2, std::int64_t{3});
    statement.step();
  }
  const auto second = disk();
  SqliteConnection connection(*second, settings());
  EXPECT_FALSE(connection.in_transaction());
  EXPECT_EQ(connection.total_changes(), 0);
  EXPECT_EQ(available(connection), 10);
  set(connection, 4);
  EXPECT_EQ(available(connection), 4);
}

// The trap of every cache that outlives a power loss: another content under the same change counter.
TEST_P(WarmSessionsTest, WhatAPowerLossTookBackIsInNoCache) {
  const auto keeps = disk();
  const auto loses = disk();
  for (Disk* one : {keeps.get(), loses.get()}) {
    SqliteConnection connection(*one, settings());
    set(connection, one == keeps.get() ? 7 : 8);
    EXPECT_EQ(available(connection), one == keeps.get() ? 7 : 8);
  }
  for (Disk* one : {loses.get(), keeps.get(), loses.get()}) {
    SqliteConnection connection(*one, settings());
    EXPECT_EQ(available(connection), one == keeps.get() ? 7 : 8);
  }
}

TEST_P(WarmSessionsTest, ASchemaThatChangedOnOneDiskIsNotKnownOnTheNext) {
  constexpr env::Sql kExtra{"SELECT count(*) FROM extra"};
  const auto first = disk();
  for (int life = 0; life < 3; ++life) {  // prepared in one life, tried in advance for the next
    SqliteConnection connection(*first, settings());
    if (life == 0) connection.script("CREATE TABLE extra (a); INSERT INTO extra VALUES (1);");
    EXPECT_EQ(connection.integer(kExtra), 1);
    EXPECT_EQ(available(connection), 10);
  }
  const auto second = disk();
  SqliteConnection connection(*second, settings());
  EXPECT_ANY_THROW(connection.integer(kExtra));
  EXPECT_EQ(available(connection), 10);
}

TEST_P(WarmSessionsTest, AFileThatIsGoneIsAnErrorAndSpoilsNothing) {
  const auto empty = Disk::at_rest();
  const auto first = disk();
  first->remove("shop.db", true);
  EXPECT_THROW(SqliteConnection(*first, settings()), env::DatabaseError);
  EXPECT_THROW(SqliteConnection(*empty, settings()), env::DatabaseError);
  const auto second = disk();
  SqliteConnection connection(*second, settings());
  EXPECT_EQ(available(connection), 10);
}

TEST_P(WarmSessionsTest, TwoAtOnceAreTwo) {
  const auto first = disk();
  const auto second = disk();
  SqliteConnection one(*first, settings());
  SqliteConnection other(*second, settings());
  set(one, 1);
  set(other, 2);
  EXPECT_EQ(available(one), 1);
  EXPECT_EQ(available(other), 2);
}

// A dozen openings prepare each text once.
TEST_P(WarmSessionsTest, WhatWasPreparedOnceIsPreparedInAdvance) {
  for (int life = 0; life < 3; ++life) {
    const auto one = disk();
    SqliteConnection connection(*one, settings());
    EXPECT_EQ(available(connection), 10);
  }
  const auto one = disk();
  const auto session = one->directory().find("shop.db")->warm_sessions->take(settings());
  const std::size_t before = session->statements().size();
  EXPECT_EQ(before, session->kept_statements());
  session->statement(kGet.text);
  EXPECT_EQ(session->statements().size(), before);
}

TEST_P(WarmSessionsTest, SettingsAreThoseAskedFor) {
  const auto one = disk();
  for (const int pages : {10, 200, 50}) {
    auto asked = settings();
    asked.cache_pages = pages;
    SqliteConnection connection(*one, asked);
    constexpr env::Sql kPages{"PRAGMA cache_size"};
    EXPECT_EQ(connection.integer(kPages), pages);
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, WarmSessionsTest,
                         testing::Values(JournalMode::wal, JournalMode::del, JournalMode::truncate,
                                         JournalMode::persist),
                         [](const auto& mode) { return std::string(name_of(mode.param)); });

}  // namespace
}  // namespace ordeal::sim

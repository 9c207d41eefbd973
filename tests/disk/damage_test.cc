// Damaged disks: what each verdict does to a file, and that a database notices on the page that is read.
#include "sim/disk/damage.h"

#include <array>
#include <cstring>

#include <gtest/gtest.h>

#include "sim/disk/audit_connection.h"
#include "sim/disk/page_sums.h"
#include "tests/disk/shop.h"

namespace ordeal::sim {
namespace {

using Act = DiskVerdict::Act;
using Kind = DiskOp::Kind;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string all(const FileImage& file) {
  std::string text(static_cast<std::size_t>(file.size()), '?');
  file.read(0, std::as_writable_bytes(std::span(text.data(), text.size())));
  return text;
}

TEST(Damage, RotFlipsNeighbouringBitsAndStaysWithinTheFile) {
  FileImage file;
  file.write(0, bytes_of("AAAA"));
  rot(file, 1, 2, {.act = Act::rot, .at = 1, .count = 1});
  EXPECT_EQ(all(file), "ACAA");
  rot(file, 0, 4, {.act = Act::rot, .at = 31, .count = 20});
  EXPECT_EQ(all(file), (std::string{'A', 'C', 'A', static_cast<char>(0xc1)}));
}

TEST(Damage, AMisdirectedOperationTakesAnotherBlockRoundTheFile) {
  FileImage file;
  file.truncate(40);
  EXPECT_EQ(elsewhere(file, 10, 10, 1), 20);
  EXPECT_EQ(elsewhere(file, 10, 10, 2), 30);
  EXPECT_EQ(elsewhere(file, 10, 10, 3), 0) << "round the file";
  EXPECT_EQ(elsewhere(file, 40, 10, 1), 0) << "beyond the end: the blocks before it";
  EXPECT_EQ(elsewhere(file, 0, 40, 5), std::nullopt) << "no other block";
  for (std::int64_t blocks = 1; blocks < 20; ++blocks) EXPECT_NE(elsewhere(file, 10, 10, blocks), 10);
}

TEST(Damage, AWriteThatDoesNotLandLeavesTheFileAsLongAsItWasMeantToBe) {
  FileImage file;
  file.write(0, bytes_of("abcd"));
  write_part(file, 2, bytes_of("XYZ"), 0, 2);
  EXPECT_EQ(all(file), (std::string{'a', 'b', 'c', 'd', '\0'}));
  write_part(file, 2, bytes_of("XYZ"), 2, 2);
  EXPECT_EQ(all(file), (std::string{'a', 'b', 'X', 'Y', '\0'}));
  file.crash([](std::uint32_t, std::uint32_t) { return SectorVerdict{}; });
  EXPECT_EQ(file.size(), 0) << "nothing of it was synced";
}

TEST(Damage, ABadSectorStaysBadUntilItIsWritten) {
  File file;
  file.image.truncate(4096);
  wear_out(file, 600, 10);
  EXPECT_TRUE(is_readable(file, 0, 512));
  EXPECT_FALSE(is_readable(file, 500, 13));
  EXPECT_FALSE(is_readable(file, 1000, 512));
  renew(file, 512, 512);
  EXPECT_TRUE(is_readable(file, 0, 4096));
}

TEST(PageSums, AnyFlippedBitAndAnyOtherPlaceShows) {
  std::array<std::byte, 1024> page{};
  for (std::size_t i = 0; i < page.size(); ++i) page[i] = static_cast<std::byte>(i * 7);
  put_sum(page, 5);
  EXPECT_TRUE(sum_matches(page, 5));
  EXPECT_FALSE(sum_matches(page, 6)) << "a page of another place";
  for (std::size_t bit = 0; bit < page.size() * 8; bit += 3) {
    page[bit / 8] ^= std::byte{1} << (bit % 8);
    ASSERT_FALSE(sum_matches(page, 5)) << "bit " << bit;
    page[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  EXPECT_TRUE(sum_matches(page, 5));
  const std::array<std::byte, 1024> zeros{};
  EXPECT_FALSE(sum_matches(zeros, 1)) << "a page that never came";
}

// --- databases ---

// Strikes at the nth operation of a kind on a file, once.
struct Strike final : Hooks {
  Strike(Kind on, std::string_view in, int after, DiskVerdict how)
      : kind(on), file(in), skip(after), verdict(how) {}
  DiskVerdict disk(const Moment&, const DiskOp& op) override {
    if (done || op.kind != kind || op.file != file || op.size < 512 || skip-- > 0) return {};
    done = true;
    return verdict;
  }
  Kind kind;
  std::string file;
  int skip;
  DiskVerdict verdict;
  bool done = false;
};

void take(Database& db) {
  db.transact("take", [](env::Tx& tx) { tx.exec(kTake, 1); });
}

TEST_F(DatabaseTest, EveryDatabaseReservesRoomForItsSums) {
  World& world = make();
  std::array<std::byte, 1024> page{};
  world.disk.directory().find("shop.db")->image.read(0, page);
  EXPECT_EQ(page[20], std::byte{kSumBytes});
  EXPECT_TRUE(sum_matches(page, 1));
}

TEST_F(DatabaseTest, ARottenPageIsDetectedAndTheHostStaysDown) {
  Strike hooks(Kind::read, "shop.db", 1, {.act = Act::rot, .at = 4000, .count = 2});
  World& world = make(&hooks);
  bool answered = false;
  world.run(shop(world, [&](Process&, Database& db) {
    get(db);
    answered = true;
  }));
  EXPECT_TRUE(hooks.done);
  EXPECT_FALSE(answered);
  EXPECT_FALSE(world.host.is_up());
  EXPECT_EQ(world.host.boots(), 1u) << "another boot does not mend it";
  ASSERT_EQ(world.disk.damage().found.size(), 1u);
  const DamageFound& found = world.disk.damage().found.front();
  EXPECT_EQ(found.file, "shop.db");
  EXPECT_GE(found.page, 1);
  EXPECT_EQ(found.what, "page " + std::to_string(found.page) + " does not carry its checksum");
  EXPECT_EQ(world.sim.marks().at("damage detected"), 1u);
  EXPECT_THROW(
      {
        AuditConnection audit(world.disk, "shop.db", JournalMode::wal);
        audit.query(kGet, 1).next();
      },
      env::DatabaseError);
}

TEST_F(DatabaseTest, DamageWhileServingStopsTheHost) {
  World& world = make();
  bool returned = false;
  world.run(shop(world, [&](Process& process, Database& db) {
    process.env().tasks.spawn("use", [&] {
      take(db);
      // The page of the table is in SQLite's cache; the next life has to read it.
      world.host.crash(world.sim.moment("power cut", world.host.id()), Duration::max());
      world.sim.scheduler().check_not_killed();
    });
  }));
  const auto file = world.disk.directory().find("shop.db");
  for (std::int64_t at = 1024; at + 1024 <= file->image.size(); at += 1024) file->image.flip((at + 40) * 8);
  world.host.install(shop(world, [&](Process&, Database& db) {
    get(db);
    returned = true;
  }));
  world.host.boot();
  world.sim.scheduler().run_until(INT64_MAX);
  EXPECT_FALSE(returned);
  EXPECT_FALSE(world.host.is_up());
  EXPECT_EQ(world.disk.damage().found.size(), 1u);
}

TEST_F(DatabaseTest, ACheckpointCopiesNoDamageOutOfTheLog) {
  // Every page of the log rots when it is written; a checkpoint would give it a new sum.
  struct AllRot final : Hooks {
    DiskVerdict disk(const Moment&, const DiskOp& op) override {
      const bool page = op.kind == Kind::write && op.file == "shop.db-wal" && op.size >= 512;
      return page ? DiskVerdict{.act = Act::rot, .at = 800, .count = 1} : DiskVerdict{};
    }
  } hooks;
  World& world = make(&hooks);
  world.run(shop(world, [&](Process&, Database& db) {
    for (int i = 0; i < 300; ++i) db.transact("add", [&](env::Tx& tx) { tx.exec(kAdd, i); });
  }));
  ASSERT_FALSE(world.disk.damage().found.empty());
  EXPECT_NE(world.disk.damage().found.front().what.find("in the log"), std::string::npos);
}

TEST_F(DatabaseTest, ShortReadsAreReadOn) {
  struct AllShort final : Hooks {
    DiskVerdict disk(const Moment&, const DiskOp& op) override {
      if (op.kind != Kind::read) return {};
      ++asked;
      return {.act = Act::shorten, .count = 300};
    }
    int asked = 0;
  } hooks;
  World& world = make(&hooks);
  world.run(shop(world, [&](Process&, Database& db) {
    take(db);
    EXPECT_EQ(get(db), 9);
  }));
  EXPECT_TRUE(world.host.is_up());
  EXPECT_GT(hooks.asked, 8) << "a page of 1024 bytes comes in four pieces";
}

TEST_F(DatabaseTest, AMisdirectedWriteIsDetectedOnThePageItHit) {
  image_ = image_of(JournalMode::del);
  Strike hooks(Kind::write, "shop.db", 0, {.act = Act::misdirect, .at = 1});
  World& world = make(&hooks);
  world.run(shop(
      world, [&](Process&, Database& db) { take(db); }, JournalMode::del));
  EXPECT_TRUE(hooks.done);
  ASSERT_EQ(world.disk.damage().done.size(), 1u);
  std::string integrity;
  try {
    AuditConnection audit(world.disk, "shop.db", JournalMode::del);
    integrity = audit.integrity();
    EXPECT_FALSE(audit.damage().found.empty()) << integrity;
  } catch (const env::DatabaseError& error) {
    EXPECT_EQ(error.code(), env::DatabaseErrorCode::corrupt);
  }
}

}  // namespace
}  // namespace ordeal::sim

#include "sim/disk/file_image.h"

#include <cstring>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ordeal::sim {
namespace {

using Act = SectorVerdict::Act;

void write(FileImage& file, std::int64_t offset, std::string_view text) {
  file.write(offset, std::as_bytes(std::span(text.data(), text.size())));
}

std::string all(const FileImage& file) {
  std::string text(static_cast<std::size_t>(file.size()), '?');
  file.read(0, std::as_writable_bytes(std::span(text.data(), text.size())));
  return text;
}

const FileImage::Fate kLost = [](std::uint32_t, std::uint32_t) { return SectorVerdict{Act::lost, 0}; };
const FileImage::Fate kKept = [](std::uint32_t, std::uint32_t) { return SectorVerdict{Act::kept, 0}; };

TEST(FileImage, ACloneDoesNotSeeLaterWritesOfTheOriginalNorTheOtherWayRound) {
  FileImage one;
  write(one, 0, "hello");
  one.sync();
  FileImage two = one;
  write(one, 0, "J");
  write(two, 4, "!");
  EXPECT_EQ(all(one), "Jello");
  EXPECT_EQ(all(two), "hell!");
}

TEST(FileImage, ACrashTakesBackWhatWasNotSynced) {
  FileImage file;
  write(file, 0, "durable");
  file.sync();
  write(file, 0, "DUR");
  write(file, 7, " and more");
  file.truncate(3);
  EXPECT_EQ(all(file), "DUR");
  file.crash(kLost);
  EXPECT_EQ(all(file), "durable");
  EXPECT_EQ(file.pending_writes(), 0u);
}

TEST(FileImage, ATornSectorHasNewBytesInFrontAndOldOnesBehind) {
  FileImage file;
  write(file, 0, std::string(1024, 'o'));
  file.sync();
  write(file, 0, std::string(1024, 'n'));
  EXPECT_EQ(file.pending_sectors(0), 2u);
  file.crash([](std::uint32_t, std::uint32_t sector) {
    return sector == 0 ? SectorVerdict{Act::torn, 10} : SectorVerdict{Act::kept, 0};
  });
  EXPECT_EQ(all(file), std::string(10, 'n') + std::string(502, 'o') + std::string(512, 'n'));
}

TEST(FileImage, AKeptSectorBehindALostOneLeavesZerosInBetween) {
  FileImage file;
  write(file, 0, std::string(1024, 'n'));
  file.crash([](std::uint32_t, std::uint32_t sector) {
    return SectorVerdict{sector == 1 ? Act::kept : Act::lost, 0};
  });
  EXPECT_EQ(all(file), std::string(512, '\0') + std::string(512, 'n'));
}

// Or else a rollback journal that is cut, and begun anew before the cut was synced, could come back as a mixture of two.
TEST(FileImage, NothingIsKeptBehindACutThatIsLost) {
  for (const bool cut_is_kept : {false, true}) {
    FileImage file;
    write(file, 0, std::string(1536, 'o'));
    file.sync();
    file.truncate(512);
    write(file, 0, std::string(1536, 'n'));
    file.crash([&](std::uint32_t index, std::uint32_t sector) {
      const bool kept = index == 0 ? cut_is_kept : sector != 1;
      return SectorVerdict{kept ? Act::kept : Act::lost, 0};
    });
    const std::string behind =
        cut_is_kept ? std::string(512, '\0') + std::string(512, 'n') : std::string(1024, 'o');
    EXPECT_EQ(all(file), std::string(512, 'n') + behind);
  }
}

TEST(FileImage, SectorsAreCountedFromTheirOwnBoundaries) {
  FileImage file;
  write(file, 500, std::string(24, 'x'));  // crosses 512
  EXPECT_EQ(file.pending_sectors(0), 2u);
  write(file, 512, std::string(512, 'x'));
  EXPECT_EQ(file.pending_sectors(1), 1u);
}

TEST(FileImage, BytesBeyondACutReadAsZeroWhenTheFileGrowsAgain) {
  FileImage file;
  write(file, 0, std::string(6000, 'x'));
  file.truncate(10);
  file.truncate(20);
  EXPECT_EQ(all(file), std::string(10, 'x') + std::string(10, '\0'));
}

// Against the plainest model there is: a string, and a list of what to do again.
RC_GTEST_PROP(FileImageLaw, KeepingAllEqualsNoCrashAndLosingAllEqualsTheLastSync, ()) {
  FileImage file;
  std::string now;
  std::string durable;
  const int steps = *rc::gen::inRange(1, 40);
  for (int i = 0; i < steps; ++i) {
    const int kind = *rc::gen::inRange(0, 8);
    const auto offset = static_cast<std::size_t>(*rc::gen::inRange(0, 10'000));
    if (kind == 0) {
      file.sync();
      durable = now;
    } else if (kind == 1) {
      file.truncate(static_cast<std::int64_t>(offset));
      now.resize(offset, '\0');
    } else {
      const std::string data(static_cast<std::size_t>(*rc::gen::inRange(1, 5000)),
                             static_cast<char>('a' + i % 26));
      write(file, static_cast<std::int64_t>(offset), data);
      if (now.size() < offset + data.size()) now.resize(offset + data.size(), '\0');
      now.replace(offset, data.size(), data);
    }
  }
  RC_ASSERT(all(file) == now);
  FileImage kept = file;
  kept.crash(kKept);
  RC_ASSERT(all(kept) == now);
  file.crash(kLost);
  RC_ASSERT(all(file) == durable);
}

}  // namespace
}  // namespace ordeal::sim

// Page sums: how damage to a database is noticed on every page that is read. Own code for the technique of
// SQLite's cksumvfs (sqlite.org/cksumvfs.html), carried further.
//
// Database pages. The last eight bytes of each page, which SQLite is told to leave alone (byte 20 of the
// header, SQLITE_FCNTL_RESERVE_BYTES), hold XXH3-64 of the rest, seeded with the page's number: so a flipped
// bit, a torn page and a page that belongs elsewhere do not match. What no sum in the page can show is a lost
// write: the old page is still a true one.
//
// Write-ahead log. SQLite checks the sums of its frames when it recovers, not when it reads a page back later.
// FrameSums remembers what was written or recovered and compares; so a checkpoint copies no damage into the
// database. A damaged frame that recovery meets ends the log there, without a word: SQLite cannot tell it from
// a commit that a power loss cut off.
//
// Rollback journal. SQLite's own sum samples every 200th byte of a record. Pages lie in the journal with the
// sum they had in the database, so JournalSums can compare what is rolled back, once SQLite's sum says that
// the record is complete.
//
// All of it is memory of one open file, or in the pages themselves; nothing here does I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/disk/file_image.h"

namespace ordeal::sim {

inline constexpr int kSumBytes = 8;

// Is this the read or write of one whole page of a database?
bool is_page(std::int64_t offset, std::size_t size);
inline std::int64_t page_number(std::int64_t offset, std::size_t size) {
  return offset / static_cast<std::int64_t>(size) + 1;
}
void put_sum(std::span<std::byte> page, std::int64_t number);
bool sum_matches(std::span<const std::byte> page, std::int64_t number);

// What the frames of one write-ahead log held when they were written or recovered.
class FrameSums {
 public:
  // `content` is the XXH3-64 of the data.
  void wrote(std::int64_t offset, std::span<const std::byte> data, std::uint64_t content);
  // What came back for a read. False: it is not what that frame held.
  bool read(std::int64_t offset, std::span<const std::byte> data);
  // Of the page in the frame at `offset`, as its header says it.
  static std::int64_t page_in_frame(const FileImage& log, std::int64_t offset);

 private:
  static constexpr std::int64_t kLogHeader = 32;
  static constexpr std::int64_t kFrameHeader = 24;

  struct Place {
    std::size_t frame;
    std::int64_t within;  // the page of that frame; negative: its header
  };
  Place place_of(std::int64_t offset) const;
  void take_header(std::int64_t offset, std::span<const std::byte> data);
  std::uint64_t& sum_of(std::size_t frame);

  std::int64_t page_bytes_ = 0;      // 0: the log has no header yet
  std::vector<std::uint64_t> sums_;  // by frame; 0: not known
  // SQLite may write a page in two pieces, around the sync of a commit.
  std::vector<std::byte> piece_;
  std::size_t piece_of_ = 0;
};

// What a rollback reads from one journal.
class JournalSums {
 public:
  // False: the page of this record passes SQLite's check and is not the one that was put there.
  bool read(const FileImage& journal, std::int64_t offset, std::span<const std::byte> data);
  static std::int64_t page_in_record(const FileImage& journal, std::int64_t offset);

 private:
  std::int64_t header_at_ = -1;
};

}  // namespace ordeal::sim

// Page sums: how damage to a database is noticed on every page that is read. Own code for the technique of
// SQLite's cksumvfs (sqlite.org/cksumvfs.html), carried further.
//
// Which files. A database that is born with eight reserved bytes a page (byte 20 of its header, SQLITE_FCNTL_RESERVE_BYTES)
// carries sums for all its life; any other is left alone. What was decided at birth is kept beside the file (PageFormat in
// directory.h), so a rotten header does not switch the sums off; and a page 1 that says otherwise is not written.
//
// Database pages. The last eight bytes of each page hold XXH3-64 of the rest, seeded with the page's number: so a flipped
// bit, a torn page and a page that belongs elsewhere do not match. What no sum in the page can show is a lost
// write: the old page is still a true one. Which pages need carry none is told by committed_state.h.
//
// Write-ahead log. SQLite checks the sums of its frames when it recovers, not when it reads a page back later.
// FrameSums remembers what was written or recovered and compares; so a checkpoint copies no damage into the
// database. A damaged frame that recovery meets ends the log there, without a word: SQLite cannot tell it from
// a commit that a power loss cut off.
//
// Rollback journal. SQLite's own sum samples every 200th byte of a record. The page of a record is given its sum when it is
// written there, for in SQLite's cache it may have another: pages that were freed are changed and never written, and those
// written to a log have none. So JournalSums can compare what is rolled back: a record of its own always, one of an earlier
// life once SQLite's sum says that it is complete.
//
// All of it is memory of one open file, or in the pages themselves; nothing here does I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/disk/file_image.h"

namespace ordeal::sim {

inline constexpr int kSumBytes = 8;
inline constexpr std::size_t kHeaderBytes = 100;  // of a database (sqlite.org/fileformat2.html)

// How the pages of one database are laid out.
struct PageFormat {
  std::int64_t page_bytes = 0;  // 0: not known yet
  bool sums = false;

  // Is this one whole page, which carries a sum? The pager reads and writes nothing else but the first hundred bytes
  // (pager.c, invariants 3 and 4).
  bool has_sum(std::int64_t offset, std::size_t size) const {
    return sums && static_cast<std::int64_t>(size) == page_bytes && offset % page_bytes == 0;
  }
  bool operator==(const PageFormat&) const = default;
};

bool is_page_size(std::size_t size);
// What the header of a database says; nothing if `start` is not one.
std::optional<PageFormat> format_in(std::span<const std::byte> start);

std::uint32_t big_endian(const std::byte* at);
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

// What lies in one rollback journal, and what a rollback reads from it. A record is a page number, the page and SQLite's
// sum of it, written and read one after the other (pager.c, pagerAddPageToRollbackJournal); that tells a page from a header.
class JournalSums {
 public:
  // Before a write: the number of the page whose old content this is, which then counts as a record; 0: it is none.
  std::int64_t begin_write(std::int64_t offset, std::span<const std::byte> data);
  // The record that was begun last did not get there.
  void write_failed(std::int64_t offset);
  void truncated(std::int64_t size);

  // False: the page of this record is not the one that was put there.
  bool read(const FileImage& journal, std::int64_t offset, std::span<const std::byte> data);
  static std::int64_t page_in_record(const FileImage& journal, std::int64_t offset);
  // Where the old content of a page lies that the running transaction has put there; negative: nowhere.
  std::int64_t place_of(std::int64_t page) const;

 private:
  struct Record {
    std::int64_t page;
    std::int64_t at;  // its content
  };
  void forget_from(std::int64_t offset);

  std::vector<Record> records_;  // of the running transaction, in the order of their places
  std::int64_t page_bytes_ = 0;  // as the last header that was written says
  // What is written next to be a record: its page, and where content and sum are expected.
  std::int64_t next_page_ = 0;
  std::int64_t content_at_ = -1;
  std::int64_t sum_at_ = -1;
  std::int64_t header_at_ = -1;  // read last
};

}  // namespace ordeal::sim

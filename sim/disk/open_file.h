// OpenFile: one file that a connection has open, and what is known of it by what it is for. SQLite says so when it opens it:
// a database, its write-ahead log, its rollback journal, or something else. Private to the VFS (vfs.cc).
//
// Here page sums (page_sums.h) are put into what is written, and held against what is read.
//
// A journal whose sync failed is synced before it is written again. SQLite takes its own view of the file for the medium's:
// it zeroes the header of a journal that was committed, and if the sync of that fails, the next transaction finds zeros and
// writes over the old records, while a power loss may bring the old header back.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "sim/disk/disk.h"
#include "sim/disk/page_sums.h"
#include "sim/disk/vfs.h"

namespace ordeal::sim {

// A set of page numbers, small ones.
class PageSet {
 public:
  void add(std::int64_t page) {
    const std::size_t word = index(page);
    if (word >= words_.size()) words_.resize(word + 1, 0);
    words_[word] |= bit(page);
  }
  bool has(std::int64_t page) const {
    return index(page) < words_.size() && (words_[index(page)] & bit(page)) != 0;
  }
  void remove_from(std::int64_t page) {
    if (index(page) >= words_.size()) return;
    words_.resize(index(page) + 1);
    words_.back() &= bit(page) - 1;
  }
  void clear() { words_.clear(); }

 private:
  static std::size_t index(std::int64_t page) { return static_cast<std::size_t>(page / 64); }
  static std::uint64_t bit(std::int64_t page) { return std::uint64_t{1} << (page % 64); }

  std::vector<std::uint64_t> words_;
};

// SQLite holds a reference to it; the file lies outside of SQLite's memory.
struct OpenFile {
  enum class Role : std::uint8_t { other, database, log, journal };

  Vfs::State* vfs = nullptr;
  int level = SQLITE_LOCK_NONE;
  bool temporary = false;  // nameless: nobody else has it open, so nobody locks it
  Role role = Role::other;
  Disk::Handle handle;
  const OpenFile* database = nullptr;  // of a log or journal; null: not open here
  PageSet written;                     // of a database: since it was locked, by this connection
  FrameSums frames;                    // of a log
  JournalSums records;                 // of a journal

  Disk* disk() const;
  // A connection that left its disk leaves nothing behind there.
  bool usable() const { return disk() != nullptr && disk()->usable(handle); }
  bool carries_sums() const { return handle.file->pages.sums; }
  // A database that is opened: whether it carries sums, if that is not known yet.
  void learn_format();
  void lock(int to);
  void unlock();

  // What SQLite asks for; its codes. A read that ends early fails.
  int read(std::int64_t offset, std::span<std::byte> out);
  int write(std::int64_t offset, std::span<const std::byte> data);
  int truncate(std::int64_t size);
  int sync();

 private:
  IoStatus read_fully(std::int64_t offset, std::span<std::byte> out, std::int64_t& got);
  int check(std::int64_t offset, std::span<const std::byte> data);
  bool is_sound_page(std::int64_t offset, std::span<const std::byte> data, std::int64_t& page) const;
  bool may_hold_anything(std::int64_t page) const;
  bool agrees_on_format(std::int64_t offset, std::span<const std::byte> data);
  int write_database(std::int64_t offset, std::span<const std::byte> data);
  int write_journal(std::int64_t offset, std::span<const std::byte> data);
};

struct Vfs::State {
  sqlite3_vfs slots{};
  std::string name;
  Disk* disk = nullptr;
  bool new_files_carry_sums = false;
  std::vector<std::unique_ptr<OpenFile>> files;  // the database is the first, and stays

  OpenFile& add();
  void forget(OpenFile& file);
  void forget_all();
  // The database that a log or journal of that name belongs to; null: it is not open here.
  const OpenFile* database_of(std::string_view companion) const;
};

int code_of(IoStatus status, int error);

}  // namespace ordeal::sim

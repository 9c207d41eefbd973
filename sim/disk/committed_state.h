// CommittedState: which pages of a database hold anything that was committed, read straight from its files. It is asked only
// about a page that does not carry its sum.
//
// Model (pager.c, "overwriteable" pages). The leaves of the free list and all that lies beyond the committed size hold
// nothing. SQLite overwrites such pages without a journal, so a crash tears them and no rollback mends them; one that is
// allocated and freed again within a transaction is never written, and a hole if a later page is. It reads them all the same: one that
// was freed in the running transaction when it is allocated again, every one when it copies a database (backup, VACUUM).
// What the transaction itself wrote there carries its sum; the caller knows what it wrote.
//
// The committed version of a page lies in the log's last commit, or in the journal of the running transaction, or in the
// file. One that is damaged tells nothing: then no page is excused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "sim/disk/file_image.h"
#include "sim/disk/page_sums.h"

namespace ordeal::sim {

struct DatabaseFiles {
  const FileImage& database;
  PageFormat format;
  const FileImage* log = nullptr;  // null: none is open
  const FileImage* journal = nullptr;
  const JournalSums* records = nullptr;  // of the journal
};

class CommittedState {
 public:
  explicit CommittedState(const DatabaseFiles& files);

  bool holds(std::int64_t page) const;

 private:
  bool read(std::int64_t page, std::span<std::byte> out) const;
  bool is_free_leaf(std::int64_t page, std::span<const std::byte> header) const;

  DatabaseFiles files_;
  std::map<std::int64_t, std::int64_t> in_log_;  // where the content of a page lies there
};

// The pages of the commits in a write-ahead log, as SQLite's recovery would find them: by number, where their newest content
// lies (sqlite.org/fileformat2.html#the_write_ahead_log).
std::map<std::int64_t, std::int64_t> committed_frames(const FileImage& log);

}  // namespace ordeal::sim

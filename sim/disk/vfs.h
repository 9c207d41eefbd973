// Vfs: what SQLite sees of a disk. Every slot is ours: files, names and locks from the Disk, time from the
// host's wall clock, randomness by keyed choice, sleep by suspension. Nothing reaches the real file system,
// clock or entropy.
//
// The device claims no atomic writes, and powersafe overwrite only if DiskOptions say so: SQLite syncs for a disk that may
// tear a sector. File methods are version 1: no shared memory and no memory mapping; WAL needs
// locking_mode=EXCLUSIVE. Every page that is read carries a checksum (page_sums.h) or holds nothing (committed_state.h); any
// other is SQLITE_IOERR_DATA and noted in the disk's damage log. Exceptions never cross C frames: a failing CHECK becomes an I/O error and is
// rethrown by the layer above.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "sim/choice.h"

namespace ordeal::sim {

class Disk;
enum class IoStatus : std::uint8_t;

// Configures SQLite for this process: one thread, memory by connection (sqlite_memory.h), no lookaside, no memory
// statistics, a default VFS that refuses everything. Harmless when repeated. Every part of sim/disk that opens a connection calls it.
void prepare_sqlite();

// Starts SQLite's process-wide generator afresh. It is done at every entry into SQLite and after every
// suspension inside it, with a keyed seed: so WAL salts and journal nonces do not depend on what ran before
// in this process. Few entries want a random number: the seed is drawn when the first one does.
void seed_sqlite(const Choices& choices, Key key);
void seed_sqlite(std::uint64_t bits);

// A registered sqlite3_vfs for one connection, which is on one disk at a time. The first file that is opened is the
// database; it stays open for SQLite while the connection moves from disk to disk.
class Vfs {
 public:
  Vfs();
  ~Vfs();
  Vfs(const Vfs&) = delete;
  Vfs& operator=(const Vfs&) = delete;

  // All further work is on `disk`, which outlives it. No file is open.
  void move_to(Disk& disk);
  // The same, and SQLite's database file is the one of that name there, as if it had just been opened.
  IoStatus reopen(Disk& disk, std::string_view name);
  // A database that is born here carries sums. Its first transaction may be larger than the cache, and then page 1, which
  // says so, is written last.
  void put_sums_into_new_files();
  // On no disk: whatever is asked fails. Locks are given back, as those of a process that ended.
  void leave();

  // Unique among the living; influences nothing.
  const char* name() const;

  struct State;  // of the implementation

 private:
  std::unique_ptr<State> state_;
};

}  // namespace ordeal::sim

// Vfs: what SQLite sees of a disk. Every slot is ours: files, names and locks from the Disk, time from the
// host's wall clock, randomness by keyed choice, sleep by suspension. Nothing reaches the real file system,
// clock or entropy.
//
// The device claims nothing (no powersafe overwrite, no atomic writes), so SQLite pads and syncs for a disk
// that may tear a sector. File methods are version 1: no shared memory and no memory mapping; WAL needs
// locking_mode=EXCLUSIVE. Every page that is read carries a checksum (page_sums.h); one that does not is
// SQLITE_IOERR_DATA and noted in the disk's damage log. Exceptions never cross C frames: a failing CHECK becomes an I/O error and is
// rethrown by the layer above.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace ordeal::sim {

class Disk;

// Configures SQLite for this process: one thread, no lookaside, no memory statistics, a default VFS that
// refuses everything. Harmless when repeated. Every part of sim/disk that opens a connection calls it.
void prepare_sqlite();

// Starts SQLite's process-wide generator afresh. It is done at every entry into SQLite and after every
// suspension inside it, with a keyed seed: so WAL salts and journal nonces do not depend on what ran before
// in this process.
void seed_sqlite(std::uint64_t bits);

// A registered sqlite3_vfs for one disk; unregistered with it.
class Vfs {
 public:
  explicit Vfs(Disk& disk);
  ~Vfs();
  Vfs(const Vfs&) = delete;
  Vfs& operator=(const Vfs&) = delete;

  // Unique among the living; influences nothing.
  const char* name() const { return name_.c_str(); }

 private:
  struct Slots;
  std::string name_;
  std::unique_ptr<Slots> slots_;
};

}  // namespace ordeal::sim

// Database: env::Database over real SQLite on a simulated disk. One connection, owned by one task at a time
// behind a first-come mutex. Reaching the database is a scheduling point with a small delay, so a check in
// one call and an act in the next can be raced. Inside a transaction only the disk may suspend; waiting for
// anything else fails a CHECK.
//
// A transaction returns when it is durable; its facts are emitted then, once, or never. When the host dies in
// the middle of a COMMIT the recovered database decides, and `open` emits what turns out to have happened
// (see commit_log.h).
//
// All services of one process may share one of these (a monolith): whoever comes first is served first. A second one over the
// same file is a second connection, and SQLite's own locks then stand between the two.
//
// Errors: storage trouble is env::DatabaseError with an unknown outcome. Damage (DatabaseErrorCode::corrupt)
// crashes the host, which then stays down until heal boots it: nobody serves from a damaged database. In a dead process every call throws
// Killed, after SQLite's C frames are left. The destructor does no I/O.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/env/database.h"
#include "sim/disk/database_image.h"

namespace ordeal::sim {

class DatabaseEngine;
class Disk;
class Process;

// durable: what each journal mode needs so that an acknowledged commit survives power loss. That is
// synchronous=FULL, but EXTRA for DELETE, where FULL does not sync the directory after the journal is removed
// (sqlite.org/pragma.html#pragma_synchronous). full: FULL whatever the mode. normal: NORMAL, which in WAL
// loses the last commits, never consistency. off: no sync at all, a power loss leaves anything.
enum class Synchronous : std::uint8_t { durable, full, normal, off };

struct DatabaseOptions {
  std::string name{};                           // of the file: "order.db"
  JournalMode journal_mode = JournalMode::wal;  // wal exactly if the image is
  Synchronous synchronous = Synchronous::durable;
  int cache_pages = 200;
  int wal_autocheckpoint_pages = 64;
  // How long it takes to reach the database: uniform, host to database and back.
  Duration reach_min{20'000};
  Duration reach_max{200'000};
  Duration row_lock_timeout{50'000'000'000};
};

class Database final : public env::Database {
 public:
  // Opens the file and recovers it. Called on a fiber of the process (it may suspend); give the result to
  // process.own().
  static std::unique_ptr<Database> open(Process& process, Disk& disk, DatabaseOptions options);
  ~Database() override;

  void transact(std::string_view name, const std::function<void(env::Tx&)>& work) override;
  void read(std::string_view name, const std::function<void(env::Connection&)>& work) override;
  Result<std::unique_ptr<env::RowLock>, env::LockError> lock_row(std::string_view table,
                                                                 std::int64_t key) override;

  const DatabaseOptions& options() const;

 private:
  explicit Database(std::unique_ptr<DatabaseEngine> engine);

  std::unique_ptr<DatabaseEngine> engine_;
};

}  // namespace ordeal::sim

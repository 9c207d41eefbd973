// AuditConnection: reads a database at rest, for audits after a trial. It works on a private clone of the
// disk's current files, where it runs recovery if that is due; the original is not touched. No suspension, no
// hooks, no trace: it also works for a host that is down. Throws env::DatabaseError when the database is
// missing or damaged.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/env/database.h"
#include "sim/disk/database_image.h"

namespace ordeal::sim {

class Disk;
struct DamageLog;
class SqliteConnection;

class AuditConnection final : public env::Connection {
 public:
  AuditConnection(Disk& disk, std::string_view database, JournalMode journal_mode);
  ~AuditConnection() override;

  // "ok", or what PRAGMA integrity_check found first.
  // Reads every page that is in use.
  std::string integrity();
  // What was noticed while reading through this connection.
  const DamageLog& damage() const;

 private:
  env::Statement& prepare(const env::Sql& sql) override;

  std::unique_ptr<Disk> clone_;
  std::unique_ptr<SqliteConnection> connection_;
};

// Emits the facts of commits that were in flight when a host died for good: what its next boot would have
// done. Call it for every disk after the storm and before the audits. `journal_mode` as the database is
// opened with.
void settle_flights(Disk& disk, std::string_view database, JournalMode journal_mode);

}  // namespace ordeal::sim

#include "sim/disk/audit_connection.h"

#include "core/base/check.h"
#include "sim/disk/disk.h"
#include "sim/disk/sqlite_connection.h"
#include "sim/disk/vfs.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

constexpr env::Sql kGetNumber{"SELECT number FROM _ordeal_commit WHERE id = 1"};
constexpr env::Sql kIntegrity{"PRAGMA integrity_check(1)"};

// The database with its write-ahead log or rollback journal.
Directory::Files files_of(const Disk& disk, std::string_view database) {
  Directory::Files files;
  for (const char* suffix : {"", "-wal", "-journal"}) {
    const std::string name = std::string(database) + suffix;
    if (auto file = disk.directory().find(name)) files.emplace(name, std::move(file));
  }
  return files;
}

}  // namespace

AuditConnection::AuditConnection(Disk& disk, std::string_view database, JournalMode journal_mode)
    : clone_(Disk::at_rest(files_of(disk, database))) {
  seed_sqlite(1);
  connection_ = std::make_unique<SqliteConnection>(
      *clone_,
      SqliteConnection::Settings{.name = database, .journal_mode = journal_mode, .purpose = "audit"});
}

AuditConnection::~AuditConnection() = default;

env::Statement& AuditConnection::prepare(const env::Sql& sql) { return connection_->query(sql); }

std::string AuditConnection::integrity() {
  auto rows = query(kIntegrity);
  return rows.next() ? rows.get<std::string>(0) : "no answer";
}

const DamageLog& AuditConnection::damage() const { return clone_->damage(); }

void settle_flights(Disk& disk, std::string_view database, JournalMode journal_mode) {
  CommitLog& log = disk.commit_log(database);
  if (log.empty()) return;
  AuditConnection audit(disk, database, journal_mode);
  auto rows = audit.query(kGetNumber);
  ORDEAL_CHECK(rows.next());
  Host& host = *disk.host();
  log.settle(rows.get<std::int64_t>(0),
             [&](const PendingFact& fact) { host.simulation().emit(fact.body, host.id(), fact.cause); });
}

}  // namespace ordeal::sim

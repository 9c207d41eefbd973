#include "sim/disk/sqlite_connection.h"

#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/check.h"
#include "sim/disk/disk.h"
#include "sim/disk/page_sums.h"
#include "sim/disk/vfs.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

env::DatabaseErrorCode error_of(int code) {
  if (code == SQLITE_IOERR_DATA) return env::DatabaseErrorCode::corrupt;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return env::DatabaseErrorCode::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return env::DatabaseErrorCode::corrupt;
    case SQLITE_CONSTRAINT:
      return env::DatabaseErrorCode::constraint;
    default:
      return env::DatabaseErrorCode::io;
  }
}

// Two connections of one machine wait for each other's locks this long; SQLite sleeps through our VFS.
constexpr int kBusyTimeoutMs = 5000;

}  // namespace

SqliteStatement::SqliteStatement(SqliteConnection& connection, const char* text)
    : connection_(connection), source_(text) {
  const int code =
      sqlite3_prepare_v3(connection.raw(), text, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK) connection.fail(code);
  ORDEAL_CHECK(statement_ != nullptr, text);
  parameters_ = sqlite3_bind_parameter_count(statement_);
  reads_only_ = sqlite3_stmt_readonly(statement_) != 0;
  texts_.resize(static_cast<std::size_t>(parameters_) + 1);
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

void SqliteStatement::bind(int index, std::int64_t value) {
  ORDEAL_CHECK(sqlite3_bind_int64(statement_, index, value) == SQLITE_OK, source_);
  bound_ = index;
}

void SqliteStatement::bind(int index, std::string_view value) {
  ORDEAL_CHECK(index >= 1 && index <= parameters_, source_);
  std::string& kept = texts_[static_cast<std::size_t>(index)];
  kept.assign(value);
  sqlite3_bind_text(statement_, index, kept.data(), static_cast<int>(kept.size()), SQLITE_STATIC);
  bound_ = index;
}

void SqliteStatement::bind_null(int index) {
  ORDEAL_CHECK(sqlite3_bind_null(statement_, index) == SQLITE_OK, source_);
  bound_ = index;
}

bool SqliteStatement::step() {
  ORDEAL_CHECK(bound_ == parameters_, source_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_.fail(code);
  return false;
}

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t SqliteStatement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view SqliteStatement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void SqliteStatement::finish() {
  sqlite3_reset(statement_);
  bound_ = 0;
  busy_ = false;
}

int SqliteStatement::run() {
  const int code = sqlite3_step(statement_);
  const int reset = sqlite3_reset(statement_);
  return code == SQLITE_DONE || code == SQLITE_ROW ? reset : code;
}

SqliteConnection::SqliteConnection(Disk& disk, const Settings& settings) : disk_(disk), name_(settings.name) {
  const bool creates = settings.create_with_page_bytes != 0;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | (creates ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(name_.c_str(), &sqlite_, flags, disk.vfs().name());
  try {
    if (code != SQLITE_OK) fail(code);
    sqlite3_busy_timeout(sqlite_, kBusyTimeoutMs);
    sqlite3_wal_autocheckpoint(sqlite_, settings.wal_autocheckpoint_pages);
    if (creates) {
      int reserved = kSumBytes;
      sqlite3_file_control(sqlite_, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    }
    std::string setup;
    const bool wal = settings.journal_mode == JournalMode::wal;
    if (creates)
      setup += fmt::format("PRAGMA auto_vacuum=NONE;PRAGMA page_size={};", settings.create_with_page_bytes);
    if (wal) setup += "PRAGMA locking_mode=EXCLUSIVE;";  // or the log would need shared memory
    // WAL is a property of the file and DELETE the default.
    if (creates || (!wal && settings.journal_mode != JournalMode::del)) {
      setup += fmt::format("PRAGMA journal_mode={};", name_of(settings.journal_mode));
    }
    // Debian builds SQLite to overwrite deleted rows with zeros; nobody reads our disks.
    setup += fmt::format("PRAGMA secure_delete=OFF;PRAGMA cache_size={};PRAGMA synchronous={};",
                         settings.cache_pages, settings.synchronous);
    script(setup.c_str());
  } catch (...) {
    drop_statements();
    const Disk::Off off(disk_);
    sqlite3_close_v2(std::exchange(sqlite_, nullptr));
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  const Disk::Off off(disk_);
  drop_statements();
  sqlite3_close_v2(sqlite_);
}

void SqliteConnection::drop_statements() {
  statements_.clear();
  for (auto* statement : {&begin_write_, &begin_read_, &commit_, &rollback_}) statement->reset();
}

void SqliteConnection::close() {
  drop_statements();
  const int code = sqlite3_close(std::exchange(sqlite_, nullptr));
  ORDEAL_CHECK(code == SQLITE_OK, name_);
}

SqliteStatement& SqliteConnection::take(const env::Sql& sql) {
  auto found = statements_.find(&sql);
  if (found == statements_.end() || found->second->source_ != sql.text) {
    found = statements_.insert_or_assign(&sql, std::make_unique<SqliteStatement>(*this, sql.text)).first;
  }
  SqliteStatement* statement = found->second.get();
  while (statement->busy_) {
    if (statement->spare_ == nullptr) statement->spare_ = std::make_unique<SqliteStatement>(*this, sql.text);
    statement = statement->spare_.get();
  }
  statement->busy_ = true;
  return *statement;
}

env::Statement& SqliteConnection::query(const env::Sql& sql) {
  SqliteStatement& statement = take(sql);
  if (!statement.reads_only_) {
    statement.finish();
    check_failed(__FILE__, __LINE__, "a read must not change rows", sql.text);
  }
  return statement;
}

std::int64_t SqliteConnection::integer(const env::Sql& sql) {
  env::Rows rows(take(sql));
  ORDEAL_CHECK(rows.next(), sql.text);
  return rows.get<std::int64_t>(0);
}

void SqliteConnection::script(const char* statements) {
  const int code = sqlite3_exec(sqlite_, statements, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

void SqliteConnection::run(std::unique_ptr<SqliteStatement>& statement, const char* text) {
  if (statement == nullptr) statement = std::make_unique<SqliteStatement>(*this, text);
  if (const int code = statement->run(); code != SQLITE_OK) fail(code);
}

void SqliteConnection::begin_write() { run(begin_write_, "BEGIN IMMEDIATE"); }
void SqliteConnection::begin_read() { run(begin_read_, "BEGIN"); }
void SqliteConnection::commit() { run(commit_, "COMMIT"); }

void SqliteConnection::rollback() {
  if (rollback_ == nullptr) rollback_ = std::make_unique<SqliteStatement>(*this, "ROLLBACK");
  rollback_->run();
  disk_.rethrow_failure();
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(sqlite_) == 0; }
std::int64_t SqliteConnection::changes() const { return sqlite3_changes64(sqlite_); }
std::int64_t SqliteConnection::total_changes() const { return sqlite3_total_changes64(sqlite_); }

void SqliteConnection::fail(int code) {
  disk_.rethrow_failure();
  if (disk_.host() != nullptr) disk_.host()->simulation().scheduler().check_not_killed();
  std::string what = name_ + ": " + (sqlite_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(sqlite_));
  ORDEAL_CHECK(code != SQLITE_ERROR && code != SQLITE_MISUSE && code != SQLITE_RANGE, what);
  const env::DatabaseErrorCode error = error_of(code);
  if (error == env::DatabaseErrorCode::corrupt) {
    const auto& found = disk_.damage().found;
    if (code != SQLITE_IOERR_DATA) {
      disk_.found_damage(name_, 0, what);
    } else if (!found.empty()) {
      what = name_ + ": " + found.back().what;
    }
  }
  throw env::DatabaseError(error, what);
}

}  // namespace ordeal::sim

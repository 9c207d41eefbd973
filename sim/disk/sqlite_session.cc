#include "sim/disk/sqlite_session.h"

#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/check.h"
#include "sim/disk/disk.h"
#include "sim/disk/page_sums.h"
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

SqliteStatement::SqliteStatement(SqliteSession& session, std::string_view text)
    : session_(session), source_(text) {
  const int code = [&] {
    const SqliteMemory::Use memory(session.memory());
    return sqlite3_prepare_v3(session.raw(), source_.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement_,
                              nullptr);
  }();
  if (code != SQLITE_OK) session.fail(code);
  ORDEAL_CHECK(statement_ != nullptr, source_);
  parameters_ = sqlite3_bind_parameter_count(statement_);
  reads_only_ = sqlite3_stmt_readonly(statement_) != 0;
  texts_.resize(static_cast<std::size_t>(parameters_) + 1);
}

SqliteStatement& SqliteStatement::begin_use() {
  SqliteStatement* statement = this;
  while (statement->busy_) {
    if (statement->spare_ == nullptr)
      statement->spare_ = std::make_unique<SqliteStatement>(session_, source_);
    statement = statement->spare_.get();
  }
  statement->busy_ = true;
  return *statement;
}

void SqliteStatement::forget() {
  bound_ = 0;
  busy_ = false;
  spare_.reset();
}

void SqliteStatement::bind(int index, std::int64_t value) {
  const SqliteMemory::Use memory(session_.memory());
  ORDEAL_CHECK(sqlite3_bind_int64(statement_, index, value) == SQLITE_OK, source_);
  bound_ = index;
}

void SqliteStatement::bind(int index, std::string_view value) {
  ORDEAL_CHECK(index >= 1 && index <= parameters_, source_);
  std::string& kept = texts_[static_cast<std::size_t>(index)];
  kept.assign(value);
  const SqliteMemory::Use memory(session_.memory());
  sqlite3_bind_text(statement_, index, kept.data(), static_cast<int>(kept.size()), SQLITE_STATIC);
  bound_ = index;
}

void SqliteStatement::bind_null(int index) {
  const SqliteMemory::Use memory(session_.memory());
  ORDEAL_CHECK(sqlite3_bind_null(statement_, index) == SQLITE_OK, source_);
  bound_ = index;
}

bool SqliteStatement::step() {
  ORDEAL_CHECK(bound_ == parameters_, source_);
  const int code = [&] {
    const SqliteMemory::Use memory(session_.memory());
    return sqlite3_step(statement_);
  }();
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) session_.fail(code);
  return false;
}

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t SqliteStatement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view SqliteStatement::text(int column) const {
  const SqliteMemory::Use memory(session_.memory());
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void SqliteStatement::finish() {
  const SqliteMemory::Use memory(session_.memory());
  sqlite3_reset(statement_);
  bound_ = 0;
  busy_ = false;
}

int SqliteStatement::run() {
  const SqliteMemory::Use memory(session_.memory());
  const int code = sqlite3_step(statement_);
  const int reset = sqlite3_reset(statement_);
  return code == SQLITE_DONE || code == SQLITE_ROW ? reset : code;
}

SqliteSession::SqliteSession(std::string_view name) : name_(name) {}

// What SQLite still holds goes with its memory.
SqliteSession::~SqliteSession() { leave(); }

void SqliteSession::open(Disk& disk, const SqliteSettings& settings) {
  disk_ = &disk;
  vfs_.move_to(disk);
  const bool creates = settings.create_with_page_bytes != 0;
  if (creates) vfs_.put_sums_into_new_files();
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | (creates ? SQLITE_OPEN_CREATE : 0);
  const int code = [&] {
    const SqliteMemory::Use memory(memory_);
    return sqlite3_open_v2(name_.c_str(), &sqlite_, flags, vfs_.name());
  }();
  if (code != SQLITE_OK) fail(code);
  std::string setup;
  {
    const SqliteMemory::Use memory(memory_);
    sqlite3_busy_timeout(sqlite_, kBusyTimeoutMs);
    if (creates) {
      int reserved = kSumBytes;
      sqlite3_file_control(sqlite_, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
      setup = fmt::format("PRAGMA auto_vacuum=NONE;PRAGMA page_size={};", settings.create_with_page_bytes);
    }
  }
  set_wal_autocheckpoint(settings.wal_autocheckpoint_pages);
  const bool wal = settings.journal_mode == JournalMode::wal;
  if (wal) setup += "PRAGMA locking_mode=EXCLUSIVE;";  // or the log would need shared memory
  // WAL is a property of the file and DELETE the default.
  if (creates || (!wal && settings.journal_mode != JournalMode::del)) {
    setup += fmt::format("PRAGMA journal_mode={};", name_of(settings.journal_mode));
  }
  // Debian builds SQLite to overwrite deleted rows with zeros; nobody reads our disks.
  setup += fmt::format("PRAGMA secure_delete=OFF;PRAGMA cache_size={};PRAGMA synchronous={};",
                       settings.cache_pages, settings.synchronous);
  script(setup.c_str());
}

void SqliteSession::close() {
  const int code = [&] {
    const SqliteMemory::Use memory(memory_);
    while (sqlite3_stmt* const statement = sqlite3_next_stmt(sqlite_, nullptr)) sqlite3_finalize(statement);
    return sqlite3_close(std::exchange(sqlite_, nullptr));
  }();
  by_text_.clear();
  statements_.clear();
  ORDEAL_CHECK(code == SQLITE_OK, name_);
}

void SqliteSession::keep() {
  memory_.keep();
  kept_statements_ = statements_.size();
}

void SqliteSession::restore() {
  leave();
  memory_.restore();
  for (std::size_t i = kept_statements_; i < statements_.size(); ++i)
    by_text_.erase(statements_[i]->source());
  statements_.resize(kept_statements_);
  for (const auto& statement : statements_) statement->forget();
}

void SqliteSession::resume(Disk& disk) {
  disk_ = &disk;
  if (vfs_.reopen(disk, name_) == IoStatus::ok) return;
  disk.rethrow_failure();
  throw env::DatabaseError(env::DatabaseErrorCode::io, name_ + ": " + sqlite3_errstr(SQLITE_CANTOPEN));
}

void SqliteSession::leave() {
  vfs_.leave();
  disk_ = nullptr;
}

SqliteStatement& SqliteSession::statement(std::string_view text) {
  const auto found = by_text_.find(text);
  if (found != by_text_.end()) return *found->second;
  statements_.push_back(std::make_unique<SqliteStatement>(*this, text));
  SqliteStatement& made = *statements_.back();
  by_text_.emplace(made.source(), &made);
  return made;
}

void SqliteSession::script(const char* statements) {
  const int code = [&] {
    const SqliteMemory::Use memory(memory_);
    return sqlite3_exec(sqlite_, statements, nullptr, nullptr, nullptr);
  }();
  if (code != SQLITE_OK) fail(code);
}

void SqliteSession::set_wal_autocheckpoint(int pages) {
  const SqliteMemory::Use memory(memory_);
  sqlite3_wal_autocheckpoint(sqlite_, pages);
}

void SqliteSession::forget_pages() {
  const SqliteMemory::Use memory(memory_);
  ORDEAL_CHECK(sqlite3_file_control(sqlite_, "main", SQLITE_FCNTL_RESET_CACHE, nullptr) == SQLITE_OK);
}

void SqliteSession::fail(int code) {
  if (disk_ != nullptr) {
    disk_->rethrow_failure();
    if (disk_->host() != nullptr) disk_->host()->simulation().scheduler().check_not_killed();
  }
  const auto told = [&] {
    const SqliteMemory::Use memory(memory_);
    return std::string(sqlite_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(sqlite_));
  };
  std::string what = name_ + ": " + told();
  ORDEAL_CHECK(code != SQLITE_ERROR && code != SQLITE_MISUSE && code != SQLITE_RANGE, what);
  const env::DatabaseErrorCode error = error_of(code);
  if (error == env::DatabaseErrorCode::corrupt && disk_ != nullptr) {
    const auto& found = disk_->damage().found;
    if (code != SQLITE_IOERR_DATA) {
      disk_->found_damage(name_, 0, what);
    } else if (!found.empty()) {
      what = name_ + ": " + found.back().what;
    }
  }
  throw env::DatabaseError(error, what);
}

}  // namespace ordeal::sim

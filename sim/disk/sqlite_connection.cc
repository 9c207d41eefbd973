#include "sim/disk/sqlite_connection.h"

#include <sqlite3.h>

#include "core/base/check.h"
#include "sim/disk/disk.h"

namespace ordeal::sim {

SqliteConnection::SqliteConnection(Disk& disk, const Settings& settings) {
  const auto file = disk.directory().find(settings.name);
  if (file != nullptr && file->warm_sessions != nullptr && settings.create_with_page_bytes == 0) {
    session_ = file->warm_sessions->take(settings);
    session_->resume(disk);
    WarmSessions::adjust(*session_, settings);
  } else {
    session_ = WarmSessions::Lease(new SqliteSession(settings.name));
    session_->open(disk, settings);
  }
}

SqliteStatement& SqliteConnection::take(const env::Sql& sql) {
  auto found = known_.find(&sql);
  if (found == known_.end() || found->second.text != sql.text) {
    found = known_.insert_or_assign(&sql, Known{sql.text, &session_->statement(sql.text)}).first;
  }
  return found->second.statement->begin_use();
}

env::Statement& SqliteConnection::query(const env::Sql& sql) {
  SqliteStatement& statement = take(sql);
  if (!statement.reads_only()) {
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

void SqliteConnection::run(SqliteStatement*& statement, const char* text) {
  if (statement == nullptr) statement = &session_->statement(text);
  if (const int code = statement->run(); code != SQLITE_OK) session_->fail(code);
}

void SqliteConnection::begin_write() { run(begin_write_, "BEGIN IMMEDIATE"); }
void SqliteConnection::begin_read() { run(begin_read_, "BEGIN"); }
void SqliteConnection::commit() { run(commit_, "COMMIT"); }

void SqliteConnection::rollback() {
  if (rollback_ == nullptr) rollback_ = &session_->statement("ROLLBACK");
  rollback_->run();
  session_->disk().rethrow_failure();
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(session_->raw()) == 0; }
std::int64_t SqliteConnection::changes() const { return sqlite3_changes64(session_->raw()); }
std::int64_t SqliteConnection::total_changes() const { return sqlite3_total_changes64(session_->raw()); }

}  // namespace ordeal::sim

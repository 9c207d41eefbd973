// SqliteConnection: a connection to one database of one disk, as the layers above use it. Private to sim/disk. If the file
// began as a DatabaseImage the session is a warm one (warm_sessions.h): it was opened and knows the schema already, and
// the database is first read when it is used. Errors as in sqlite_session.h; the destructor does no I/O.
#pragma once

#include <cstdint>

#include <tsl/robin_map.h>

#include "sim/disk/sqlite_session.h"
#include "sim/disk/warm_sessions.h"

namespace ordeal::sim {

class SqliteConnection {
 public:
  using Settings = SqliteSettings;

  SqliteConnection(Disk& disk, const Settings& settings);
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // Ready to be bound; marked in use until finish().
  env::Statement& statement(const env::Sql& sql) { return take(sql); }
  env::Statement& query(const env::Sql& sql);  // the same; the statement must not change anything
  void script(const char* statements) { session_->script(statements); }  // any number of them, not cached
  std::int64_t integer(const env::Sql& sql);                             // the first column of the only row

  void begin_write();
  void begin_read();
  void commit();
  // Never throws for what the disk does: SQLite recovers at the next use.
  void rollback();
  bool in_transaction() const;

  std::int64_t changes() const;        // rows changed by the last statement
  std::int64_t total_changes() const;  // since the connection was opened
  // The orderly end, with I/O: the write-ahead log is folded into the file and removed.
  void close() { session_->close(); }

  SqliteSession& session() { return *session_; }

 private:
  struct ByAddress {
    std::size_t operator()(const env::Sql* sql) const {
      return reinterpret_cast<std::uintptr_t>(sql) / sizeof(env::Sql);
    }
  };
  struct Known {
    const char* text;
    SqliteStatement* statement;
  };

  SqliteStatement& take(const env::Sql& sql);
  void run(SqliteStatement*& statement, const char* text);

  WarmSessions::Lease session_;
  tsl::robin_map<const env::Sql*, Known, ByAddress> known_;
  SqliteStatement* begin_write_ = nullptr;
  SqliteStatement* begin_read_ = nullptr;
  SqliteStatement* commit_ = nullptr;
  SqliteStatement* rollback_ = nullptr;
};

}  // namespace ordeal::sim

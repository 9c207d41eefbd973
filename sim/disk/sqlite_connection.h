// SqliteConnection: one sqlite3* on one disk, with its cache of prepared statements. Private to sim/disk.
//
// Every error leaves as an exception, above the C frames: Killed when the running fiber's life is over, the
// bench's own failure if one happened below, CheckFailed for SQL that is wrong, env::DatabaseError for the
// rest. The destructor closes without I/O.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "core/env/database.h"
#include "sim/disk/database_image.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ordeal::sim {

class Disk;
class SqliteConnection;

class SqliteStatement final : public env::Statement {
 public:
  SqliteStatement(SqliteConnection& connection, const char* text);
  ~SqliteStatement() override;
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  void bind(int index, std::int64_t value) override;
  void bind(int index, std::string_view value) override;
  void bind_null(int index) override;
  bool step() override;
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  void finish() override;

  // Steps once and resets; returns SQLite's code instead of throwing.
  int run();

 private:
  friend class SqliteConnection;

  SqliteConnection& connection_;
  const char* source_;
  sqlite3_stmt* statement_ = nullptr;
  int parameters_ = 0;
  int bound_ = 0;  // the highest index bound for this use
  bool busy_ = false;
  bool reads_only_ = false;
  std::vector<std::string> texts_;          // bound texts by index; their memory is used again
  std::unique_ptr<SqliteStatement> spare_;  // for a use inside a use of the same text
};

class SqliteConnection {
 public:
  struct Settings {
    std::string_view name;
    JournalMode journal_mode = JournalMode::wal;
    const char* synchronous = "FULL";
    int cache_pages = 200;
    int wal_autocheckpoint_pages = 64;
    int create_with_page_bytes = 0;  // 0: the file must be there
  };

  SqliteConnection(Disk& disk, const Settings& settings);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // Ready to be bound; marked in use until finish().
  env::Statement& statement(const env::Sql& sql) { return take(sql); }
  env::Statement& query(const env::Sql& sql);  // the same; the statement must not change anything
  void script(const char* statements);         // any number of them, not cached
  std::int64_t integer(const env::Sql& sql);   // the first column of the only row

  void begin_write();
  void begin_read();
  void commit();
  // Never throws for what the disk does: SQLite recovers at the next use.
  void rollback();
  bool in_transaction() const;

  std::int64_t changes() const;        // rows changed by the last statement
  std::int64_t total_changes() const;  // since the connection was opened
  // The orderly end, with I/O: the write-ahead log is folded into the file and removed.
  void close();

  [[noreturn]] void fail(int code);
  sqlite3* raw() { return sqlite_; }

 private:
  struct ByAddress {
    std::size_t operator()(const env::Sql* sql) const {
      return reinterpret_cast<std::uintptr_t>(sql) / sizeof(env::Sql);
    }
  };

  SqliteStatement& take(const env::Sql& sql);
  void run(std::unique_ptr<SqliteStatement>& statement, const char* text);
  void drop_statements();

  Disk& disk_;
  std::string name_;
  sqlite3* sqlite_ = nullptr;
  tsl::robin_map<const env::Sql*, std::unique_ptr<SqliteStatement>, ByAddress> statements_;
  std::unique_ptr<SqliteStatement> begin_write_;
  std::unique_ptr<SqliteStatement> begin_read_;
  std::unique_ptr<SqliteStatement> commit_;
  std::unique_ptr<SqliteStatement> rollback_;
};

}  // namespace ordeal::sim

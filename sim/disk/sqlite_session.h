// SqliteSession: one sqlite3* with the memory it lives in, the VFS that it sees a disk through, and its prepared statements.
// Private to sim/disk. It is on one disk at a time and can be moved to another: kept while it is ready to be used, it is as
// ready again after `restore` (warm_sessions.h).
//
// Every error leaves as an exception, above the C frames: Killed when the running fiber's life is over, the
// bench's own failure if one happened below, CheckFailed for SQL that is wrong, env::DatabaseError for the
// rest. The destructor does no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "core/env/database.h"
#include "sim/disk/database_image.h"
#include "sim/disk/sqlite_memory.h"
#include "sim/disk/vfs.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ordeal::sim {

class Disk;
class SqliteSession;

class SqliteStatement final : public env::Statement {
 public:
  // `text` is copied.
  SqliteStatement(SqliteSession& session, std::string_view text);
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

  bool reads_only() const { return reads_only_; }
  const std::string& source() const { return source_; }
  // Itself, or another one of the same text while it is in use.
  SqliteStatement& begin_use();
  // As after the session was restored, which put the sqlite3_stmt back.
  void forget();

 private:
  SqliteSession& session_;
  std::string source_;
  sqlite3_stmt* statement_ = nullptr;
  int parameters_ = 0;
  int bound_ = 0;  // the highest index bound for this use
  bool busy_ = false;
  bool reads_only_ = false;
  std::vector<std::string> texts_;          // bound texts by index; their memory is used again
  std::unique_ptr<SqliteStatement> spare_;  // for a use inside a use of the same text
};

struct SqliteSettings {
  std::string_view name;
  JournalMode journal_mode = JournalMode::wal;
  const char* synchronous = "FULL";
  int cache_pages = 200;
  int wal_autocheckpoint_pages = 64;
  int create_with_page_bytes = 0;        // 0: the file must be there
  std::string_view purpose = "service";  // sessions of one purpose share what they prepare
};

class SqliteSession {
 public:
  explicit SqliteSession(std::string_view name);
  ~SqliteSession();
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;

  // Opens the file there, with all that the settings ask for.
  void open(Disk& disk, const SqliteSettings& settings);
  // The orderly end, with I/O: the write-ahead log is folded into the file and removed.
  void close();

  // No transaction is open and no page cached; the statements prepared so far are part of what is kept.
  void keep();
  // As it was when kept, on no disk.
  void restore();
  // A restored session goes on with the file of its name on `disk`, as one that has just been opened.
  void resume(Disk& disk);
  // Away from its disk, as a process that ended: no I/O.
  void leave();

  // By its text; prepared once.
  SqliteStatement& statement(std::string_view text);
  void script(const char* statements);  // any number of them, not cached
  void set_wal_autocheckpoint(int pages);
  void forget_pages();

  std::size_t kept_statements() const { return kept_statements_; }
  // In the order in which they were prepared; those that are kept come first.
  const std::vector<std::unique_ptr<SqliteStatement>>& statements() const { return statements_; }

  [[noreturn]] void fail(int code);
  sqlite3* raw() { return sqlite_; }
  SqliteMemory& memory() { return memory_; }
  Disk& disk() { return *disk_; }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  SqliteMemory memory_;
  Vfs vfs_;
  Disk* disk_ = nullptr;
  sqlite3* sqlite_ = nullptr;
  std::vector<std::unique_ptr<SqliteStatement>> statements_;
  tsl::robin_map<std::string_view, SqliteStatement*> by_text_;
  std::size_t kept_statements_ = 0;
};

}  // namespace ordeal::sim

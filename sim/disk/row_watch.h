// RowWatch: the rows that a connection changes, each as it was and as it is, for readers of a trace with causes. Private to
// sim/disk. It listens to SQLite's preupdate hook (sqlite.org/c3ref/preupdate_blobwrite.html; Debian builds it in), which shows what SQLite
// holds in its hands at that moment: no statement more is run, so a trial that is watched is the same trial. One limit: of a row
// that is longer than its page the hook wants the end, too. A statement has read it just before, unless it deletes or replaces the row, or
// changes many at once; then a cache of ten pages may have let it go, and a page is fetched once more. Such rows are rare here (an
// event of 400 bytes on pages of 512), and tests/determinism plays trials with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

namespace ordeal::sim {

class SqliteSession;

struct ChangedRow {
  std::string_view table;           // outlives the call that it is given to
  std::vector<std::string> before;  // a value a column, as SQL writes it; none: there was no such row
  std::vector<std::string> after;   // the same; none: it is gone
};

struct TableColumns {
  std::vector<std::string> names;
  std::vector<std::size_t> key;  // which of them are the primary key, in the order of the columns
};

// While it lives, `changed` is called for each row, within the step of the statement that changes it. It must not throw and
// must not use the connection.
class RowWatch {
 public:
  RowWatch(SqliteSession& session, std::function<void(const ChangedRow&)> changed);
  ~RowWatch();
  RowWatch(const RowWatch&) = delete;
  RowWatch& operator=(const RowWatch&) = delete;

 private:
  static void hear(void* self, sqlite3* sqlite, int what, const char* schema, const char* table,
                   std::int64_t old_row, std::int64_t new_row);

  SqliteSession& session_;
  std::function<void(const ChangedRow&)> changed_;
};

// The columns of a table as the session knows them: nothing is read. Not within a step.
TableColumns columns_of(SqliteSession& session, const std::string& table);

}  // namespace ordeal::sim

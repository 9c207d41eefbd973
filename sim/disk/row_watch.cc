// Declares the hook, which Debian's library has.
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include "sim/disk/row_watch.h"

#include <cstdint>
#include <utility>

#include <sqlite3.h>

#include "core/base/check.h"
#include "sim/disk/sqlite_session.h"
#include "sim/disk/written_rows.h"

namespace ordeal::sim {
namespace {

std::string in_sql(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return std::to_string(sqlite3_value_int64(value));
    case SQLITE_NULL:
      return "null";
    default: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      if (text == nullptr) return "null";
      return quoted({text, static_cast<std::size_t>(sqlite3_value_bytes(value))});
    }
  }
}

using Getter = int (*)(sqlite3*, int, sqlite3_value**);

std::vector<std::string> values(sqlite3* sqlite, Getter get) {
  std::vector<std::string> out;
  for (int i = 0; i < sqlite3_preupdate_count(sqlite); ++i) {
    sqlite3_value* value = nullptr;
    out.push_back(get(sqlite, i, &value) == SQLITE_OK && value != nullptr ? in_sql(value) : "null");
  }
  return out;
}

}  // namespace

RowWatch::RowWatch(SqliteSession& session, std::function<void(const ChangedRow&)> changed)
    : session_(session), changed_(std::move(changed)) {
  const auto hook = [](void* self, sqlite3* sqlite, int what, const char* schema, const char* table,
                       sqlite3_int64 old_row,
                       sqlite3_int64 new_row) { hear(self, sqlite, what, schema, table, old_row, new_row); };
  sqlite3_preupdate_hook(session.raw(), hook, this);
}

RowWatch::~RowWatch() { sqlite3_preupdate_hook(session_.raw(), nullptr, nullptr); }

void RowWatch::hear(void* self, sqlite3* sqlite, int what, const char*, const char* table, std::int64_t,
                    std::int64_t) {
  ChangedRow row;
  row.table = table;
  if (what != SQLITE_INSERT) row.before = values(sqlite, sqlite3_preupdate_old);
  if (what != SQLITE_DELETE) row.after = values(sqlite, sqlite3_preupdate_new);
  static_cast<RowWatch*>(self)->changed_(row);
}

// A statement knows its columns when it is prepared; it is never stepped.
TableColumns columns_of(SqliteSession& session, const std::string& table) {
  const SqliteMemory::Use memory(session.memory());
  sqlite3_stmt* statement = nullptr;
  const std::string sql = "select * from \"" + table + "\"";
  ORDEAL_CHECK(sqlite3_prepare_v2(session.raw(), sql.c_str(), -1, &statement, nullptr) == SQLITE_OK, sql);
  TableColumns columns;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    columns.names.emplace_back(sqlite3_column_name(statement, i));
    int is_key = 0;
    sqlite3_table_column_metadata(session.raw(), "main", table.c_str(), columns.names.back().c_str(), nullptr,
                                  nullptr, nullptr, &is_key, nullptr);
    if (is_key != 0) columns.key.push_back(columns.names.size() - 1);
  }
  sqlite3_finalize(statement);
  return columns;
}

}  // namespace ordeal::sim

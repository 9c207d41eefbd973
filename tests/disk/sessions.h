// Sessions of SQLite on the disk of a world, for tests of what sim::Database does not let through: VACUUM, other journal
// modes on the way, several connections.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "sim/disk/sqlite_session.h"
#include "tests/disk/world.h"

namespace ordeal::sim {

inline std::unique_ptr<SqliteSession> open_session(Disk& disk, const SqliteSettings& settings) {
  auto session = std::make_unique<SqliteSession>(settings.name);
  session->open(disk, settings);
  return session;
}

// The file is made by it: pages of 1,024 bytes, a cache of ten of them unless said otherwise.
inline SqliteSettings born(JournalMode mode, int cache_pages = 10) {
  return {.name = "main.db",
          .journal_mode = mode,
          .synchronous = "EXTRA",
          .cache_pages = cache_pages,
          .create_with_page_bytes = 1024};
}
inline SqliteSettings there(JournalMode mode, int cache_pages = 10) {
  SqliteSettings settings = born(mode, cache_pages);
  settings.create_with_page_bytes = 0;
  return settings;
}

// The first column of the first row.
inline std::string answer(SqliteSession& session, const std::string& query) {
  SqliteStatement& statement = session.statement(query).begin_use();
  std::string text = statement.step() ? std::string(statement.text(0)) : "";
  statement.finish();
  return text;
}

inline void run(SqliteSession& session, const std::string& statements) { session.script(statements.c_str()); }

inline std::string damage_of(const Disk& disk) {
  return disk.damage().found.empty() ? "" : disk.damage().found.front().what;
}

}  // namespace ordeal::sim

#include "scenarios/play/state_hash.h"

#include <deque>
#include <string>

namespace ordeal::play {
namespace {

// A table's name, and its row as one text.
constexpr env::Sql kTables{
    "SELECT m.name, (SELECT group_concat('quote(\"' || c.name || '\")', ' || '','' || ') "
    "FROM pragma_table_info(m.name) c) FROM sqlite_master m WHERE m.type = 'table' ORDER BY m.name"};

}  // namespace

void add_rows(Digest& digest, env::Connection& database) {
  std::deque<std::string> texts;  // a connection knows a statement by its address: each stays where it is
  std::deque<env::Sql> statements;
  {
    auto tables = database.query(kTables);
    while (tables.next()) {
      const auto name = tables.get<std::string>(0);
      digest.add(name);
      texts.push_back("SELECT " + tables.get<std::string>(1) + " FROM \"" + name + "\" ORDER BY 1");
      statements.push_back({texts.back().c_str()});
    }
  }
  for (const env::Sql& statement : statements) {
    auto rows = database.query(statement);
    std::uint64_t count = 0;
    for (; rows.next(); ++count) digest.add(rows.get<std::string_view>(0));
    digest.add(count);
  }
}

}  // namespace ordeal::play

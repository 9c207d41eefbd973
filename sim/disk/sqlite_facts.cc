#include "sim/disk/sqlite_facts.h"

#include <sqlite3.h>

namespace ordeal::sim {

SqliteFacts sqlite_facts() {
  SqliteFacts facts{sqlite3_libversion(), sqlite3_sourceid(), sqlite3_threadsafe() != 0, {}};
  for (int i = 0; const char* option = sqlite3_compileoption_get(i); ++i)
    facts.compile_options.emplace_back(option);
  return facts;
}

}  // namespace ordeal::sim

// What the linked SQLite says about itself: for `ordeal doctor` and bug reports. Pure reading, no connection
// is opened. Never fails: the library answers from constants compiled into it.
#pragma once

#include <string>
#include <vector>

namespace ordeal::sim {

struct SqliteFacts {
  std::string version;    // "3.40.1"
  std::string source_id;  // date and hash of the release
  bool threadsafe = false;
  std::vector<std::string> compile_options;  // without "SQLITE_"
};

SqliteFacts sqlite_facts();

}  // namespace ordeal::sim

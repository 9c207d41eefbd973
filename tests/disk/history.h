// The small history under crashes: where a life ends, what the crash leaves, and what must hold after it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/disk/database.h"
#include "tests/disk/world.h"

namespace ordeal::sim {

// Where a life ends: at the I/O number `at_op` of that life, before or after it happened.
struct CrashPoint {
  std::uint32_t at_op = 0;
  bool after = false;
};

// What the crash leaves of the unsynced sectors and names.
struct Outcome {
  enum class Kind : std::uint8_t {
    nothing,           // every unsynced sector is lost
    everything,        // every one is kept
    one_write_kept,    // one write is kept, the others lost
    one_write_lost,    // one write is lost, the others kept
    one_torn_of_lost,  // one sector is torn, the others lost
    one_torn_of_kept,  // one sector is torn, the others kept
  };
  Kind kind = Kind::nothing;
  std::string file{};
  std::uint32_t write = 0;
  std::uint32_t sector = 0;
  std::uint32_t torn_bytes = 0;
  bool names_survive = true;
};

struct CrashPlan {
  std::vector<CrashPoint> crashes{};  // one a life, from the first
  Outcome outcome{};                  // of the last crash; the earlier ones keep everything
  bool syncs_lie = false;
};

struct PendingSector {
  std::string file{};
  std::uint32_t write = 0;
  std::uint32_t sector = 0;
};

struct CrashRun {
  std::vector<std::uint32_t> ops;      // how many I/Os each life did
  std::vector<PendingSector> pending;  // at the last crash
  bool names_pending = false;          // at the last crash
  int crashes = 0;
  int acknowledged = 0;   // transactions that returned
  int holds = -1;         // transactions the recovered database holds; -1: none of the known states
  std::string integrity;  // of the recovered database
  std::vector<std::int64_t> facts;
  std::string wrong;  // why the run breaks the promise; empty: it keeps it
};

class History {
 public:
  History(JournalMode mode, Synchronous synchronous, DiskOptions disk = {});

  CrashRun play(const CrashPlan& plan);

 private:
  static std::string state(env::Database& database);
  static void transaction(env::Database& database, int number);

  FiberPool pool_;
  DatabaseImage image_;
  DatabaseOptions options_;
  DiskOptions disk_;
  std::vector<std::string> states_;  // after 0, 1, 2, 3 transactions
};

}  // namespace ordeal::sim

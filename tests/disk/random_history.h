// Random histories of one database: transactions that spill out of a cache of one to ten pages, savepoints, tables dropped and
// vacuumed, other journal modes on the way, several connections; power losses at any I/O, in recovery too, which lose, keep
// and tear sectors as they like. SQLite in memory plays the same and says what must be there.
#pragma once

#include <cstdint>
#include <string>

#include "sim/fiber.h"

namespace ordeal::sim {

struct RandomHistory {
  std::string wrong;  // empty: everything was there
  int transactions = 0;
  int crashes = 0;
  int crashes_in_recovery = 0;  // before the database was read
  int torn = 0;                 // sectors
  int spills = 0;               // pages written before their transaction was committed
  int survived_in_flight = 0;
};

// `syncs_lie`: nothing is synced, so something must be wrong now and then.
RandomHistory play_random_history(FiberPool& pool, std::uint64_t seed, bool syncs_lie = false);

}  // namespace ordeal::sim

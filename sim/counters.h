// Counters: what the machine room had to do in a trial, for people who compare designs. Nothing reads them while a trial runs,
// and they are no part of its trace.
#pragma once

#include <cstdint>

namespace ordeal::sim {

struct Counters {
  std::uint64_t transactions = 0;  // that became durable with something written
  std::uint64_t in_vain = 0;       // transactions that were rolled back, or had nothing to write
  std::uint64_t statements =
      0;  // of SQL that services ran, in transactions and reads; without BEGIN and COMMIT
  std::int64_t database_wait_ns = 0;  // from coming to a database to having it: it does one thing at a time
  std::uint64_t row_waits = 0;        // row locks that somebody else held
  std::int64_t row_wait_ns = 0;
  std::uint64_t deadlocks = 0;  // row locks that were refused because the wait would have closed a cycle
};

}  // namespace ordeal::sim

// CommitLog: which facts belong to transactions whose outcome is not known yet. It is kept by the disk, not
// by the process, and so outlives a crash: only the database itself, once recovered, can tell whether a
// commit in flight happened.
//
// Each transaction with facts stores a number that is never used again in the table _ordeal_commit, in the
// same transaction. `settle(n)` is told the number a durable database holds: that transaction and those it
// was built on happened; all others that were in flight did not, and never will.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/env/message.h"
#include "core/env/tasks.h"

namespace ordeal::sim {

struct PendingFact {
  env::Message body;
  env::TraceContext cause;
};

class CommitLog {
 public:
  struct Flight {
    std::int64_t number = 0;
    std::int64_t base = 0;  // the number the database held when the transaction began
    std::vector<PendingFact> facts;
  };

  std::int64_t new_number() { return ++last_; }
  bool empty() const { return flights_.empty(); }
  void take_off(Flight flight) { flights_.push_back(std::move(flight)); }

  // Calls `emit(fact)` for every fact that is now known to be durable, in the order of the transactions;
  // empties the log.
  template <class Emit>
  void settle(std::int64_t durable_number, Emit&& emit) {
    const auto flights = std::exchange(flights_, {});
    std::vector<const Flight*> chain;
    for (auto flight = flights.rbegin(); flight != flights.rend();
         ++flight) {  // a base is older than what stands on it
      if (flight->number != durable_number) continue;
      chain.push_back(&*flight);
      durable_number = flight->base;
    }
    for (auto flight = chain.rbegin(); flight != chain.rend(); ++flight) {
      for (const PendingFact& fact : (*flight)->facts) emit(fact);
    }
  }

 private:
  std::int64_t last_ = 0;
  std::vector<Flight> flights_;
};

}  // namespace ordeal::sim

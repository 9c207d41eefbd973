// RowLocks: pessimistic row locks, as `select … for update` gives them. First come, first served; the same
// task may take a row again. A wait ends after a timeout (50 s by default: innodb_lock_wait_timeout); a wait
// that would close a cycle is refused at once, its caller being the victim. Locks live in the memory of the
// process and die with it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include <tsl/robin_map.h>

#include "core/env/database.h"
#include "sim/scheduler.h"

namespace ordeal::sim {

class Host;

class RowLocks : public std::enable_shared_from_this<RowLocks> {
 public:
  RowLocks(Host& host, Duration timeout) : host_(host), timeout_(timeout) {}

  Result<std::unique_ptr<env::RowLock>, env::LockError> lock(std::string_view table, std::int64_t key);
  std::size_t held() const { return rows_.size(); }

 private:
  class Held;
  struct Waiting {
    const Fiber* fiber;
    WakeToken token;
  };
  struct Row {
    const Fiber* owner = nullptr;
    std::uint32_t depth = 0;  // how often the owner took it
    std::deque<Waiting> queue;
  };
  struct Same {
    std::size_t operator()(std::uint64_t value) const { return value; }
  };

  bool would_deadlock(const Fiber* me, const Row& row) const;
  void leave(std::uint64_t id, const Fiber* me);
  void release(std::uint64_t id);

  Host& host_;
  Duration timeout_;
  tsl::robin_map<std::uint64_t, std::unique_ptr<Row>, Same>
      rows_;                                      // by digest of (table, key); only rows in use
  tsl::robin_map<const Fiber*, Row*> waits_for_;  // looked up only, never walked
};

}  // namespace ordeal::sim

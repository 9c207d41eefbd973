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

  // Who holds or waits: a task here, or somebody at another host. 0 is nobody.
  using Owner = std::uint64_t;
  // One stretch of holding a row, however often its owner took it meanwhile.
  struct Grant {
    std::uint64_t row = 0;
    std::uint64_t number = 0;
  };

  // For the running task.
  Result<std::unique_ptr<env::RowLock>, env::LockError> lock(std::string_view table, std::int64_t key);
  // For somebody else; the running task waits in his place. Numbers of owners here start at kFirstForeign.
  Result<Grant, env::LockError> lock_for(Owner owner, std::string_view table, std::int64_t key);
  void release(Grant grant);  // nothing if it is not held any more
  bool holds(Grant grant) const;
  std::size_t held() const { return rows_.size(); }

  static constexpr Owner kFirstForeign = Owner{1} << 32;

 private:
  class Held;
  struct Waiting {
    Owner owner;
    WakeToken token;
  };
  struct Row {
    Owner owner = 0;
    std::uint64_t grant = 0;
    std::uint32_t depth = 0;  // how often the owner took it
    std::deque<Waiting> queue;
  };
  struct Same {
    std::size_t operator()(std::uint64_t value) const { return value; }
  };

  bool would_deadlock(Owner me, const Row& row) const;
  void leave(std::uint64_t id, Owner me);
  void hand_over(std::uint64_t id);

  Host& host_;
  Duration timeout_;
  std::uint64_t grants_ = 0;
  tsl::robin_map<std::uint64_t, std::unique_ptr<Row>, Same>
      rows_;                                     // by digest of (table, key); only rows in use
  tsl::robin_map<Owner, Row*, Same> waits_for_;  // looked up only, never walked
};

}  // namespace ordeal::sim

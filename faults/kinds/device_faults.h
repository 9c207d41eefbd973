// What can go wrong inside a cache and a broker (sim/cache, sim/broker), and what a strike at one of them does. Included by
// fault.h and plan.h; the rules there hold here. Loss, delay and partitions of what travels between a service and these hosts are
// the ordinary faults of messages and hosts.
#pragma once

#include "core/base/ratio.h"
#include "core/base/time.h"

namespace ordeal::faults {

// ---- caches. `rate`: at each command ----

// The primary dies and a replica takes over that never heard of the last writes, acknowledged or not: those of up to lag_max ago
// are gone (asynchronous replication, Redis scaling page; the minority side of a partition can lose node-timeout, 15 s by default).
// Nobody answers until the replica is elected. Only where there is a replica.
struct CacheFailover {
  Ratio rate{};
  Duration lag_max{1'000'000'000};
  Duration restart_after_min{1'000'000'000};
  Duration restart_after_max{15'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("lag_max", self.lag_max);
    visit("restart_after_min", self.restart_after_min);
    visit("restart_after_max", self.restart_after_max);
  }
  bool operator==(const CacheFailover&) const = default;
};
// A primary without persistence that its supervisor starts again: empty, and its replicas copy the emptiness (Redis replication
// page). The same when somebody runs FLUSHALL on the wrong host.
struct CacheRestartEmpty {
  Ratio rate{};
  Duration restart_after_min{1'000'000'000};
  Duration restart_after_max{15'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("restart_after_min", self.restart_after_min);
    visit("restart_after_max", self.restart_after_max);
  }
  bool operator==(const CacheRestartEmpty&) const = default;
};
// Memory is short and eviction takes the very key that is wanted now. Only what the cache's policy lets go.
struct CacheEvict {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const CacheEvict&) const = default;
};

// ---- brokers ----

// A rebalance, or a broker whose offsets were not written yet: what a group has consumed comes to it again, up to after_max later.
// `rate`: of each acknowledgement.
struct BrokerRedeliver {
  Ratio rate{};
  Duration after_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("after_max", self.after_max);
  }
  bool operator==(const BrokerRedeliver&) const = default;
};
// A producer that tries again on another broker although the first had stored it: two messages of one key and two ids. `rate`: of
// each message stored.
struct BrokerDuplicate {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const BrokerDuplicate&) const = default;
};
// Queues on several brokers, consumers of different speed: a delivery waits up to extra_max and others overtake it, never within
// an ordered queue. `rate`: of each delivery.
struct BrokerReorder {
  Ratio rate{};
  Duration extra_max{1'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("extra_max", self.extra_max);
  }
  bool operator==(const BrokerReorder&) const = default;
};
// A delay queue that lags: a delayed message comes up to extra_max late. `rate`: of each delayed message.
struct BrokerDelay {
  Ratio rate{};
  Duration extra_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("extra_max", self.extra_max);
  }
  bool operator==(const BrokerDelay&) const = default;
};
// Power loss just after an acknowledgement that was given before the flush: what was not flushed is gone. `rate`: of each message
// stored by a broker that flushes asynchronously.
struct BrokerLoseUnflushed {
  Ratio rate{};
  Duration restart_after_min{1'000'000'000};
  Duration restart_after_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("restart_after_min", self.restart_after_min);
    visit("restart_after_max", self.restart_after_max);
  }
  bool operator==(const BrokerLoseUnflushed&) const = default;
};

namespace act {

// Duration::max(): not before heal.
struct CacheFailover {
  Duration lag{};  // what was written so long ago or later is lost
  Duration restart_after = Duration::max();
  static void fields(auto& self, auto&& visit) {
    visit("lag", self.lag);
    visit("restart_after", self.restart_after);
  }
  bool operator==(const CacheFailover&) const = default;
};
struct CacheRestartEmpty {
  Duration restart_after = Duration::max();
  static void fields(auto& self, auto&& visit) { visit("restart_after", self.restart_after); }
  bool operator==(const CacheRestartEmpty&) const = default;
};
struct CacheEvict {
  static void fields(auto&, auto&&) {}
  bool operator==(const CacheEvict&) const = default;
};
struct BrokerRedeliver {
  Duration after{};
  static void fields(auto& self, auto&& visit) { visit("after", self.after); }
  bool operator==(const BrokerRedeliver&) const = default;
};
struct BrokerDuplicate {
  static void fields(auto&, auto&&) {}
  bool operator==(const BrokerDuplicate&) const = default;
};
struct BrokerHold {
  Duration after{};
  static void fields(auto& self, auto&& visit) { visit("after", self.after); }
  bool operator==(const BrokerHold&) const = default;
};
struct BrokerCrash {
  Duration restart_after = Duration::max();
  static void fields(auto& self, auto&& visit) { visit("restart_after", self.restart_after); }
  bool operator==(const BrokerCrash&) const = default;
};

}  // namespace act

}  // namespace ordeal::faults

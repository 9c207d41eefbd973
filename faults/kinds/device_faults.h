// What can go wrong inside a cache and a broker (sim/cache, sim/broker). The rules of fault.h hold. Loss, delay and partitions
// of what travels between a service and these hosts are the ordinary faults of messages and hosts.
#pragma once

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "faults/kinds/parameter.h"

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
    visit(Parameter{.key = "rate", .says = "the chance at each command"}, self.rate);
    visit(Parameter{.key = "lag_max",
                    .says = "what was written so long ago at the most is lost",
                    .draw = {.limit = Draw::Limit::delay,
                             .least = kMillisecond,
                             .most = kSecond * 15,
                             .lane = "lag"}},
          self.lag_max);
    visit(Parameter{.key = "restart_after_min",
                    .says = "the shortest time until it is up again",
                    .may_be_never = true,
                    .not_above = "restart_after_max"},
          self.restart_after_min);
    visit(Parameter{.key = "restart_after_max",
                    .says = "the longest time until it is up again",
                    .may_be_never = true,
                    .draw = {.limit = Draw::Limit::downtime, .least = kMillisecond * 100}},
          self.restart_after_max);
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
    visit(Parameter{.key = "rate", .says = "the chance at each command"}, self.rate);
    visit(Parameter{.key = "restart_after_min",
                    .says = "the shortest time until it is up again",
                    .may_be_never = true,
                    .not_above = "restart_after_max"},
          self.restart_after_min);
    visit(Parameter{.key = "restart_after_max",
                    .says = "the longest time until it is up again",
                    .may_be_never = true,
                    .draw = {.limit = Draw::Limit::downtime, .least = kMillisecond * 100}},
          self.restart_after_max);
  }
  bool operator==(const CacheRestartEmpty&) const = default;
};

// Memory is short and eviction takes the very key that is wanted now. Only what the cache's policy lets go.
struct CacheEvict {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance at each command"}, self.rate);
  }
  bool operator==(const CacheEvict&) const = default;
};

// ---- brokers ----

// A rebalance, or a broker whose offsets were not written yet: what a group has consumed comes to it again, up to after_max later.
// `rate`: of each acknowledgement.
struct BrokerRedeliver {
  Ratio rate{};
  Duration after_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each acknowledgement"}, self.rate);
    visit(Parameter{.key = "after_max",
                    .says = "how long until the message comes again at the most",
                    .draw = {.limit = Draw::Limit::delay, .least = kMillisecond}},
          self.after_max);
  }
  bool operator==(const BrokerRedeliver&) const = default;
};

// A producer that tries again on another broker although the first had stored it: two messages of one key and two ids. `rate`: of
// each message stored.
struct BrokerDuplicate {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each message stored"}, self.rate);
  }
  bool operator==(const BrokerDuplicate&) const = default;
};

// Queues on several brokers, consumers of different speed: a delivery waits up to extra_max and others overtake it, never within
// an ordered queue. `rate`: of each delivery.
struct BrokerReorder {
  Ratio rate{};
  Duration extra_max{1'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each delivery"}, self.rate);
    visit(Parameter{.key = "extra_max",
                    .says = "how long a delivery waits at the most",
                    .draw = {.limit = Draw::Limit::delay}},
          self.extra_max);
  }
  bool operator==(const BrokerReorder&) const = default;
};

// A delay queue that lags: a delayed message comes up to extra_max late. `rate`: of each delayed message.
struct BrokerDelay {
  Ratio rate{};
  Duration extra_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each delayed message"}, self.rate);
    visit(
        Parameter{
            .key = "extra_max", .says = "how late it is at the most", .draw = {.limit = Draw::Limit::delay}},
        self.extra_max);
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
    visit(Parameter{.key = "rate", .says = "the chance of each message stored"}, self.rate);
    visit(Parameter{.key = "restart_after_min",
                    .says = "the shortest time until it is up again",
                    .may_be_never = true,
                    .not_above = "restart_after_max"},
          self.restart_after_min);
    visit(Parameter{.key = "restart_after_max",
                    .says = "the longest time until it is up again",
                    .may_be_never = true,
                    .draw = {.limit = Draw::Limit::downtime, .least = kMillisecond * 100}},
          self.restart_after_max);
  }
  bool operator==(const BrokerLoseUnflushed&) const = default;
};

}  // namespace ordeal::faults

// What can go wrong with disks. The rules of fault.h hold; what may come of each kind stands in docs/disk-duties.md.
#pragma once

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "faults/kinds/parameter.h"

namespace ordeal::faults {

// What a power loss leaves of writes that were not synced: each 512-byte sector is kept, torn or else lost,
// each created or removed name is kept or else lost. kept + torn <= 1. Without this fault everything that was
// not synced is lost.
struct DiskCrashOutcome {
  Ratio kept{};
  Ratio torn{};
  Ratio names_kept{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "kept", .says = "the chance of each unsynced sector to survive"}, self.kept);
    visit(Parameter{.key = "torn",
                    .says = "the chance of each unsynced sector to be new in part; with kept at most 1"},
          self.torn);
    visit(Parameter{.key = "names_kept", .says = "the chance of each created or removed name to stay so"},
          self.names_kept);
  }
  static constexpr DiskCrashOutcome slight() { return {{1, 2}, {1, 4}, {1, 2}}; }
  // kept + torn <= 1; denominators are at most 1e9, so the products fit.
  constexpr bool fits() const { return torn.num * kept.den <= (kept.den - kept.num) * torn.den; }
  bool operator==(const DiskCrashOutcome&) const = default;
};

// A noisy neighbour, a device that collects its garbage: an operation takes up to for_max longer.
struct DiskStall {
  Ratio rate{};
  Duration for_max{5'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
    visit(Parameter{.key = "for_max",
                    .says = "how much longer an operation takes at the most",
                    .draw = {.limit = Draw::Limit::delay}},
          self.for_max);
  }
  bool operator==(const DiskStall&) const = default;
};

// A read, write or sync fails once with an I/O error: a loose cable, a path switch of a network disk.
struct DiskFail {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskFail&) const = default;
};

// No space left, for writes and new files: logs of somebody else.
struct DiskFull {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskFull&) const = default;
};

// A sync that says "durable" and is not: a disk with a volatile cache and a friendly firmware.
struct DiskLie {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskLie&) const = default;
};

// ---- damage: bytes change and nobody is told ----

// Charge leaks, a bit flips on its way: up to bits_max neighbouring bits of what is read or written are wrong
// from then on.
struct DiskRot {
  Ratio rate{};
  std::int64_t bits_max = 8;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
    visit(Parameter{.key = "bits_max", .says = "how many neighbouring bits flip at the most", .least = 1},
          self.bits_max);
  }
  bool operator==(const DiskRot&) const = default;
};

// A wrong block address on its way to the medium: a write lands on another block of the same file, the one
// that was meant keeps what it had.
struct DiskMisdirectedWrite {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskMisdirectedWrite&) const = default;
};

// A phantom write: acknowledged, later synced, and never on the medium. The file has its new size.
struct DiskLostWrite {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskLostWrite&) const = default;
};

// A write of which only the first part reaches the medium although the power stays on.
struct DiskTornWrite {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskTornWrite&) const = default;
};

// A wrong block address on a read: the bytes of another block of the same file come, once.
struct DiskMisdirectedRead {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskMisdirectedRead&) const = default;
};

// A read that returns less than was asked for although more is there: a signal, a network file system.
struct DiskShortRead {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskShortRead&) const = default;
};

// A latent sector error: the sectors of a read or write cannot be read any more, until they are written anew
// and the drive takes spare ones.
struct DiskBadSector {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each operation that it can strike"}, self.rate);
  }
  bool operator==(const DiskBadSector&) const = default;
};

// ---- another disk ----

// A machine that was rebuilt: the host crashes, as with host_crash at any step, and comes back with an empty disk. No
// service with one copy of its data survives this: only for scenarios that name it.
struct DiskWiped {
  Ratio rate{};
  Duration restart_after{30'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate",
                    .says = "the chance at each step of a host in scope: a handler starts, a message leaves, "
                            "a transaction commits"},
          self.rate);
    visit(Parameter{.key = "restart_after", .says = "the time until it is up again"}, self.restart_after);
  }
  bool operator==(const DiskWiped&) const = default;
};

// A restore from a stale backup: the same, but the disk is as it was before the host's first boot. May lose
// everything since then: only for scenarios that name it.
struct DiskSwapped {
  Ratio rate{};
  Duration restart_after{30'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate",
                    .says = "the chance at each step of a host in scope: a handler starts, a message leaves, "
                            "a transaction commits"},
          self.rate);
    visit(Parameter{.key = "restart_after", .says = "the time until it is up again"}, self.restart_after);
  }
  bool operator==(const DiskSwapped&) const = default;
};

}  // namespace ordeal::faults

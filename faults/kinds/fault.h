// The closed list of what can go wrong: one struct per kind of fault, each with the everyday cause it stands
// for and the unit of every field. A fault says *what* and *how strong*; a Window (plan.h) adds where and
// when.
//
// Promises: a kind has one stable snake_case name (plans, reports and repros use it); `kinds()` is the one
// table of all of them; `fields` names each parameter once, for readers, writers, printing and shrinking
// alike. A new kind is a struct here, its place in Fault and FaultKind, a row in fault.cc and its question in
// plan_hooks.cc; a missing row does not compile.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "faults/kinds/device_faults.h"

namespace ordeal::faults {

// "never": a restart that does not come, a window that heal does not end.
inline constexpr Duration kNever = Duration::max();

// Places of a service's life, and of its disk, at which its host may crash. A set of them.
struct CrashPoints {
  enum Point : std::uint8_t {
    before_commit = 1,
    after_commit = 2,
    before_send = 4,
    after_send = 8,
    before_handle = 16,
    before_sync = 32,
    after_sync = 64,
  };
  std::uint8_t set = before_commit | after_commit | before_send | after_send | before_handle;
  constexpr bool has(Point point) const { return (set & point) != 0; }
  constexpr bool operator==(const CrashPoints&) const = default;
};

// ---- messages. `rate`: the chance of each message in scope, requests and replies alike unless said
// otherwise ----

// A dropped packet that nobody sends again; a queue that overflowed.
struct MessageLoss {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const MessageLoss&) const = default;
};
// A sender or a proxy that retried although the first attempt got through. The copy comes up to
// copy_after_max later.
struct MessageDuplicate {
  Ratio rate{};
  Duration copy_after_max{1'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("copy_after_max", self.copy_after_max);
  }
  bool operator==(const MessageDuplicate&) const = default;
};
// A congested link, a full receive queue: up to extra_max above the ordinary delay, often beyond deadlines.
struct MessageDelay {
  Ratio rate{};
  Duration extra_max{10'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("extra_max", self.extra_max);
  }
  bool operator==(const MessageDelay&) const = default;
};
// Several connections or paths between two hosts: messages overtake each other by up to extra_max, none is
// late for its deadline.
struct MessageReorder {
  Ratio rate{};
  Duration extra_max{20'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("extra_max", self.extra_max);
  }
  bool operator==(const MessageReorder&) const = default;
};
// The request was carried out, its answer is lost: the caller sees a timeout for something that happened.
struct ReplyLoss {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const ReplyLoss&) const = default;
};
// A load balancer or a firewall that forgets connections: a request comes back at once as unreachable, a
// reply is lost.
struct ConnectionReset {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const ConnectionReset&) const = default;
};
// A switch or a routing table gone wrong: nothing passes between `side` and all other hosts. One name
// isolates that host.
struct Partition {
  enum class Cut : std::uint8_t {
    both,
    leaving,
    entering
  };  // leaving: what the side sends is lost, the rest passes
  std::vector<std::string> side;
  Cut cut = Cut::both;
  static void fields(auto& self, auto&& visit) {
    visit("side", self.side);
    visit("cut", self.cut);
  }
  bool operator==(const Partition&) const = default;
};

// ---- hosts ----

// Power loss, an out-of-memory kill, a deployment at the wrong moment. `rate`: at each of the points `at`.
// Restarts after a time in [restart_after_min, restart_after_max]; min kNever: not before heal.
struct HostCrash {
  Ratio rate{};
  CrashPoints at{};
  Duration restart_after_min{1'000'000'000};
  Duration restart_after_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("at", self.at);
    visit("restart_after_min", self.restart_after_min);
    visit("restart_after_max", self.restart_after_max);
  }
  bool operator==(const HostCrash&) const = default;
};
// A garbage collector, a live migration, a swapping machine: nothing on the host runs, then all goes on.
// `rate`: at each step.
struct HostFreeze {
  Ratio rate{};
  Duration for_min{100'000'000};
  Duration for_max{30'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("for_min", self.for_min);
    visit("for_max", self.for_max);
  }
  bool operator==(const HostFreeze&) const = default;
};
// A machine that is down over the whole window: a failed power supply, a data centre without cooling.
struct HostOutage {
  static void fields(auto&, auto&&) {}
  bool operator==(const HostOutage&) const = default;
};

// ---- clocks: of every host in scope, over the window. Several at once add up ----

// A wall clock that is wrong by `by` (negative: behind) until the window ends; then it jumps back to the
// truth.
struct ClockOffset {
  Duration by{};
  static void fields(auto& self, auto&& visit) { visit("by", self.by); }
  bool operator==(const ClockOffset&) const = default;
};
// A quartz that is off by `ppb` parts per billion (negative: slow). Both clocks of the host drift.
struct ClockDrift {
  std::int64_t ppb = 0;
  static void fields(auto& self, auto&& visit) { visit("ppb", self.ppb); }
  bool operator==(const ClockDrift&) const = default;
};
// An operator or a wild time server sets the wall clock at the window's start; nobody corrects it before
// heal.
struct ClockStep {
  Duration by{};
  static void fields(auto& self, auto&& visit) { visit("by", self.by); }
  bool operator==(const ClockStep&) const = default;
};
// A virtual machine whose wall clock stands still; the monotonic one goes on.
struct ClockFreeze {
  static void fields(auto&, auto&&) {}
  bool operator==(const ClockFreeze&) const = default;
};

// ---- disks ----

// What a power loss leaves of writes that were not synced: each 512-byte sector is kept, torn or else lost,
// each created or removed name is kept or else lost. kept + torn <= 1. Without this fault everything that was
// not synced is lost.
struct DiskCrashOutcome {
  Ratio kept{};
  Ratio torn{};
  Ratio names_kept{};
  static void fields(auto& self, auto&& visit) {
    visit("kept", self.kept);
    visit("torn", self.torn);
    visit("names_kept", self.names_kept);
  }
  bool operator==(const DiskCrashOutcome&) const = default;
};
// A noisy neighbour, a device that collects its garbage: an operation takes up to for_max longer.
struct DiskStall {
  Ratio rate{};
  Duration for_max{5'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("for_max", self.for_max);
  }
  bool operator==(const DiskStall&) const = default;
};
// A read, write or sync fails once with an I/O error: a loose cable, a path switch of a network disk.
struct DiskFail {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskFail&) const = default;
};
// No space left, for writes and new files: logs of somebody else.
struct DiskFull {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskFull&) const = default;
};
// A sync that says "durable" and is not: a disk with a volatile cache and a friendly firmware.
struct DiskLie {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskLie&) const = default;
};

// ---- damaged disks: bytes change and nobody is told ----
// What may come of each kind stands in docs/disk-duties.md.

// Charge leaks, a bit flips on its way: up to bits_max neighbouring bits of what is read or written are wrong
// from then on.
struct DiskRot {
  Ratio rate{};
  std::int64_t bits_max = 8;
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("bits_max", self.bits_max);
  }
  bool operator==(const DiskRot&) const = default;
};
// A wrong block address on its way to the medium: a write lands on another block of the same file, the one
// that was meant keeps what it had.
struct DiskMisdirectedWrite {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskMisdirectedWrite&) const = default;
};
// A phantom write: acknowledged, later synced, and never on the medium. The file has its new size.
struct DiskLostWrite {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskLostWrite&) const = default;
};
// A write of which only the first part reaches the medium although the power stays on.
struct DiskTornWrite {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskTornWrite&) const = default;
};
// A wrong block address on a read: the bytes of another block of the same file come, once.
struct DiskMisdirectedRead {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskMisdirectedRead&) const = default;
};
// A read that returns less than was asked for although more is there: a signal, a network file system.
struct DiskShortRead {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskShortRead&) const = default;
};
// A latent sector error: the sectors of a read or write cannot be read any more, until they are written anew
// and the drive takes spare ones.
struct DiskBadSector {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const DiskBadSector&) const = default;
};

// ---- forks ----

// A party, or code with a named fork, takes a named way that is not the ordinary one: fork "alipay.callback",
// way "twice".
struct ForkTaken {
  std::string fork;
  std::string way;
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit("fork", self.fork);
    visit("way", self.way);
    visit("rate", self.rate);
  }
  bool operator==(const ForkTaken&) const = default;
};

// ---- more of messages ----

// A buffer that nobody empties, a route that comes back: what is sent over the links in scope is kept and let
// go when the window ends, or at heal at the latest; so it is late, and nothing is lost.
struct MessageHold {
  enum class Release : std::uint8_t { in_order, reversed };
  Release release = Release::in_order;
  static void fields(auto& self, auto&& visit) { visit("release", self.release); }
  bool operator==(const MessageHold&) const = default;
};
// Delay with a heavy tail: above `typical` half of the messages are below twice as late, a quarter below four
// times, and so on (a Pareto distribution with exponent 1, in steps), never later than `longest`. Retransmissions
// with a growing time-out look like this.
struct MessageTail {
  Ratio rate{};
  Duration typical{10'000'000};
  Duration longest{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("typical", self.typical);
    visit("longest", self.longest);
  }
  bool operator==(const MessageTail&) const = default;
};
// A flipped bit that the sums of Ethernet and TCP let through (Stone and Partridge, "When the CRC and TCP checksum
// disagree", SIGCOMM 2000). Between services a checksum finds it: the message is lost and counted as detected. Text
// that leaves or enters through a border proxy (sim::Options::open_paths) arrives damaged: only its signature can
// tell.
struct MessageCorruption {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) { visit("rate", self.rate); }
  bool operator==(const MessageCorruption&) const = default;
};

// ---- more of hosts ----

// A program that dies soon after it came up, again and again: at the window's start its host crashes, comes back
// after restart_after, lives for up to up_for_max, crashes again: `times` crashes in all, as long as the window lasts.
struct CrashLoop {
  std::int64_t times = 3;
  Duration up_for_max{5'000'000'000};
  Duration restart_after{10'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("times", self.times);
    visit("up_for_max", self.up_for_max);
    visit("restart_after", self.restart_after);
  }
  bool operator==(const CrashLoop&) const = default;
};
// A power rail, a bad rollout: all hosts in scope crash in the same instant, the window's start. Each comes back by
// itself, after a time in [restart_after_min, restart_after_max].
struct HostKill {
  Duration restart_after_min{1'000'000'000};
  Duration restart_after_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("restart_after_min", self.restart_after_min);
    visit("restart_after_max", self.restart_after_max);
  }
  bool operator==(const HostKill&) const = default;
};
// A throttled or overcommitted processor. `rate`: each step (a handler starts, a message is sent, a commit) takes up
// to extra_max longer; other work of the host goes on meanwhile.
struct HostSlow {
  Ratio rate{};
  Duration extra_max{1'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("extra_max", self.extra_max);
  }
  bool operator==(const HostSlow&) const = default;
};
// A machine that was rebuilt: the host crashes, as with host_crash at any step, and comes back with an empty disk. No
// service with one copy of its data survives this: only for scenarios that name it.
struct DiskWiped {
  Ratio rate{};
  Duration restart_after{30'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("restart_after", self.restart_after);
  }
  bool operator==(const DiskWiped&) const = default;
};
// A restore from a stale backup: the same, but the disk is as it was before the host's first boot. May lose
// everything since then: only for scenarios that name it.
struct DiskSwapped {
  Ratio rate{};
  Duration restart_after{30'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit("rate", self.rate);
    visit("restart_after", self.restart_after);
  }
  bool operator==(const DiskSwapped&) const = default;
};

// The order is that of Fault's alternatives.
enum class FaultKind : std::uint8_t {
  message_loss,
  message_duplicate,
  message_delay,
  message_reorder,
  reply_loss,
  connection_reset,
  partition,
  host_crash,
  host_freeze,
  host_outage,
  clock_offset,
  clock_drift,
  clock_step,
  clock_freeze,
  disk_crash_outcome,
  disk_stall,
  disk_fail,
  disk_full,
  disk_lie,
  disk_rot,
  disk_misdirected_write,
  disk_lost_write,
  disk_torn_write,
  disk_misdirected_read,
  disk_short_read,
  disk_bad_sector,
  fork,
  message_hold,
  message_tail,
  message_corruption,
  crash_loop,
  host_kill,
  host_slow,
  disk_wiped,
  disk_swapped,
  cache_failover,
  cache_restart_empty,
  cache_evict,
  broker_redeliver,
  broker_duplicate,
  broker_reorder,
  broker_delay,
  broker_lose_unflushed,
};

using Fault =
    std::variant<MessageLoss, MessageDuplicate, MessageDelay, MessageReorder, ReplyLoss, ConnectionReset,
                 Partition, HostCrash, HostFreeze, HostOutage, ClockOffset, ClockDrift, ClockStep,
                 ClockFreeze, DiskCrashOutcome, DiskStall, DiskFail, DiskFull, DiskLie, DiskRot,
                 DiskMisdirectedWrite, DiskLostWrite, DiskTornWrite, DiskMisdirectedRead, DiskShortRead,
                 DiskBadSector, ForkTaken, MessageHold, MessageTail, MessageCorruption, CrashLoop, HostKill,
                 HostSlow, DiskWiped, DiskSwapped, CacheFailover, CacheRestartEmpty, CacheEvict,
                 BrokerRedeliver, BrokerDuplicate, BrokerReorder, BrokerDelay, BrokerLoseUnflushed>;
inline constexpr std::size_t kFaultKinds = std::variant_size_v<Fault>;

struct KindInfo {
  FaultKind kind;
  std::string_view name;   // stable
  std::string_view words;  // "messages are lost"
  // Above this rate nothing useful gets done; the swarm stays below it. Zero: the kind has no rate.
  Ratio strongest;
  // A swarm takes it only where a scenario names it: a service may not survive it, or may lose data.
  bool by_name_only = false;
};

std::span<const KindInfo> kinds();
const KindInfo& info(FaultKind kind);
inline std::string_view name_of(FaultKind kind) { return info(kind).name; }
std::optional<FaultKind> kind_named(std::string_view name);

inline FaultKind kind_of(const Fault& fault) { return static_cast<FaultKind>(fault.index()); }
// Does it act by the clock, at its window's start or end? All others act at sites and leave strikes behind.
bool acts_by_clock(FaultKind kind);
// A fault of this kind with the parameters its struct starts with.
Fault make(FaultKind kind);
// Its `rate`; zero for kinds without one.
Ratio rate_of(const Fault& fault);

// The names in `at` and `cut`, as plans write them.
struct CrashPointName {
  CrashPoints::Point point;
  std::string_view name;
};
std::span<const CrashPointName> crash_point_names();
std::string_view name_of(Partition::Cut cut);
std::span<const std::string_view> cut_names();
std::string_view name_of(MessageHold::Release release);
std::span<const std::string_view> release_names();

}  // namespace ordeal::faults

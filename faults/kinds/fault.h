// The closed list of what can go wrong: one struct per kind of fault (message_faults.h, host_faults.h, disk_faults.h,
// device_faults.h), each with the everyday cause it stands for, and one row per kind here that says everything about it.
// A fault says *what* and *how strong*; a Window (plan.h) adds where and when.
//
// Promises: a kind has one stable snake_case name (plans, reports and repros use it); `kinds()` is the one
// table of all of them; `fields` describes each parameter once, for readers, writers, printing, the swarm and
// shrinking alike. A new kind is a struct, its place in Fault and FaultKind, a row in fault.cc, and the place that
// acts: its question in faults/inject, or what its window does by the clock (plan_schedule.cc).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "faults/kinds/device_faults.h"
#include "faults/kinds/disk_faults.h"
#include "faults/kinds/host_faults.h"
#include "faults/kinds/message_faults.h"
#include "faults/kinds/question.h"

namespace ordeal::faults {

struct Menu;

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

// One of the kinds, in the order of FaultKind. Copies, moves and comparisons of so many alternatives take a second to
// compile, so they are made once, in fault.cc, and not in every file that holds a plan.
struct Fault
    : std::variant<MessageLoss, MessageDuplicate, MessageDelay, MessageReorder, ReplyLoss, ConnectionReset,
                   Partition, HostCrash, HostFreeze, HostOutage, ClockOffset, ClockDrift, ClockStep,
                   ClockFreeze, DiskCrashOutcome, DiskStall, DiskFail, DiskFull, DiskLie, DiskRot,
                   DiskMisdirectedWrite, DiskLostWrite, DiskTornWrite, DiskMisdirectedRead, DiskShortRead,
                   DiskBadSector, ForkTaken, MessageHold, MessageTail, MessageCorruption, CrashLoop, HostKill,
                   HostSlow, DiskWiped, DiskSwapped, CacheFailover, CacheRestartEmpty, CacheEvict,
                   BrokerRedeliver, BrokerDuplicate, BrokerReorder, BrokerDelay, BrokerLoseUnflushed> {
  using OneOf = variant;
  using OneOf::variant;
  Fault();
  Fault(const Fault& other);
  Fault(Fault&& other) noexcept;
  Fault& operator=(const Fault& other);
  Fault& operator=(Fault&& other) noexcept;
  ~Fault();
  bool operator==(const Fault& other) const;
};
inline constexpr std::size_t kFaultKinds = std::variant_size_v<Fault::OneOf>;

// What a kind is about.
enum class Subject : std::uint8_t { messages, hosts, clocks, disks, forks, caches, brokers };

// When a window of a kind acts.
enum class Acts : std::uint8_t {
  at_sites,      // whenever one of its questions is asked; leaves strikes behind
  while_open,    // by the clock: begins and ends with its window
  until_heal,    // by the clock: begins with its window, and nobody ends it before heal
  at_the_start,  // by the clock: the window's start, and what follows from it
};

// How a window of a kind is placed when a swarm draws it.
enum class Aim : std::uint8_t {
  some_hosts,
  one_host,
  together,   // a part of the hosts, or those of one service, or all
  links,      // all, those of one host, or some directed ones
  all_links,  // between all hosts; a parameter says which
  nowhere,    // where it can happen at all: whoever stands at the fork
};

enum class Dose : std::uint8_t {
  any,    // from a little to a lot, for a while or for the whole storm
  brief,  // takes a part of the world away: a window of it is short, or nothing would be left to disturb
  never_little,  // there is no little of it
};

// What a device must be for the kind to strike it. Devices say it with each question.
enum class Need : std::uint8_t { nothing, replica, eviction, asynchronous_flush };

struct KindInfo {
  FaultKind kind;
  std::string_view name;   // stable
  std::string_view words;  // "messages are lost"
  // Above this rate nothing useful gets done; the swarm stays below it. Zero: the kind has no rate.
  Ratio strongest;
  Subject subject{};
  Marks answers{};  // of Question; empty: acts by the clock
  Acts acts = Acts::at_sites;
  // The hosts that may suffer it; for messages: whose links.
  std::vector<std::string> Menu::*hosts = nullptr;
  std::size_t hosts_least = 1;
  Aim aim = Aim::some_hosts;
  Dose dose = Dose::any;
  // Which operations it can strike: of sim::DiskOp::Kind or sim::BrokerOp::Kind. Others have only one.
  Marks operations{};
  Need need = Need::nothing;
  // Changes or hides bytes on a disk (damage.h).
  bool damages = false;
  // A swarm takes it only where a scenario names it: a service may not survive it, or may lose data.
  bool by_name_only = false;
};

std::span<const KindInfo> kinds();
const KindInfo& info(FaultKind kind);
inline std::string_view name_of(FaultKind kind) { return info(kind).name; }
std::optional<FaultKind> kind_named(std::string_view name);

inline FaultKind kind_of(const Fault& fault) { return static_cast<FaultKind>(fault.index()); }
inline const KindInfo& info(const Fault& fault) { return info(kind_of(fault)); }
// Does it act by the clock, at its window's start or end? All others act at sites and leave strikes behind.
inline bool acts_by_clock(FaultKind kind) { return info(kind).acts != Acts::at_sites; }
// Can this very fault answer there? A row says it of a kind; a crash goes by its points.
bool answers(const Fault& fault, Question question);
// A fault of this kind with the parameters its struct starts with.
Fault make(FaultKind kind);
// Its `rate`; zero for kinds without one.
Ratio rate_of(const Fault& fault);

// The names in `at`, `cut` and `release`, as plans write them.
struct CrashPointName {
  CrashPoints::Point point;
  std::string_view name;
};
std::span<const CrashPointName> crash_point_names();
std::string_view name_of(Partition::Cut cut);
std::span<const std::string_view> names_of(Partition::Cut);
std::string_view name_of(MessageHold::Release release);
std::span<const std::string_view> names_of(MessageHold::Release);

}  // namespace ordeal::faults

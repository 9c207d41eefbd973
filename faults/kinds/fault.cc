#include "faults/kinds/fault.h"

#include <array>
#include <utility>

#include "core/base/check.h"

namespace ordeal::faults {
namespace {

constexpr std::array<KindInfo, kFaultKinds> kKinds{{
    {FaultKind::message_loss, "message_loss", "messages are lost", {1, 3}},
    {FaultKind::message_duplicate, "message_duplicate", "messages arrive twice", {1, 2}},
    {FaultKind::message_delay, "message_delay", "messages are late", {1, 3}},
    {FaultKind::message_reorder, "message_reorder", "messages overtake each other", {1, 2}},
    {FaultKind::reply_loss, "reply_loss", "replies are lost", {1, 3}},
    {FaultKind::connection_reset, "connection_reset", "connections are reset", {1, 3}},
    {FaultKind::partition, "partition", "the network is cut", {}},
    {FaultKind::host_crash, "host_crash", "hosts crash", {1, 10}},
    {FaultKind::host_freeze, "host_freeze", "hosts freeze", {1, 10}},
    {FaultKind::host_outage, "host_outage", "hosts are down", {}},
    {FaultKind::clock_offset, "clock_offset", "wall clocks are wrong", {}},
    {FaultKind::clock_drift, "clock_drift", "clocks drift", {}},
    {FaultKind::clock_step, "clock_step", "wall clocks jump", {}},
    {FaultKind::clock_freeze, "clock_freeze", "wall clocks stand still", {}},
    {FaultKind::disk_crash_outcome, "disk_crash_outcome", "a crash keeps or tears unsynced writes", {}},
    {FaultKind::disk_stall, "disk_stall", "disks are slow", {1, 3}},
    {FaultKind::disk_fail, "disk_fail", "disks fail", {1, 20}},
    {FaultKind::disk_full, "disk_full", "disks are full", {1, 20}, true},
    {FaultKind::disk_lie, "disk_lie", "disks lie about syncs", {1, 3}, true},
    {FaultKind::disk_rot, "disk_rot", "bits rot on disks", {1, 60}, true},
    {FaultKind::disk_misdirected_write, "disk_misdirected_write", "writes land elsewhere", {1, 60}, true},
    {FaultKind::disk_lost_write, "disk_lost_write", "writes never land", {1, 60}, true},
    {FaultKind::disk_torn_write, "disk_torn_write", "writes land in part", {1, 60}, true},
    {FaultKind::disk_misdirected_read, "disk_misdirected_read", "reads come from elsewhere", {1, 60}, true},
    {FaultKind::disk_short_read, "disk_short_read", "reads come in pieces", {1, 3}},
    {FaultKind::disk_bad_sector, "disk_bad_sector", "sectors cannot be read any more", {1, 60}, true},
    {FaultKind::fork, "fork", "somebody does the unusual", {1, 2}},
    {FaultKind::message_hold, "message_hold", "messages are held and let go together", {}},
    {FaultKind::message_tail, "message_tail", "messages are late, a few of them very late", {1, 2}},
    {FaultKind::message_corruption, "message_corruption", "messages are damaged", {1, 3}},
    {FaultKind::crash_loop, "crash_loop", "hosts crash soon after each boot", {}},
    {FaultKind::host_kill, "host_kill", "hosts crash together", {}},
    {FaultKind::host_slow, "host_slow", "hosts are slow", {1, 1}},
    {FaultKind::disk_wiped, "disk_wiped", "hosts come back with an empty disk", {1, 10}, true},
    {FaultKind::disk_swapped, "disk_swapped", "hosts come back with an old disk", {1, 10}, true},
    {FaultKind::cache_failover, "cache_failover", "caches fail over and lose their last writes", {1, 20}},
    {FaultKind::cache_restart_empty, "cache_restart_empty", "caches restart empty", {1, 20}},
    {FaultKind::cache_evict, "cache_evict", "caches evict what is wanted", {1, 2}},
    {FaultKind::broker_redeliver, "broker_redeliver", "consumed messages come again", {1, 3}},
    {FaultKind::broker_duplicate, "broker_duplicate", "messages are stored twice", {1, 2}},
    {FaultKind::broker_reorder, "broker_reorder", "deliveries overtake each other", {1, 2}},
    {FaultKind::broker_delay, "broker_delay", "delayed messages are late", {1, 2}},
    {FaultKind::broker_lose_unflushed, "broker_lose_unflushed", "brokers lose what was not flushed", {1, 20}},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (static_cast<std::size_t>(kKinds[i].kind) != i || kKinds[i].name.empty()) return false;
  }
  return true;
}
static_assert(in_order(), "the table of kinds follows the order of FaultKind");
static_assert(
    std::is_same_v<std::variant_alternative_t<static_cast<std::size_t>(FaultKind::fork), Fault>, ForkTaken>);
static_assert(std::is_same_v<
              std::variant_alternative_t<static_cast<std::size_t>(FaultKind::broker_lose_unflushed), Fault>,
              BrokerLoseUnflushed>);

constexpr std::array<CrashPointName, 7> kCrashPoints{{
    {CrashPoints::before_commit, "before_commit"},
    {CrashPoints::after_commit, "after_commit"},
    {CrashPoints::before_send, "before_send"},
    {CrashPoints::after_send, "after_send"},
    {CrashPoints::before_handle, "before_handle"},
    {CrashPoints::before_sync, "before_sync"},
    {CrashPoints::after_sync, "after_sync"},
}};

constexpr std::array<std::string_view, 2> kReleases{"in_order", "reversed"};
constexpr std::array<std::string_view, 3> kCuts{"both", "leaving", "entering"};

template <std::size_t... I>
Fault made(std::size_t index, std::index_sequence<I...>) {
  Fault fault;
  ((I == index ? static_cast<void>(fault.emplace<I>()) : static_cast<void>(0)), ...);
  return fault;
}

}  // namespace

std::span<const KindInfo> kinds() { return kKinds; }

const KindInfo& info(FaultKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  ORDEAL_CHECK(index < kKinds.size());
  return kKinds[index];
}

std::optional<FaultKind> kind_named(std::string_view name) {
  for (const KindInfo& row : kKinds) {
    if (row.name == name) return row.kind;
  }
  return std::nullopt;
}

Fault make(FaultKind kind) {
  return made(static_cast<std::size_t>(kind), std::make_index_sequence<kFaultKinds>{});
}

Ratio rate_of(const Fault& fault) {
  return std::visit(
      [](const auto& f) {
        if constexpr (requires { f.rate; }) {
          return f.rate;
        } else {
          return Ratio::zero();
        }
      },
      fault);
}

std::span<const CrashPointName> crash_point_names() { return kCrashPoints; }

std::string_view name_of(Partition::Cut cut) { return kCuts[static_cast<std::size_t>(cut)]; }

std::span<const std::string_view> cut_names() { return kCuts; }

std::string_view name_of(MessageHold::Release release) {
  return kReleases[static_cast<std::size_t>(release)];
}

std::span<const std::string_view> release_names() { return kReleases; }

bool acts_by_clock(FaultKind kind) {
  switch (kind) {
    case FaultKind::host_outage:
    case FaultKind::clock_offset:
    case FaultKind::clock_drift:
    case FaultKind::clock_step:
    case FaultKind::clock_freeze:
    case FaultKind::crash_loop:
    case FaultKind::host_kill:
      return true;
    default:
      return false;
  }
}

}  // namespace ordeal::faults

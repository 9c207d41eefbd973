#include "faults/plan/actions.h"

#include <utility>

#include "core/base/check.h"
#include "faults/text.h"

namespace ordeal::faults {
namespace {

constexpr ActionInfo only(std::string_view name, Question question, FaultKind like) {
  return {name, question, like, {like, like}};
}

constexpr std::array<ActionInfo, kActions> kActionTable{{
    {"drop", Question::sending, FaultKind::message_loss, {FaultKind::reply_loss, FaultKind::partition}},
    only("duplicate", Question::sending, FaultKind::message_duplicate),
    {"delay",
     Question::sending,
     FaultKind::message_delay,
     {FaultKind::message_reorder, FaultKind::message_tail}},
    only("reset", Question::sending, FaultKind::connection_reset),
    only("crash", Question::stepping, FaultKind::host_crash),
    only("freeze", Question::stepping, FaultKind::host_freeze),
    only("disk_fail", Question::disk, FaultKind::disk_fail),
    only("disk_full", Question::disk, FaultKind::disk_full),
    only("disk_lie", Question::disk, FaultKind::disk_lie),
    only("disk_stall", Question::disk, FaultKind::disk_stall),
    only("disk_rot", Question::disk, FaultKind::disk_rot),
    only("disk_misdirected_write", Question::disk, FaultKind::disk_misdirected_write),
    only("disk_lost_write", Question::disk, FaultKind::disk_lost_write),
    only("disk_torn_write", Question::disk, FaultKind::disk_torn_write),
    only("disk_misdirected_read", Question::disk, FaultKind::disk_misdirected_read),
    only("disk_short_read", Question::disk, FaultKind::disk_short_read),
    only("disk_bad_sector", Question::disk, FaultKind::disk_bad_sector),
    only("crash_before_disk", Question::disk, FaultKind::host_crash),
    only("crash_after_disk", Question::disk, FaultKind::host_crash),
    only("sector_kept", Question::unsynced_sector, FaultKind::disk_crash_outcome),
    only("sector_torn", Question::unsynced_sector, FaultKind::disk_crash_outcome),
    only("name_kept", Question::unsynced_name, FaultKind::disk_crash_outcome),
    only("take", Question::fork, FaultKind::fork),
    only("hold", Question::sending, FaultKind::message_hold),
    only("corrupt", Question::sending, FaultKind::message_corruption),
    only("slow", Question::stepping, FaultKind::host_slow),
    only("crash_wiped", Question::stepping, FaultKind::disk_wiped),
    only("crash_swapped", Question::stepping, FaultKind::disk_swapped),
    only("cache_failover", Question::cache, FaultKind::cache_failover),
    only("cache_restart_empty", Question::cache, FaultKind::cache_restart_empty),
    only("cache_evict", Question::cache, FaultKind::cache_evict),
    only("broker_redeliver", Question::broker, FaultKind::broker_redeliver),
    only("broker_duplicate", Question::broker, FaultKind::broker_duplicate),
    {"broker_hold",
     Question::broker,
     FaultKind::broker_delay,
     {FaultKind::broker_reorder, FaultKind::broker_reorder}},
    only("broker_crash", Question::broker, FaultKind::broker_lose_unflushed),
}};

template <std::size_t... I>
Action made(std::size_t index, std::index_sequence<I...>) {
  Action action;
  ((I == index ? static_cast<void>(action.emplace<I>()) : static_cast<void>(0)), ...);
  return action;
}

// "and restarts after 30s".
std::string restarts(Duration after) {
  return after == kNever ? "and stays down until heal" : "and restarts after " + text(after);
}

struct Sentence {
  std::string operator()(const act::Drop&) const { return "the message is lost"; }
  std::string operator()(const act::Duplicate& a) const {
    return "the message arrives again " + text(a.after) + " later";
  }
  std::string operator()(const act::Delay& a) const { return "the message is " + text(a.extra) + " late"; }
  std::string operator()(const act::Reset&) const { return "the connection is reset"; }
  std::string operator()(const act::Crash& a) const {
    return "the host crashes " + restarts(a.restart_after);
  }
  std::string operator()(const act::Freeze& a) const {
    return a.how_long == kNever ? "the host freezes until heal" : "the host freezes for " + text(a.how_long);
  }
  std::string operator()(const act::DiskFail&) const { return "the disk fails once"; }
  std::string operator()(const act::DiskFull&) const { return "the disk is full"; }
  std::string operator()(const act::DiskLie&) const { return "the disk says it has synced, and has not"; }
  std::string operator()(const act::DiskStall& a) const { return "the disk stalls for " + text(a.how_long); }
  std::string operator()(const act::DiskRot& a) const {
    return a.bits == 1 ? "bit " + std::to_string(a.bit) + " of it flips on the disk"
                       : std::to_string(a.bits) + " bits of it from bit " + std::to_string(a.bit) +
                             " flip on the disk";
  }
  std::string operator()(const act::DiskMisdirectedWrite& a) const {
    return "the write lands " + std::to_string(a.blocks) + " blocks away";
  }
  std::string operator()(const act::DiskLostWrite&) const { return "the write never lands"; }
  std::string operator()(const act::DiskTornWrite& a) const {
    return "only the first " + std::to_string(a.bytes) + " bytes of the write land";
  }
  std::string operator()(const act::DiskMisdirectedRead& a) const {
    return "the read comes from " + std::to_string(a.blocks) + " blocks away";
  }
  std::string operator()(const act::DiskShortRead& a) const {
    return "the read stops after " + std::to_string(a.bytes) + " bytes";
  }
  std::string operator()(const act::DiskBadSector&) const { return "its sectors cannot be read any more"; }
  std::string operator()(const act::CrashBeforeDisk& a) const {
    return "the host crashes before the disk does it " + restarts(a.restart_after);
  }
  std::string operator()(const act::CrashAfterDisk& a) const {
    return "the host crashes when the disk has done it " + restarts(a.restart_after);
  }
  std::string operator()(const act::SectorKept& a) const { return place(a) + " survives"; }
  std::string operator()(const act::SectorTorn& a) const {
    return place(a) + " is torn after " + std::to_string(a.bytes) + " bytes";
  }
  std::string operator()(const act::NameKept& a) const {
    return "the change to the name " + a.file + " survives";
  }
  std::string operator()(const act::Take& a) const { return "it takes the way \"" + a.way + "\""; }
  std::string operator()(const act::CacheFailover& a) const {
    return "the cache fails over without the writes of the last " + text(a.lag) + " " +
           restarts(a.restart_after);
  }
  std::string operator()(const act::CacheRestartEmpty& a) const {
    return "the cache loses everything " + restarts(a.restart_after);
  }
  std::string operator()(const act::CacheEvict&) const { return "the cache has just evicted the key"; }
  std::string operator()(const act::BrokerRedeliver& a) const {
    return "the broker forgets the acknowledgement and delivers again " + text(a.after) + " later";
  }
  std::string operator()(const act::BrokerDuplicate&) const { return "the broker stores the message twice"; }
  std::string operator()(const act::BrokerHold& a) const {
    return "the broker holds the message for " + text(a.after);
  }
  std::string operator()(const act::BrokerCrash& a) const {
    return "the broker crashes, loses what it had not flushed " + restarts(a.restart_after);
  }

  std::string operator()(const act::Hold& a) const {
    return "the message is held and arrives after " + text(a.how_long);
  }
  std::string operator()(const act::Corrupt&) const { return "the message is damaged"; }
  std::string operator()(const act::Slow& a) const {
    return "the step takes " + text(a.how_long) + " longer";
  }
  std::string operator()(const act::CrashWiped& a) const {
    return "the host crashes, loses its disk " + restarts(a.restart_after);
  }
  std::string operator()(const act::CrashSwapped& a) const {
    return "the host crashes, gets its first disk again " + restarts(a.restart_after);
  }

  template <class Sector>
  static std::string place(const Sector& a) {
    return "sector " + std::to_string(a.sector) + " of pending write " + std::to_string(a.write) + " of " +
           a.file;
  }
};

}  // namespace

Action::Action() = default;
Action::Action(const Action& other) = default;
Action::Action(Action&& other) noexcept = default;
Action& Action::operator=(const Action& other) = default;
Action& Action::operator=(Action&& other) noexcept = default;
Action::~Action() = default;
bool Action::operator==(const Action& other) const {
  return static_cast<const OneOf&>(*this) == static_cast<const OneOf&>(other);
}

std::span<const ActionInfo> actions() { return kActionTable; }

bool may_be_of(const ActionInfo& action, FaultKind kind) {
  return action.like == kind || action.also[0] == kind || action.also[1] == kind;
}

Action make_action(std::size_t index) {
  ORDEAL_CHECK(index < kActions);
  return made(index, std::make_index_sequence<kActions>{});
}

std::string readable(const Action& action) { return std::visit(Sentence{}, action); }

}  // namespace ordeal::faults

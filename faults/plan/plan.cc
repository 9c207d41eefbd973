#include "faults/plan/plan.h"

#include <array>
#include <tuple>
#include <utility>

#include "core/base/check.h"
#include "faults/text.h"

namespace ordeal::faults {
namespace {

constexpr std::array<ActionInfo, kActions> kActionTable{{
    {"drop", Question::sending, FaultKind::message_loss},
    {"duplicate", Question::sending, FaultKind::message_duplicate},
    {"delay", Question::sending, FaultKind::message_delay},
    {"reset", Question::sending, FaultKind::connection_reset},
    {"crash", Question::stepping, FaultKind::host_crash},
    {"freeze", Question::stepping, FaultKind::host_freeze},
    {"disk_fail", Question::disk, FaultKind::disk_fail},
    {"disk_full", Question::disk, FaultKind::disk_full},
    {"disk_lie", Question::disk, FaultKind::disk_lie},
    {"disk_stall", Question::disk, FaultKind::disk_stall},
    {"disk_rot", Question::disk, FaultKind::disk_rot},
    {"disk_misdirected_write", Question::disk, FaultKind::disk_misdirected_write},
    {"disk_lost_write", Question::disk, FaultKind::disk_lost_write},
    {"disk_torn_write", Question::disk, FaultKind::disk_torn_write},
    {"disk_misdirected_read", Question::disk, FaultKind::disk_misdirected_read},
    {"disk_short_read", Question::disk, FaultKind::disk_short_read},
    {"disk_bad_sector", Question::disk, FaultKind::disk_bad_sector},
    {"crash_before_disk", Question::disk, FaultKind::host_crash},
    {"crash_after_disk", Question::disk, FaultKind::host_crash},
    {"sector_kept", Question::unsynced_sector, FaultKind::disk_crash_outcome},
    {"sector_torn", Question::unsynced_sector, FaultKind::disk_crash_outcome},
    {"name_kept", Question::unsynced_name, FaultKind::disk_crash_outcome},
    {"take", Question::fork, FaultKind::fork},
    {"hold", Question::sending, FaultKind::message_hold},
    {"corrupt", Question::sending, FaultKind::message_corruption},
    {"slow", Question::stepping, FaultKind::host_slow},
    {"crash_wiped", Question::stepping, FaultKind::disk_wiped},
    {"crash_swapped", Question::stepping, FaultKind::disk_swapped},
    {"cache_failover", Question::cache, FaultKind::cache_failover},
    {"cache_restart_empty", Question::cache, FaultKind::cache_restart_empty},
    {"cache_evict", Question::cache, FaultKind::cache_evict},
    {"broker_redeliver", Question::broker, FaultKind::broker_redeliver},
    {"broker_duplicate", Question::broker, FaultKind::broker_duplicate},
    {"broker_hold", Question::broker, FaultKind::broker_delay},
    {"broker_crash", Question::broker, FaultKind::broker_lose_unflushed},
}};

template <std::size_t... I>
Action made(std::size_t index, std::index_sequence<I...>) {
  Action action;
  ((I == index ? static_cast<void>(action.emplace<I>()) : static_cast<void>(0)), ...);
  return action;
}

std::string join(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

// The value of a parameter in words.
std::string words(Duration v) { return text(v); }
std::string words(Ratio v) { return text(v); }
std::string words(std::int64_t v) { return std::to_string(v); }
std::string words(const std::string& v) { return v; }
std::string words(const std::vector<std::string>& v) { return join(v); }
std::string words(Partition::Cut v) { return std::string(name_of(v)); }
std::string words(MessageHold::Release v) { return std::string(name_of(v)); }
std::string words(CrashPoints v) {
  std::string out;
  for (const CrashPointName& row : crash_point_names()) {
    if (v.has(row.point)) out.append(out.empty() ? "" : " ").append(row.name);
  }
  return out;
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

bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return true;
  // Greedy with one point to come back to: linear for the patterns people write, never exponential.
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_n = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_n = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++star_n;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string_view name_of(Question question) {
  constexpr std::array<std::string_view, 8> kNames{"sending",       "stepping", "disk",  "unsynced_sector",
                                                   "unsynced_name", "fork",     "cache", "broker"};
  return kNames[static_cast<std::size_t>(question)];
}

std::span<const ActionInfo> actions() { return kActionTable; }

Action make_action(std::size_t index) {
  ORDEAL_CHECK(index < kActions);
  return made(index, std::make_index_sequence<kActions>{});
}

bool operator<(const Strike& a, const Strike& b) {
  return std::tuple(std::string_view(a.site), a.occurrence, readable(a.action)) <
         std::tuple(std::string_view(b.site), b.occurrence, readable(b.action));
}

std::string readable(const Action& action) { return std::visit(Sentence{}, action); }

std::string readable(const Strike& strike) {
  return "at " + strike.site + ", time " + std::to_string(strike.occurrence + 1) + ": " +
         readable(strike.action);
}

std::string readable(const Window& window) {
  std::string parameters;
  std::visit(
      [&](const auto& fault) {
        fault.fields(fault, [&](std::string_view name, const auto& value) {
          parameters.append(parameters.empty() ? "" : ", ").append(name).append(" ").append(words(value));
        });
      },
      window.fault);
  std::string out = window.id + ": " + std::string(info(kind_of(window.fault)).words);
  if (!parameters.empty()) out += " (" + parameters + ")";
  out += " from " + text(window.from) + " until ";
  out += window.until == kUntilHeal ? "heal" : text(window.until);
  if (!window.scope.hosts.empty()) out += ", hosts " + join(window.scope.hosts);
  if (!window.scope.from.empty()) out += ", from " + join(window.scope.from);
  if (!window.scope.to.empty()) out += ", to " + join(window.scope.to);
  if (!window.scope.file.empty()) out += ", files " + window.scope.file;
  return out;
}

std::string readable(const Plan& plan) {
  std::string out;
  for (const Window& window : plan.windows) out += readable(window) + "\n";
  for (const Strike& strike : plan.strikes) out += readable(strike) + "\n";
  if (!plan.never_returning.empty()) out += "never returning: " + join(plan.never_returning) + "\n";
  if (out.empty()) out = "no faults\n";
  for (const auto& [name, value] : plan.knobs) out += "knob " + name + ": " + value + "\n";
  return out;
}

}  // namespace ordeal::faults

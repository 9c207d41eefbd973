// A fault plan: windows (a fault over a stretch of time, drawn by key) and strikes (one action at one site
// and occurrence), up to `heal_at`. It is a plain value: compare it, print it, store it (plan_json.h), shrink
// it (shrink.h), obey it (plan_hooks.h).
//
// Promises: a window's decisions depend on its id, the seed and the site only, so taking one window away
// leaves the decisions of all others as they were. A strike depends on nothing but its site: it replays what
// a window once did.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/time.h"
#include "faults/kinds/fault.h"

namespace ordeal::faults {

// Where a window applies. An empty list means everywhere.
struct Scope {
  std::vector<std::string> hosts;  // host faults: these hosts; messages: either end is one of them
  std::vector<std::string> from;   // messages only: sent by one of these
  std::vector<std::string> to;     // messages only: sent to one of these
  std::string file;                // disk faults: a file name, '*' for any run of characters
  bool operator==(const Scope&) const = default;
};

// Does `name` match `pattern`, in which '*' stands for any run of characters? An empty pattern matches
// everything.
bool matches(std::string_view pattern, std::string_view name);

// The end of a window that lasts as long as the storm; "heal" in files.
inline constexpr Duration kUntilHeal{INT64_MAX - 1};

struct Window {
  std::string id;  // unique in its plan; the draws are keyed by it
  Fault fault;
  Scope scope;
  Duration from{};              // true time since the trial began
  Duration until = kUntilHeal;  // first moment after it; kNever: heal does not end it either
  bool operator==(const Window&) const = default;
};

// What a strike does: one struct for each thing that a verdict of sim/hooks.h can say.
namespace act {
struct Drop {
  static void fields(auto&, auto&&) {}
  bool operator==(const Drop&) const = default;
};
struct Duplicate {
  Duration after{};
  static void fields(auto& self, auto&& visit) { visit("after", self.after); }
  bool operator==(const Duplicate&) const = default;
};
struct Delay {
  Duration extra{};
  static void fields(auto& self, auto&& visit) { visit("extra", self.extra); }
  bool operator==(const Delay&) const = default;
};
struct Reset {
  static void fields(auto&, auto&&) {}
  bool operator==(const Reset&) const = default;
};
struct Crash {
  Duration restart_after = kNever;  // kNever: not before heal
  static void fields(auto& self, auto&& visit) { visit("restart_after", self.restart_after); }
  bool operator==(const Crash&) const = default;
};
struct Freeze {
  Duration how_long{};
  static void fields(auto& self, auto&& visit) { visit("how_long", self.how_long); }
  bool operator==(const Freeze&) const = default;
};
struct DiskFail {
  static void fields(auto&, auto&&) {}
  bool operator==(const DiskFail&) const = default;
};
struct DiskFull {
  static void fields(auto&, auto&&) {}
  bool operator==(const DiskFull&) const = default;
};
struct DiskLie {
  static void fields(auto&, auto&&) {}
  bool operator==(const DiskLie&) const = default;
};
struct DiskStall {
  Duration how_long{};
  static void fields(auto& self, auto&& visit) { visit("how_long", self.how_long); }
  bool operator==(const DiskStall&) const = default;
};
// Damage. `blocks` counts blocks of the operation's own size, round the file (sim/disk/damage.h).
struct DiskRot {
  std::int64_t bit = 0;   // of the operation's range
  std::int64_t bits = 1;  // so many from there
  static void fields(auto& self, auto&& visit) {
    visit("bit", self.bit);
    visit("bits", self.bits);
  }
  bool operator==(const DiskRot&) const = default;
};
struct DiskMisdirectedWrite {
  std::int64_t blocks = 1;
  static void fields(auto& self, auto&& visit) { visit("blocks", self.blocks); }
  bool operator==(const DiskMisdirectedWrite&) const = default;
};
struct DiskLostWrite {
  static void fields(auto&, auto&&) {}
  bool operator==(const DiskLostWrite&) const = default;
};
struct DiskTornWrite {
  std::int64_t bytes = 0;  // so many leading bytes land
  static void fields(auto& self, auto&& visit) { visit("bytes", self.bytes); }
  bool operator==(const DiskTornWrite&) const = default;
};
struct DiskMisdirectedRead {
  std::int64_t blocks = 1;
  static void fields(auto& self, auto&& visit) { visit("blocks", self.blocks); }
  bool operator==(const DiskMisdirectedRead&) const = default;
};
struct DiskShortRead {
  std::int64_t bytes = 1;  // so many come at first
  static void fields(auto& self, auto&& visit) { visit("bytes", self.bytes); }
  bool operator==(const DiskShortRead&) const = default;
};
struct DiskBadSector {
  static void fields(auto&, auto&&) {}
  bool operator==(const DiskBadSector&) const = default;
};
struct CrashBeforeDisk {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) { visit("restart_after", self.restart_after); }
  bool operator==(const CrashBeforeDisk&) const = default;
};
struct CrashAfterDisk {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) { visit("restart_after", self.restart_after); }
  bool operator==(const CrashAfterDisk&) const = default;
};
// One moment, the crash, asks about many sectors and names: these say which one they mean.
struct SectorKept {
  std::string file;
  std::int64_t write = 0;
  std::int64_t sector = 0;
  static void fields(auto& self, auto&& visit) {
    visit("file", self.file);
    visit("write", self.write);
    visit("sector", self.sector);
  }
  bool operator==(const SectorKept&) const = default;
};
struct SectorTorn {
  std::string file;
  std::int64_t write = 0;
  std::int64_t sector = 0;
  std::int64_t bytes = 0;  // so many leading bytes are new
  static void fields(auto& self, auto&& visit) {
    visit("file", self.file);
    visit("write", self.write);
    visit("sector", self.sector);
    visit("bytes", self.bytes);
  }
  bool operator==(const SectorTorn&) const = default;
};
struct NameKept {
  std::string file;
  static void fields(auto& self, auto&& visit) { visit("file", self.file); }
  bool operator==(const NameKept&) const = default;
};
struct Take {
  std::string way;
  static void fields(auto& self, auto&& visit) { visit("way", self.way); }
  bool operator==(const Take&) const = default;
};
// Instead of its ordinary delay the message takes this long: it was held, and let go with others.
struct Hold {
  Duration how_long{};
  static void fields(auto& self, auto&& visit) { visit("how_long", self.how_long); }
  bool operator==(const Hold&) const = default;
};
struct Corrupt {
  static void fields(auto&, auto&&) {}
  bool operator==(const Corrupt&) const = default;
};
// This step alone takes longer.
struct Slow {
  Duration how_long{};
  static void fields(auto& self, auto&& visit) { visit("how_long", self.how_long); }
  bool operator==(const Slow&) const = default;
};
struct CrashWiped {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) { visit("restart_after", self.restart_after); }
  bool operator==(const CrashWiped&) const = default;
};
struct CrashSwapped {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) { visit("restart_after", self.restart_after); }
  bool operator==(const CrashSwapped&) const = default;
};
}  // namespace act

using Action = std::variant<act::Drop, act::Duplicate, act::Delay, act::Reset, act::Crash, act::Freeze,
                            act::DiskFail, act::DiskFull, act::DiskLie, act::DiskStall, act::DiskRot,
                            act::DiskMisdirectedWrite, act::DiskLostWrite, act::DiskTornWrite,
                            act::DiskMisdirectedRead, act::DiskShortRead, act::DiskBadSector,
                            act::CrashBeforeDisk, act::CrashAfterDisk, act::SectorKept, act::SectorTorn,
                            act::NameKept, act::Take, act::Hold, act::Corrupt, act::Slow, act::CrashWiped,
                            act::CrashSwapped, act::CacheFailover, act::CacheRestartEmpty, act::CacheEvict,
                            act::BrokerRedeliver, act::BrokerDuplicate, act::BrokerHold, act::BrokerCrash>;
inline constexpr std::size_t kActions = std::variant_size_v<Action>;

// Which question of sim/hooks.h an action answers.
enum class Question : std::uint8_t {
  sending,
  stepping,
  disk,
  unsynced_sector,
  unsynced_name,
  fork,
  cache,
  broker
};
std::string_view name_of(Question question);

struct ActionInfo {
  std::string_view name;  // stable: "drop", "crash_before_disk"
  Question question;
  FaultKind like;  // the kind whose doing it could be
};
// In the order of Action's alternatives.
std::span<const ActionInfo> actions();
inline const ActionInfo& info(const Action& action) { return actions()[action.index()]; }
// An action of this name with its initial parameters; `index` into actions().
Action make_action(std::size_t index);

struct Strike {
  std::string site;  // as sim::Causes::site_path prints it
  std::uint32_t occurrence = 0;
  Action action;
  bool operator==(const Strike&) const = default;
};
// By site, occurrence, then what it does: for stable files.
bool operator<(const Strike& a, const Strike& b);

// A strike that fired, and the id of the window that decided it; empty when the plan itself named the strike.
struct FiredStrike {
  Strike strike;
  std::string window;
  bool operator==(const FiredStrike&) const = default;
};

struct Plan {
  std::vector<Window> windows;  // asked in this order; the first that strikes wins
  std::vector<Strike> strikes;  // asked before all windows
  Duration heal_at{};           // the end of the storm: nothing starts at or after it
  // Hosts that, once down, stay down, heal or not.
  std::vector<std::string> never_returning;
  // Settings of the world that this trial has otherwise than usual, by name ("database.page_size" → "512"). What
  // names and values there are is the business of whoever builds the world.
  std::map<std::string, std::string> knobs{};
  bool operator==(const Plan&) const = default;
};

// One sentence: "the message is lost", "the host crashes and restarts after 30s".
std::string readable(const Action& action);
// "at shopper-1 › send order.place, time 1: the message is lost".
std::string readable(const Strike& strike);
// "message_loss-1: messages are lost (rate 3/100) from 0s until 30m, hosts order".
std::string readable(const Window& window);
// One line each; "no faults" for an empty plan.
std::string readable(const Plan& plan);

}  // namespace ordeal::faults

// What a strike does: one struct for each thing that a verdict of sim/hooks.h can say. An action acts at one site and
// occurrence, whatever fault it was once the doing of.
//
// Promises: an action has one stable snake_case name; `actions()` is the one table of all of them, with the question
// that each answers and the kinds of fault whose doing it can be; `fields` describes each parameter once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/time.h"
#include "faults/kinds/fault.h"

namespace ordeal::faults {

namespace act {
struct Drop {
  static void fields(auto&, auto&&) {}
  bool operator==(const Drop&) const = default;
};
struct Duplicate {
  Duration after{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "after", .says = "how long after"}, self.after);
  }
  bool operator==(const Duplicate&) const = default;
};
struct Delay {
  Duration extra{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "extra", .says = "how much longer than usual"}, self.extra);
  }
  bool operator==(const Delay&) const = default;
};
struct Reset {
  static void fields(auto&, auto&&) {}
  bool operator==(const Reset&) const = default;
};
struct Crash {
  Duration restart_after = kNever;  // kNever: not before heal
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "restart_after",
                    .says = "the time until it is up again; never: not before heal",
                    .may_be_never = true},
          self.restart_after);
  }
  bool operator==(const Crash&) const = default;
};
struct Freeze {
  Duration how_long{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "how_long", .says = "how long", .may_be_never = true}, self.how_long);
  }
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
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "how_long", .says = "how long"}, self.how_long);
  }
  bool operator==(const DiskStall&) const = default;
};
// Damage. `blocks` counts blocks of the operation's own size, round the file (sim/disk/damage.h).
struct DiskRot {
  std::int64_t bit = 0;   // of the operation's range
  std::int64_t bits = 1;  // so many from there
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "bit", .says = "the first bit of the operation that flips"}, self.bit);
    visit(Parameter{.key = "bits", .says = "how many bits flip from there"}, self.bits);
  }
  bool operator==(const DiskRot&) const = default;
};
struct DiskMisdirectedWrite {
  std::int64_t blocks = 1;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "blocks", .says = "how many blocks of the size of the operation away"},
          self.blocks);
  }
  bool operator==(const DiskMisdirectedWrite&) const = default;
};
struct DiskLostWrite {
  static void fields(auto&, auto&&) {}
  bool operator==(const DiskLostWrite&) const = default;
};
struct DiskTornWrite {
  std::int64_t bytes = 0;  // so many leading bytes land
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "bytes", .says = "how many leading bytes"}, self.bytes);
  }
  bool operator==(const DiskTornWrite&) const = default;
};
struct DiskMisdirectedRead {
  std::int64_t blocks = 1;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "blocks", .says = "how many blocks of the size of the operation away"},
          self.blocks);
  }
  bool operator==(const DiskMisdirectedRead&) const = default;
};
struct DiskShortRead {
  std::int64_t bytes = 1;  // so many come at first
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "bytes", .says = "how many leading bytes"}, self.bytes);
  }
  bool operator==(const DiskShortRead&) const = default;
};
struct DiskBadSector {
  static void fields(auto&, auto&&) {}
  bool operator==(const DiskBadSector&) const = default;
};
struct CrashBeforeDisk {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "restart_after",
                    .says = "the time until it is up again; never: not before heal",
                    .may_be_never = true},
          self.restart_after);
  }
  bool operator==(const CrashBeforeDisk&) const = default;
};
struct CrashAfterDisk {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "restart_after",
                    .says = "the time until it is up again; never: not before heal",
                    .may_be_never = true},
          self.restart_after);
  }
  bool operator==(const CrashAfterDisk&) const = default;
};
// One moment, the crash, asks about many sectors and names: these say which one they mean.
struct SectorKept {
  std::string file;
  std::int64_t write = 0;
  std::int64_t sector = 0;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "file", .says = "the name of the file"}, self.file);
    visit(
        Parameter{
            .key = "write", .says = "which pending write of the file, the oldest is 0", .may_be_blank = true},
        self.write);
    visit(Parameter{.key = "sector", .says = "which sector of that write", .may_be_blank = true},
          self.sector);
  }
  bool operator==(const SectorKept&) const = default;
};
struct SectorTorn {
  std::string file;
  std::int64_t write = 0;
  std::int64_t sector = 0;
  std::int64_t bytes = 0;  // so many leading bytes are new
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "file", .says = "the name of the file"}, self.file);
    visit(
        Parameter{
            .key = "write", .says = "which pending write of the file, the oldest is 0", .may_be_blank = true},
        self.write);
    visit(Parameter{.key = "sector", .says = "which sector of that write", .may_be_blank = true},
          self.sector);
    visit(Parameter{.key = "bytes", .says = "how many leading bytes", .may_be_blank = true}, self.bytes);
  }
  bool operator==(const SectorTorn&) const = default;
};
struct NameKept {
  std::string file;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "file", .says = "the name of the file"}, self.file);
  }
  bool operator==(const NameKept&) const = default;
};
struct Take {
  std::string way;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "way", .says = "the way that is taken"}, self.way);
  }
  bool operator==(const Take&) const = default;
};
// Instead of its ordinary delay the message takes this long: it was held, and let go with others.
struct Hold {
  Duration how_long{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "how_long", .says = "how long"}, self.how_long);
  }
  bool operator==(const Hold&) const = default;
};
struct Corrupt {
  static void fields(auto&, auto&&) {}
  bool operator==(const Corrupt&) const = default;
};
// This step alone takes longer.
struct Slow {
  Duration how_long{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "how_long", .says = "how long"}, self.how_long);
  }
  bool operator==(const Slow&) const = default;
};
struct CrashWiped {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "restart_after",
                    .says = "the time until it is up again; never: not before heal",
                    .may_be_never = true},
          self.restart_after);
  }
  bool operator==(const CrashWiped&) const = default;
};
struct CrashSwapped {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "restart_after",
                    .says = "the time until it is up again; never: not before heal",
                    .may_be_never = true},
          self.restart_after);
  }
  bool operator==(const CrashSwapped&) const = default;
};

// ---- caches and brokers ----
struct CacheFailover {
  Duration lag{};  // what was written so long ago or later is lost
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "lag", .says = "what was written so long ago or later is lost"}, self.lag);
    visit(Parameter{.key = "restart_after",
                    .says = "the time until it is up again; never: not before heal",
                    .may_be_never = true},
          self.restart_after);
  }
  bool operator==(const CacheFailover&) const = default;
};
struct CacheRestartEmpty {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "restart_after",
                    .says = "the time until it is up again; never: not before heal",
                    .may_be_never = true},
          self.restart_after);
  }
  bool operator==(const CacheRestartEmpty&) const = default;
};
struct CacheEvict {
  static void fields(auto&, auto&&) {}
  bool operator==(const CacheEvict&) const = default;
};
struct BrokerRedeliver {
  Duration after{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "after", .says = "how long after"}, self.after);
  }
  bool operator==(const BrokerRedeliver&) const = default;
};
struct BrokerDuplicate {
  static void fields(auto&, auto&&) {}
  bool operator==(const BrokerDuplicate&) const = default;
};
struct BrokerHold {
  Duration after{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "after", .says = "how long after"}, self.after);
  }
  bool operator==(const BrokerHold&) const = default;
};
struct BrokerCrash {
  Duration restart_after = kNever;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "restart_after",
                    .says = "the time until it is up again; never: not before heal",
                    .may_be_never = true},
          self.restart_after);
  }
  bool operator==(const BrokerCrash&) const = default;
};

}  // namespace act

// One of them. Its special members are made in actions.cc, as those of Fault are.
struct Action : std::variant<act::Drop, act::Duplicate, act::Delay, act::Reset, act::Crash, act::Freeze,
                             act::DiskFail, act::DiskFull, act::DiskLie, act::DiskStall, act::DiskRot,
                             act::DiskMisdirectedWrite, act::DiskLostWrite, act::DiskTornWrite,
                             act::DiskMisdirectedRead, act::DiskShortRead, act::DiskBadSector,
                             act::CrashBeforeDisk, act::CrashAfterDisk, act::SectorKept, act::SectorTorn,
                             act::NameKept, act::Take, act::Hold, act::Corrupt, act::Slow, act::CrashWiped,
                             act::CrashSwapped, act::CacheFailover, act::CacheRestartEmpty, act::CacheEvict,
                             act::BrokerRedeliver, act::BrokerDuplicate, act::BrokerHold, act::BrokerCrash> {
  using OneOf = variant;
  using OneOf::variant;
  Action();
  Action(const Action& other);
  Action(Action&& other) noexcept;
  Action& operator=(const Action& other);
  Action& operator=(Action&& other) noexcept;
  ~Action();
  bool operator==(const Action& other) const;
};
inline constexpr std::size_t kActions = std::variant_size_v<Action::OneOf>;

struct ActionInfo {
  std::string_view name;  // stable: "drop", "crash_before_disk"
  Question question;
  FaultKind like;                 // the kind whose doing it usually is
  std::array<FaultKind, 2> also;  // others whose doing it can be; `like` again where there are fewer
};
// In the order of Action's alternatives.
std::span<const ActionInfo> actions();
inline const ActionInfo& info(const Action& action) { return actions()[action.index()]; }
// Can it be the doing of a fault of this kind?
bool may_be_of(const ActionInfo& action, FaultKind kind);
// An action of this name with its initial parameters; `index` into actions().
Action make_action(std::size_t index);

// One sentence: "the message is lost", "the host crashes and restarts after 30s".
std::string readable(const Action& action);

}  // namespace ordeal::faults

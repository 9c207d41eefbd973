// The duty matrix: every fault of a disk, at every I/O point of a small history, in every journal mode and
// synchronous setting, alone and followed by a power loss; what became of the database, counted, and held
// against what is declared (disk_duty.h).
//
// How it is kept small without leaving anything out that could differ:
// - "Before I/O n" stands for "after I/O n-1": nothing happens between them.
// - One strength a fault and point, in the middle of the range that is read or written.
// - A fault is followed by no power loss, by one right after it, one some I/Os later, one after the transaction
//   it struck and one at the end; a power loss alone comes at every point with four fates of what was unsynced.
// - In WAL, TRUNCATE and PERSIST synchronous=EXTRA is FULL: SQLite makes the difference for DELETE alone.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "scenarios/play/disk_duty.h"

namespace ordeal::duties {

using play::disk_kinds;
using play::DiskOutcome;
using play::DiskSetting;
using play::Duty;
using play::duty_for;
using play::is_safe;
using play::why_declared;
using play::worst_declared;

struct DutyCell {
  faults::FaultKind kind{};
  DiskSetting setting;
  std::uint32_t points = 0;             // I/O points at which the fault can strike
  std::array<std::uint32_t, 4> runs{};  // by DiskOutcome
  DiskOutcome worst() const;
  std::uint32_t total() const;
};

// The settings that differ, as SQLite users name them: WAL with FULL, NORMAL and OFF, and so on.
const std::vector<DiskSetting>& duty_settings();
std::string_view name_of(sim::Synchronous synchronous);

// One cell for each of disk_kinds(), in their order.
std::vector<DutyCell> play_duties(const DiskSetting& setting);
std::vector<DutyCell> play_all_duties();

using Declared = std::function<DiskOutcome(faults::FaultKind, const DiskSetting&)>;
// What the cells say against a declaration, one sentence each: worse than declared, or, where the setting is
// safe, never as bad as declared. Empty: the declaration is what happens.
std::vector<std::string> broken_duties(const std::vector<DutyCell>& cells,
                                       const Declared& declared = worst_declared);

// docs/disk-duties.md.
std::string duties_markdown(const std::vector<DutyCell>& cells);

}  // namespace ordeal::duties

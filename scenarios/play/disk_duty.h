// What a database may make of a fault of its disk: the declared duties (design section 5), per journal mode
// and synchronous setting. `disk_duties.h` plays every one of them and holds it against what is declared here.
//
// A fault *must be survived* (the database holds what it acknowledged), *must be detected* (or survived: it
// refuses, with an error, and never answers wrongly) or *may lose* what its row names, without a word. The
// verdict of a trial follows them: detected damage is inconclusive, a broken invariant under a fault that may
// lose is no violation, and nothing else is forgiven.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "faults/plan/plan.h"
#include "sim/disk/damage.h"
#include "sim/disk/database.h"
#include "sim/finding.h"

namespace ordeal::play {

enum class Duty : std::uint8_t { must_survive, must_detect, may_lose };
std::string_view name_of(Duty duty);

// What became of a database, the mildest first.
enum class DiskOutcome : std::uint8_t {
  held,       // everything acknowledged is there, nothing was refused for good
  detected,   // an error; no wrong answer
  lost_tail,  // an older state that once was true: acknowledged transactions are missing
  wrong,      // a state that never was, and no error
};
std::string_view name_of(DiskOutcome outcome);
Duty duty_for(DiskOutcome worst);

struct DiskSetting {
  sim::JournalMode journal = sim::JournalMode::wal;
  sim::Synchronous synchronous = sim::Synchronous::durable;
  bool operator==(const DiskSetting&) const = default;
};

// The kinds of fault that have a duty of this sort: those that strike at disks.
const std::vector<faults::FaultKind>& disk_kinds();
// The worst that a fault of this kind may come to, alone or with a power loss after it. Measured exactly where
// is_safe(setting); an upper bound where the power loss does damage of its own.
DiskOutcome worst_declared(faults::FaultKind kind, const DiskSetting& setting);
// Does a database with this setting survive every power loss?
bool is_safe(const DiskSetting& setting);
// What it may lose, or why it cannot, in words.
std::string_view why_declared(faults::FaultKind kind);

// Findings of one trial in the light of the duties: adds what was detected, and takes back to inconclusive what
// a detected or a permitted loss explains, saying so in the evidence. `fired`: what struck in the trial.
void apply_duties(std::vector<sim::Finding>& findings, const std::vector<sim::DamageFound>& found,
                  const std::vector<faults::FiredStrike>& fired, const DiskSetting& setting,
                  std::int64_t now_ns);

}  // namespace ordeal::play

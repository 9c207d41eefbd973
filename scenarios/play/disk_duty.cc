#include "scenarios/play/disk_duty.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "core/base/check.h"

namespace ordeal::play {
namespace {

using faults::FaultKind;
using sim::JournalMode;
using sim::Synchronous;
using enum DiskOutcome;

struct DutyRow {
  FaultKind kind;
  // The worst outcome where power losses alone are survived, by journal mode: WAL, DELETE, TRUNCATE, PERSIST.
  std::array<DiskOutcome, 4> worst;
  std::string_view why;
};

constexpr std::array<DiskOutcome, 4> every(DiskOutcome outcome) {
  return {outcome, outcome, outcome, outcome};
}

constexpr std::array kRows{
    DutyRow{FaultKind::disk_crash_outcome, every(held),
            "what was acknowledged was synced, if the setting is the right one"},
    DutyRow{FaultKind::disk_stall, every(held), "slow is not wrong"},
    DutyRow{FaultKind::disk_fail, every(held),
            "one error, then the same again works; a commit whose outcome is in doubt is followed by another "
            "before "
            "anybody reads"},
    DutyRow{FaultKind::disk_full, every(held), "the transaction is refused and rolled back"},
    DutyRow{FaultKind::disk_lie, every(lost_tail), "may lose what was acknowledged after the lie"},
    DutyRow{
        FaultKind::disk_rot,
        {wrong, detected, detected, detected},
        "pages carry sums; but a damaged log ends there for SQLite, which may lose what lies behind, and the "
        "half of it that a checkpoint had copied stays"},
    DutyRow{FaultKind::disk_misdirected_write, every(wrong),
            "the page that was hit does not carry its sum; the page that was meant is old and true: may lose "
            "that "
            "write"},
    DutyRow{FaultKind::disk_lost_write, every(wrong),
            "the old page is a true one and no sum in it can tell: may lose that write"},
    DutyRow{
        FaultKind::disk_torn_write,
        {wrong, detected, detected, detected},
        "a torn page does not carry its sum; a torn log ends there for SQLite: may lose what lies behind"},
    DutyRow{FaultKind::disk_misdirected_read, every(detected), "the sum contains the number of the page"},
    DutyRow{FaultKind::disk_short_read, every(held), "whoever reads asks for the rest"},
    DutyRow{FaultKind::disk_bad_sector, every(detected), "every read of it fails"},
};

const DutyRow& row_of(FaultKind kind) {
  const auto* row =
      std::find_if(kRows.begin(), kRows.end(), [&](const DutyRow& r) { return r.kind == kind; });
  ORDEAL_CHECK(row != kRows.end(), "a kind that strikes at disks has a duty");
  return *row;
}

// What a power loss alone may do. DELETE with FULL does not sync the directory after it removes the journal;
// with NORMAL the same holds for emptying it, and a torn record may pass SQLite's sum and not the page's.
DiskOutcome power_loss(const DiskSetting& setting) {
  switch (setting.synchronous) {
    case Synchronous::durable:
      return held;
    case Synchronous::full:
      return setting.journal == JournalMode::del ? lost_tail : held;
    case Synchronous::normal:
      return setting.journal == JournalMode::persist ? detected : lost_tail;
    case Synchronous::off:
      return wrong;
  }
  return wrong;
}

bool is_disk_kind(FaultKind kind) {
  return std::any_of(kRows.begin(), kRows.end(), [&](const DutyRow& row) { return row.kind == kind; });
}

void excuse(sim::Finding& finding, std::string why) {
  finding.kind = sim::FindingKind::inconclusive;
  finding.evidence.emplace_back("no violation because", std::move(why));
}

}  // namespace

std::string_view name_of(Duty duty) {
  constexpr std::array<std::string_view, 3> kNames{"must survive", "must detect", "may lose"};
  return kNames[static_cast<std::size_t>(duty)];
}

std::string_view name_of(DiskOutcome outcome) {
  constexpr std::array<std::string_view, 4> kNames{"held", "detected", "lost tail", "silently wrong"};
  return kNames[static_cast<std::size_t>(outcome)];
}

Duty duty_for(DiskOutcome worst) {
  if (worst == held) return Duty::must_survive;
  return worst == detected ? Duty::must_detect : Duty::may_lose;
}

const std::vector<FaultKind>& disk_kinds() {
  static const std::vector<FaultKind> kKinds = [] {
    std::vector<FaultKind> kinds;
    for (const DutyRow& row : kRows) kinds.push_back(row.kind);
    return kinds;
  }();
  return kKinds;
}

DiskOutcome worst_declared(FaultKind kind, const DiskSetting& setting) {
  const DiskOutcome own = row_of(kind).worst[static_cast<std::size_t>(setting.journal)];
  const DiskOutcome power = power_loss(setting);
  if (power == held || own == held) return std::max(own, power);
  return power == detected ? own : wrong;  // two kinds of damage at once
}

bool is_safe(const DiskSetting& setting) { return power_loss(setting) == held; }

std::string_view why_declared(FaultKind kind) { return row_of(kind).why; }

void apply_duties(std::vector<sim::Finding>& findings, const std::vector<sim::DamageFound>& found,
                  const std::vector<faults::FiredStrike>& fired, const DiskSetting& setting,
                  std::int64_t now_ns) {
  std::set<FaultKind> may_lose;
  for (const faults::FiredStrike& one : fired) {
    const FaultKind kind = faults::info(one.strike.action).like;
    // What a swarm may take unasked is not forgiven wholesale: it would hide everything else.
    if (!faults::info(kind).by_name_only) continue;
    if (is_disk_kind(kind) && duty_for(worst_declared(kind, setting)) == Duty::may_lose)
      may_lose.insert(kind);
  }
  for (sim::Finding& finding : findings) {
    const bool violation =
        finding.kind == sim::FindingKind::safety || finding.kind == sim::FindingKind::liveness;
    if (!violation) continue;
    if (!may_lose.empty()) {
      const FaultKind kind = *may_lose.begin();
      excuse(finding, std::string(faults::name_of(kind)) + " struck: " + std::string(why_declared(kind)));
    } else if (!found.empty() && finding.kind == sim::FindingKind::liveness) {
      excuse(finding, "damage was detected in " + found.front().file + ", and its service stopped");
    }
  }
  for (const sim::DamageFound& one : found) {
    sim::Finding finding{"detected damage",
                         sim::FindingKind::inconclusive,
                         now_ns,
                         "detected damage in " + one.file + ": " + one.what,
                         {}};
    if (one.page > 0) finding.evidence.emplace_back("page", std::to_string(one.page));
    findings.push_back(std::move(finding));
  }
}

}  // namespace ordeal::play

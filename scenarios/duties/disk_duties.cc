#include "scenarios/duties/disk_duties.h"

#include <algorithm>
#include <numeric>

#include "scenarios/duties/disk_history.h"

namespace ordeal::duties {
namespace {

using faults::FaultKind;
using sim::JournalMode;
using sim::Synchronous;
using When = PowerLoss::When;

constexpr std::array kJournals{JournalMode::wal, JournalMode::del, JournalMode::truncate,
                               JournalMode::persist};
constexpr std::array kColumns{Synchronous::durable, Synchronous::full, Synchronous::normal, Synchronous::off};

// EXTRA is a setting of its own for DELETE; elsewhere FULL stands for both.
bool is_played(JournalMode journal, Synchronous synchronous) {
  return journal == JournalMode::del || synchronous != Synchronous::durable;
}

void count(DutyCell& cell, const DiskRun& run) { ++cell.runs[static_cast<std::size_t>(run.outcome)]; }

// A fault that the disk reports, or that passes, is over when the operation is: a power loss later meets what
// any power loss meets.
bool lingers(FaultKind kind) {
  switch (kind) {
    case FaultKind::disk_stall:
    case FaultKind::disk_short_read:
    case FaultKind::disk_misdirected_read:
    case FaultKind::disk_full:
      return false;
    default:
      return true;
  }
}

std::vector<PowerLoss> losses_after(FaultKind kind) {
  if (!lingers(kind)) return {{}, {.when = When::after_ops, .ops = 0}};
  return {{},
          {.when = When::after_ops, .ops = 0},
          {.when = When::after_ops, .ops = 4},
          {.when = When::after_transaction},
          {.when = When::at_end}};
}

DutyCell play_kind(DiskHistory& history, FaultKind kind, const DiskSetting& setting) {
  DutyCell cell{kind, setting, 0, {}};
  for (const faults::SiteAsked& site : history.sites()) {
    for (const faults::Action& action : site.applicable) {
      if (faults::info(action).like != kind) continue;
      ++cell.points;
      const faults::Strike strike{site.site, site.occurrence, action};
      for (const PowerLoss& power : losses_after(kind)) count(cell, history.play(&strike, power));
    }
  }
  return cell;
}

DutyCell play_power_loss(DiskHistory& history, const DiskSetting& setting) {
  using Unsynced = PowerLoss::Unsynced;
  DutyCell cell{FaultKind::disk_crash_outcome, setting, 0, {}};
  const auto points = static_cast<std::uint32_t>(history.sites().size());
  for (std::uint32_t point = 0; point < points; ++point) {
    ++cell.points;
    for (const Unsynced unsynced :
         {Unsynced::lost, Unsynced::kept, Unsynced::every_other_sector, Unsynced::torn}) {
      for (const bool names : {false, true})
        count(cell, history.play(nullptr, {When::after_ops, point, unsynced, names}));
    }
  }
  return cell;
}

std::string cell_text(const DutyCell& cell) {
  std::string out;
  if (cell.points == 0) return "no such I/O";
  for (std::size_t i = cell.runs.size(); i-- > 0;) {
    if (cell.runs[i] == 0) continue;
    const std::string_view name = name_of(static_cast<DiskOutcome>(i));
    const bool worst = out.empty();
    out += worst ? "**" : ", ";
    out += std::string(name) + (worst ? "** " : " ") + std::to_string(cell.runs[i]);
  }
  return out;
}

const DutyCell* find(const std::vector<DutyCell>& cells, FaultKind kind, const DiskSetting& setting) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const DutyCell& cell) {
    return cell.kind == kind && cell.setting == setting;
  });
  return found == cells.end() ? nullptr : &*found;
}

std::string place(const DutyCell& cell) {
  return std::string(faults::name_of(cell.kind)) + " in " + std::string(name_of(cell.setting.journal)) +
         " with synchronous=" + std::string(name_of(cell.setting.synchronous));
}

}  // namespace

DiskOutcome DutyCell::worst() const {
  for (std::size_t i = runs.size(); i-- > 0;) {
    if (runs[i] > 0) return static_cast<DiskOutcome>(i);
  }
  return DiskOutcome::held;
}

std::uint32_t DutyCell::total() const { return std::accumulate(runs.begin(), runs.end(), 0u); }

std::string_view name_of(Synchronous synchronous) {
  constexpr std::array<std::string_view, 4> kNames{"EXTRA", "FULL", "NORMAL", "OFF"};
  return kNames[static_cast<std::size_t>(synchronous)];
}

const std::vector<DiskSetting>& duty_settings() {
  static const std::vector<DiskSetting> kSettings = [] {
    std::vector<DiskSetting> settings;
    for (const JournalMode journal : kJournals) {
      for (const Synchronous synchronous : kColumns) {
        if (is_played(journal, synchronous)) settings.push_back({journal, synchronous});
      }
    }
    return settings;
  }();
  return kSettings;
}

std::vector<DutyCell> play_duties(const DiskSetting& setting) {
  DiskHistory history(setting);
  std::vector<DutyCell> cells;
  for (const FaultKind kind : disk_kinds()) {
    cells.push_back(kind == FaultKind::disk_crash_outcome ? play_power_loss(history, setting)
                                                          : play_kind(history, kind, setting));
  }
  return cells;
}

std::vector<DutyCell> play_all_duties() {
  std::vector<DutyCell> cells;
  for (const DiskSetting& setting : duty_settings()) {
    for (DutyCell& cell : play_duties(setting)) cells.push_back(std::move(cell));
  }
  return cells;
}

std::vector<std::string> broken_duties(const std::vector<DutyCell>& cells, const Declared& declared) {
  std::vector<std::string> out;
  for (const DutyCell& cell : cells) {
    const DiskOutcome worst = cell.worst();
    const DiskOutcome allowed = declared(cell.kind, cell.setting);
    const bool exact = is_safe(cell.setting) || cell.kind == FaultKind::disk_crash_outcome;
    if (cell.points == 0 || worst == allowed || (!exact && worst < allowed)) continue;
    out.push_back(place(cell) + " is declared \"" + std::string(name_of(allowed)) + "\" and comes to \"" +
                  std::string(name_of(worst)) + "\" in " +
                  std::to_string(cell.runs[static_cast<std::size_t>(worst)]) + " of " +
                  std::to_string(cell.total()) + " runs");
  }
  return out;
}

std::string duties_markdown(const std::vector<DutyCell>& cells) {
  std::uint64_t runs = 0;
  for (const DutyCell& cell : cells) runs += cell.total();
  std::string out =
      "# What a database makes of a faulty disk\n\n"
      "Made by `./ordeal list disk-duties`; a test holds this file against the command.\n\n"
      "Three transactions are played with each fault at every I/O point at which it can strike, alone and\n"
      "followed by a power loss; `disk_crash_outcome` is the power loss alone, at every point. A cell counts "
      "what\nbecame of the database, the worst in bold:\n\n"
      "- **held**: everything acknowledged is there.\n"
      "- **detected**: an error, and no wrong answer.\n"
      "- **lost tail**: an older state that was once true; acknowledged transactions are missing, "
      "unnoticed.\n"
      "- **silently wrong**: a state that never was, unnoticed.\n\n"
      "The duty is that of the safest setting: EXTRA for DELETE, FULL elsewhere (where EXTRA is the same). "
      "With "
      "a\nweaker one a power loss may lose on its own account, and every row with it. The service itself "
      "uses "
      "the\nsafest.\n\n";
  out += std::to_string(runs) + " runs.\n";
  for (const FaultKind kind : disk_kinds()) {
    out += "\n## " + std::string(faults::name_of(kind)) + "\n\n" + std::string(faults::info(kind).words) +
           ": " + std::string(why_declared(kind)) + ".\n\n" +
           "| journal | points | EXTRA | FULL | NORMAL | OFF | duty |\n|---|---|---|---|---|---|---|\n";
    for (const JournalMode journal : kJournals) {
      std::string row;
      std::uint32_t points = 0;
      for (const Synchronous synchronous : kColumns) {
        const DutyCell* cell = find(cells, kind, {journal, synchronous});
        row += " | " + (cell == nullptr ? "as FULL" : cell_text(*cell));
        if (cell != nullptr && points == 0) points = cell->points;
      }
      const Duty duty = duty_for(worst_declared(kind, {journal, Synchronous::durable}));
      out += "| " + std::string(name_of(journal)) + " | " + std::to_string(points) + row + " | " +
             std::string(name_of(duty)) + " |\n";
    }
  }
  return out;
}

}  // namespace ordeal::duties

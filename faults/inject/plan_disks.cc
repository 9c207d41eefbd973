// What windows do to disks, and to what a crash finds unsynced on them.
#include <optional>

#include "faults/inject/plan_hooks_ask.h"
#include "faults/kinds/damage.h"

namespace ordeal::faults {
namespace {

using sim::lane;

}  // namespace

std::optional<Action> PlanHooks::to_disk(Armed& armed, const Window& window, const sim::Moment& moment,
                                         const sim::DiskOp& question) {
  if (!armed.hosts.has(moment.host) || !matches(window.scope.file, question.file)) return std::nullopt;
  const KindInfo& kind = info(armed.kind);
  if (!kind.operations.has(question.kind)) return std::nullopt;
  if (const auto* crash = std::get_if<HostCrash>(&window.fault)) {
    // Two points of one moment: each has its own chance, before first.
    const auto restart = [&] {
      return draw(armed, moment, lane("restart"), crash->restart_after_min, crash->restart_after_max);
    };
    if (crash->at.has(CrashPoints::before_sync) && chance(armed, moment))
      return act::CrashBeforeDisk{restart()};
    if (!crash->at.has(CrashPoints::after_sync)) return std::nullopt;
    ++armed.tries;
    if (!sim_->choices().chance(moment.key, armed.lane ^ lane("after sync"), armed.rate)) return std::nullopt;
    return act::CrashAfterDisk{restart()};
  }
  if (!chance(armed, moment)) return std::nullopt;
  if (kind.damages) return damage(window.fault, question, {sim_->choices(), moment.key, armed.lane});
  if (armed.kind == FaultKind::disk_fail) return act::DiskFail{};
  if (armed.kind == FaultKind::disk_full) return act::DiskFull{};
  if (armed.kind == FaultKind::disk_lie) return act::DiskLie{};
  return act::DiskStall{draw(armed, moment, lane("for"), {1}, std::get<DiskStall>(window.fault).for_max)};
}

sim::DiskVerdict PlanHooks::disk(const sim::Moment& moment, const sim::DiskOp& question) {
  const Action* action = decide(moment, Question::disk, any_action, [&](Armed& armed, const Window& w) {
    return to_disk(armed, w, moment, question);
  });
  if (action == nullptr) return {};
  using Act = sim::DiskVerdict::Act;
  if (const auto* stall = std::get_if<act::DiskStall>(action))
    return {.act = Act::pass, .stall = until_heal(stall->how_long)};
  if (const auto* crash = std::get_if<act::CrashBeforeDisk>(action))
    return {.act = Act::crash_before, .restart_after = restart_for(moment.host, crash->restart_after)};
  if (const auto* crash = std::get_if<act::CrashAfterDisk>(action))
    return {.act = Act::crash_after, .restart_after = restart_for(moment.host, crash->restart_after)};
  if (std::holds_alternative<act::DiskFull>(*action)) return {.act = Act::full};
  if (info(info(*action).like).damages) return damage_verdict(*action);
  return {.act = std::holds_alternative<act::DiskLie>(*action) ? Act::lie : Act::fail};
}

std::optional<Action> PlanHooks::to_sector(Armed& armed, const Window& window, const sim::Moment& moment,
                                           const sim::UnsyncedSector& question) {
  if (!armed.hosts.has(moment.host) || !matches(window.scope.file, question.file)) return std::nullopt;
  const auto& fault = std::get<DiskCrashOutcome>(window.fault);
  // One crash asks about many sectors under one key: each is a lane of its own.
  const auto own = static_cast<sim::Lane>(Digest(armed.lane)
                                              .add(question.file)
                                              .add((std::uint64_t{question.write} << 32) | question.sector)
                                              .value());
  ++armed.tries;
  const sim::Choices& choices = sim_->choices();
  if (choices.chance(moment.key, own, fault.kept)) {
    return act::SectorKept{std::string(question.file), question.write, question.sector};
  }
  // Given that it was not kept: torn / (1 - kept).
  const Ratio torn{fault.torn.num * fault.kept.den, fault.torn.den * (fault.kept.den - fault.kept.num)};
  if (torn.den <= 0 || !choices.chance(moment.key, own ^ lane("torn"), torn)) return std::nullopt;
  constexpr std::uint64_t kSectorBytes = 512;
  const auto bytes =
      static_cast<std::int64_t>(1 + choices.below(moment.key, own ^ lane("bytes"), kSectorBytes - 1));
  return act::SectorTorn{std::string(question.file), question.write, question.sector, bytes};
}

sim::SectorVerdict PlanHooks::unsynced_sector(const sim::Moment& moment,
                                              const sim::UnsyncedSector& question) {
  const auto is_it = [&](const auto& a) {
    return a.file == question.file && a.write == question.write && a.sector == question.sector;
  };
  const auto fits = [&](const Action& a) {
    const auto* kept = std::get_if<act::SectorKept>(&a);
    return kept != nullptr ? is_it(*kept) : is_it(std::get<act::SectorTorn>(a));
  };
  const Action* action = decide(moment, Question::unsynced_sector, fits, [&](Armed& armed, const Window& w) {
    return to_sector(armed, w, moment, question);
  });
  if (action == nullptr) return {};
  using Act = sim::SectorVerdict::Act;
  if (const auto* torn = std::get_if<act::SectorTorn>(action))
    return {Act::torn, static_cast<std::uint32_t>(torn->bytes)};
  return {Act::kept, 0};
}

bool PlanHooks::name_survives(const sim::Moment& moment, const sim::UnsyncedName& question) {
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    if (!armed.hosts.has(moment.host) || !matches(w.scope.file, question.file)) return std::nullopt;
    ++armed.tries;
    const auto own = static_cast<sim::Lane>(Digest(armed.lane ^ lane("name")).add(question.file).value());
    if (!sim_->choices().chance(moment.key, own, std::get<DiskCrashOutcome>(w.fault).names_kept))
      return std::nullopt;
    return act::NameKept{std::string(question.file)};
  };
  const auto fits = [&](const Action& a) { return std::get<act::NameKept>(a).file == question.file; };
  return decide(moment, Question::unsynced_name, fits, window) != nullptr;
}

}  // namespace ordeal::faults

// What windows do to hosts at their steps.
#include <optional>

#include "faults/inject/plan_hooks_ask.h"

namespace ordeal::faults {
namespace {

using sim::lane;

}  // namespace

std::optional<Action> PlanHooks::to_step(Armed& armed, const Window& window, const sim::Moment& moment,
                                         const sim::Stepping& question) {
  if (!armed.hosts.has(moment.host)) return std::nullopt;
  const Fault& fault = window.fault;
  const auto* crash = std::get_if<HostCrash>(&fault);
  if (crash != nullptr && !crash->at.has(point_of(question.where))) return std::nullopt;
  if (!chance(armed, moment)) return std::nullopt;
  if (crash != nullptr)
    return act::Crash{
        draw(armed, moment, lane("restart"), crash->restart_after_min, crash->restart_after_max)};
  if (const auto* freeze = std::get_if<HostFreeze>(&fault))
    return act::Freeze{draw(armed, moment, lane("for"), freeze->for_min, freeze->for_max)};
  if (const auto* slow = std::get_if<HostSlow>(&fault))
    return act::Slow{draw(armed, moment, lane("for"), {1}, slow->extra_max)};
  if (const auto* wiped = std::get_if<DiskWiped>(&fault)) return act::CrashWiped{wiped->restart_after};
  return act::CrashSwapped{std::get<DiskSwapped>(fault).restart_after};
}

sim::StepVerdict PlanHooks::stepping(const sim::Moment& moment, const sim::Stepping& question) {
  const Action* action = decide(moment, Question::stepping, any_action, [&](Armed& armed, const Window& w) {
    return to_step(armed, w, moment, question);
  });
  if (action == nullptr) return {};
  using Act = sim::StepVerdict::Act;
  if (const auto* freeze = std::get_if<act::Freeze>(action)) return {Act::freeze, freeze->how_long};
  if (const auto* slow = std::get_if<act::Slow>(action)) return {Act::slow, until_heal(slow->how_long)};
  const auto crash = [&](Duration restart_after, sim::Storage storage) -> sim::StepVerdict {
    return {Act::crash, restart_for(moment.host, restart_after), storage};
  };
  if (const auto* wiped = std::get_if<act::CrashWiped>(action))
    return crash(wiped->restart_after, sim::Storage::wiped);
  if (const auto* swapped = std::get_if<act::CrashSwapped>(action))
    return crash(swapped->restart_after, sim::Storage::swapped);
  return crash(std::get<act::Crash>(*action).restart_after, sim::Storage::same);
}

}  // namespace ordeal::faults

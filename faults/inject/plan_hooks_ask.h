// How an answer is found, for the files that answer: the plan's strike for this moment, or the first window that strikes.
#pragma once

#include <optional>
#include <utility>

#include "faults/inject/plan_hooks.h"

namespace ordeal::faults {

template <class Fits>
const Action* PlanHooks::strike(const sim::Moment& moment, Question question, Fits&& fits) {
  const auto found = strikes_at_.find(moment.key.site.value);
  if (found == strikes_at_.end()) return nullptr;
  for (const std::uint32_t index : found->second) {
    const Strike& strike = plan_.strikes[index];
    if (strike.occurrence != moment.key.occurrence || info(strike.action).question != question) continue;
    if (!fits(strike.action)) continue;
    ++strike_hits_[index];
    return &struck(moment, strike.action, kNoWindow);
  }
  return nullptr;
}

template <class Answer>
const Action* PlanHooks::ask(const sim::Moment& moment, const std::vector<std::uint32_t>& windows,
                             Answer&& answer) {
  for (const std::uint32_t index : windows) {
    Armed& armed = armed_[index];
    if (!active(armed, moment.at_ns)) continue;
    std::optional<Action> action = answer(armed, plan_.windows[index]);
    if (action) return &struck(moment, std::move(*action), index);
  }
  return nullptr;
}

template <class Fits, class Answer>
const Action* PlanHooks::decide(const sim::Moment& moment, Question question, Fits&& fits, Answer&& answer) {
  const Desk& here = desk(question);
  if (here.closed(moment.at_ns)) return nullptr;
  const Action* action = here.strikes ? strike(moment, question, fits) : nullptr;
  return action != nullptr ? action : ask(moment, here.windows, answer);
}

inline CrashPoints::Point point_of(sim::Stepping::Where where) {
  switch (where) {
    case sim::Stepping::Where::before_commit:
      return CrashPoints::before_commit;
    case sim::Stepping::Where::after_commit:
      return CrashPoints::after_commit;
    case sim::Stepping::Where::before_send:
      return CrashPoints::before_send;
    case sim::Stepping::Where::after_send:
      return CrashPoints::after_send;
    case sim::Stepping::Where::before_handle:
      return CrashPoints::before_handle;
  }
  return CrashPoints::before_commit;
}

// Every action that answers the question fits.
inline bool any_action(const Action&) { return true; }

}  // namespace ordeal::faults

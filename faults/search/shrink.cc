#include "faults/search/shrink.h"

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace ordeal::faults {
namespace {

// Is there a site at which this window acts? What acts by the clock stays a window.
bool acts_at_sites(const Window& window) {
  // What outlives heal is not a list of strikes.
  return !acts_by_clock(kind_of(window.fault)) && window.until != kNever;
}

// `plan` without the windows that `gone` chooses, with the strikes they made.
template <class Gone>
Plan struck_out(const Plan& plan, const std::vector<FiredStrike>& fired, Gone&& gone) {
  Plan out = plan;
  std::erase_if(out.windows, gone);
  for (const Window& window : plan.windows) {
    if (!gone(window)) continue;
    for (const FiredStrike& strike : fired) {
      if (strike.window == window.id) out.strikes.push_back(strike.strike);
    }
  }
  return out;
}

// Three leading digits, as people write durations: the third one's worth.
Duration third_digit(Duration value) {
  std::int64_t unit = 1;
  while (value.ns / unit >= 1000) unit *= 10;
  return {unit};
}
Duration rounded(Duration value) {
  const Duration unit = third_digit(value);
  return {value.ns / unit.ns * unit.ns};
}

template <class Variant, class Visit>
void each_duration(Variant& variant, Visit&& visit) {
  std::visit(
      [&](auto& alternative) {
        alternative.fields(alternative, [&](std::string_view, auto& field) {
          if constexpr (std::is_same_v<std::remove_reference_t<decltype(field)>, Duration>) visit(field);
        });
      },
      variant);
}

template <class Variant>
std::size_t count_durations(Variant& variant) {
  std::size_t count = 0;
  each_duration(variant, [&](Duration&) { ++count; });
  return count;
}

template <class Variant>
Duration* nth_duration(Variant& variant, std::size_t n) {
  Duration* found = nullptr;
  each_duration(variant, [&](Duration& field) {
    if (n-- == 0) found = &field;
  });
  return found;
}

}  // namespace

bool PlanShrinker::try_out(Plan candidate) {
  if (candidate == best_) return false;
  if (!budget_.take()) {
    stopped_ = true;
    return false;
  }
  if (!judge_(candidate)) return false;
  best_ = std::move(candidate);
  return true;
}

void PlanShrinker::strike_out(const std::vector<FiredStrike>& fired) {
  if (try_out(struck_out(best_, fired, acts_at_sites))) return;
  const Plan whole = best_;
  for (const Window& window : whole.windows) {
    if (stopped_ || !acts_at_sites(window)) continue;
    try_out(struck_out(best_, fired, [&](const Window& w) { return w.id == window.id; }));
  }
}

void PlanShrinker::forget(const std::vector<Strike>& unmatched) {
  std::erase_if(best_.strikes, [&](const Strike& strike) {
    return std::find(unmatched.begin(), unmatched.end(), strike) != unmatched.end();
  });
}

template <class Item>
void PlanShrinker::fewer(std::vector<Item> Plan::*list) {
  if (stopped_) return;
  Plan candidate = best_;
  const std::function<bool(const std::vector<Item>&)> judge = [&](const std::vector<Item>& items) {
    candidate.*list = items;
    return judge_(candidate);
  };
  best_.*list = ddmin(best_.*list, judge, budget_);
  note_the_end();
}

void PlanShrinker::note_the_end() {
  stopped_ |= budget_.tries >= budget_.max_tries || (budget_.expired && budget_.expired());
}

void PlanShrinker::fewer_strikes() { fewer(&Plan::strikes); }
void PlanShrinker::fewer_windows() { fewer(&Plan::windows); }

void PlanShrinker::fewer_hosts(const std::vector<std::string>& everybody) {
  for (std::size_t w = 0; w < best_.windows.size(); ++w) {
    const std::vector<std::string> hosts =
        best_.windows[w].scope.hosts.empty() ? everybody : best_.windows[w].scope.hosts;
    if (hosts.size() < 2 || info(best_.windows[w].fault).subject == Subject::messages) continue;
    for (const std::string& host : hosts) {
      Plan candidate = best_;
      candidate.windows[w].scope.hosts = {host};
      if (stopped_ || try_out(std::move(candidate))) break;
    }
  }
}

// Each back to what it usually is.
void PlanShrinker::fewer_knobs() {
  if (stopped_) return;
  const std::vector<std::pair<std::string, std::string>> turned(best_.knobs.begin(), best_.knobs.end());
  using Turned = std::vector<std::pair<std::string, std::string>>;
  const auto with = [&](const Turned& kept) {
    Plan plan = best_;
    plan.knobs = {kept.begin(), kept.end()};
    return plan;
  };
  const std::function<bool(const Turned&)> still_fails = [&](const Turned& kept) {
    return judge_(with(kept));
  };
  best_ = with(ddmin(turned, still_fails, budget_));
  note_the_end();
}

// Zero if that does, else half as long as long as it fails; what is left is made round.
template <class Place>
void PlanShrinker::shorter(Place&& place) {
  const auto with = [&](Duration value) {
    Plan candidate = best_;
    *place(candidate) = value;
    return candidate;
  };
  const Duration start = *place(best_);
  if (start.ns <= 0 || start >= kUntilHeal || stopped_ || try_out(with({}))) return;
  while (!stopped_ && try_out(with(rounded(*place(best_) / 2)))) {
  }
  const Duration left = *place(best_);
  const Duration below = rounded(left);
  if (below == left || stopped_ || try_out(with(below))) return;
  if (!stopped_) try_out(with(below + third_digit(left)));
}

void PlanShrinker::shorten() {
  for (std::size_t s = 0; s < best_.strikes.size(); ++s) {
    for (std::size_t n = count_durations(best_.strikes[s].action); n-- > 0;) {
      shorter([s, n](Plan& plan) { return nth_duration(plan.strikes[s].action, n); });
    }
  }
  for (std::size_t w = 0; w < best_.windows.size(); ++w) {
    shorter_window(w);
    fewer_times(w);
    for (std::size_t n = count_durations(best_.windows[w].fault); n-- > 0;) {
      shorter([w, n](Plan& plan) { return nth_duration(plan.windows[w].fault, n); });
    }
  }
}

// Whole numbers that a file may not say less of than `least` are how often something is done.
void PlanShrinker::fewer_times(std::size_t w) {
  const auto with = [&](std::int64_t divided_by) {
    Plan candidate = best_;
    const auto visit = [&](const Parameter& parameter, auto& field) {
      if constexpr (std::is_same_v<std::remove_reference_t<decltype(field)>, std::int64_t>) {
        if (parameter.least > 0) field = std::max(parameter.least, divided_by == 0 ? 0 : field / divided_by);
      }
    };
    std::visit([&](auto& fault) { fault.fields(fault, visit); }, candidate.windows[w].fault);
    return candidate;
  };
  if (stopped_ || try_out(with(0))) return;
  while (!stopped_ && try_out(with(2))) {
  }
}

// Halves the window from its end or from its beginning, as long as one of the two still fails.
void PlanShrinker::shorter_window(std::size_t w) {
  const auto halved = [&](bool from_end) {
    Plan candidate = best_;
    Window& window = candidate.windows[w];
    const Duration end = std::min(window.until, best_.heal_at);
    const Duration middle = rounded(window.from + (end - window.from) / 2);
    if (window.until == kNever || middle <= window.from || middle >= end) return best_;
    (from_end ? window.until : window.from) = middle;
    return candidate;
  };
  while (!stopped_ && (try_out(halved(true)) || (!stopped_ && try_out(halved(false))))) {
  }
}

Shrunk shrink(const Plan& plan, const std::vector<FiredStrike>& fired,
              const std::function<bool(const Plan&)>& still_fails, Budget budget) {
  PlanShrinker shrinker(plan, still_fails, budget);
  shrinker.strike_out(fired);
  shrinker.fewer_strikes();
  shrinker.fewer_windows();
  // A window may have been what made a strike necessary.
  shrinker.fewer_strikes();
  shrinker.fewer_knobs();
  shrinker.shorten();
  return {shrinker.best(), budget.tries, !shrinker.stopped()};
}

}  // namespace ordeal::faults

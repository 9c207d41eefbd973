#include "faults/shrink.h"

#include <algorithm>

namespace ordeal::faults {
namespace {

using Judge = std::function<bool(const Plan&)>;

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

class Shrinker {
 public:
  Shrinker(Plan plan, const Judge& judge, Budget& budget)
      : best_(std::move(plan)), judge_(judge), budget_(budget) {}

  bool try_out(Plan candidate) {
    if (candidate == best_) return false;
    if (!budget_.take()) {
      stopped_ = true;
      return false;
    }
    if (!judge_(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  void windows_into_strikes(const std::vector<FiredStrike>& fired) {
    if (try_out(struck_out(best_, fired, acts_at_sites))) return;
    // Not all at once: one after the other.
    const Plan whole = best_;
    for (const Window& window : whole.windows) {
      if (stopped_ || !acts_at_sites(window)) continue;
      try_out(struck_out(best_, fired, [&](const Window& w) { return w.id == window.id; }));
    }
  }

  template <class Item>
  void fewer(std::vector<Item> Plan::*list) {
    Plan candidate = best_;
    const std::function<bool(const std::vector<Item>&)> judge = [&](const std::vector<Item>& items) {
      candidate.*list = items;
      return judge_(candidate);
    };
    best_.*list = ddmin(best_.*list, judge, budget_);
    stopped_ |= budget_.tries >= budget_.max_tries || (budget_.expired && budget_.expired());
  }

  // Zero if that does, else half as long as long as it fails.
  template <class Place>
  void shorter(Place&& place) {
    const auto with = [&](Duration value) {
      Plan candidate = best_;
      *place(candidate) = value;
      return candidate;
    };
    const Duration start = *place(best_);
    if (start.ns <= 0 || start >= kUntilHeal || stopped_ || try_out(with({}))) return;
    while (!stopped_ && try_out(with(rounded(*place(best_) / 2)))) {
    }
  }

  void shorten() {
    for (std::size_t s = 0; s < best_.strikes.size(); ++s) {
      std::size_t count = 0;
      each_duration(best_.strikes[s].action, [&](Duration&) { ++count; });
      for (std::size_t n = 0; n < count; ++n) {
        shorter([s, n](Plan& plan) { return nth_duration(plan.strikes[s].action, n); });
      }
    }
    for (std::size_t w = 0; w < best_.windows.size(); ++w) {
      shorter_window(w);
      std::size_t count = 0;
      each_duration(best_.windows[w].fault, [&](Duration&) { ++count; });
      for (std::size_t n = 0; n < count; ++n) {
        shorter([w, n](Plan& plan) { return nth_duration(plan.windows[w].fault, n); });
      }
    }
  }

  // Each knob back to what it usually is; all of them at once first.
  void plain_knobs() {
    const std::map<std::string, std::string> turned = best_.knobs;
    Plan candidate = best_;
    candidate.knobs.clear();
    if (try_out(candidate)) return;
    for (const auto& [name, value] : turned) {
      candidate = best_;
      candidate.knobs.erase(name);
      try_out(candidate);
    }
  }

  const Plan& best() const { return best_; }
  bool stopped() const { return stopped_; }

 private:
  // Halves the window from its end or from its beginning, as long as one of the two still fails.
  void shorter_window(std::size_t w) {
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

  // Three leading digits, as people write durations.
  static Duration rounded(Duration value) {
    std::int64_t unit = 1;
    while (value.ns / unit >= 1000) unit *= 10;
    return {value.ns / unit * unit};
  }

  template <class Variant, class Visit>
  static void each_duration(Variant& variant, Visit&& visit) {
    std::visit(
        [&](auto& alternative) {
          alternative.fields(alternative, [&](std::string_view, auto& field) {
            if constexpr (std::is_same_v<std::remove_reference_t<decltype(field)>, Duration>) visit(field);
          });
        },
        variant);
  }
  template <class Variant>
  static Duration* nth_duration(Variant& variant, std::size_t n) {
    Duration* found = nullptr;
    each_duration(variant, [&](Duration& field) {
      if (n-- == 0) found = &field;
    });
    return found;
  }

  Plan best_;
  const Judge& judge_;
  Budget& budget_;
  bool stopped_ = false;
};

}  // namespace

Shrunk shrink(const Plan& plan, const std::vector<FiredStrike>& fired, const Judge& still_fails,
              Budget budget) {
  Shrinker shrinker(plan, still_fails, budget);
  shrinker.windows_into_strikes(fired);
  shrinker.fewer(&Plan::strikes);
  shrinker.fewer(&Plan::windows);
  // A window may have been what made a strike necessary.
  if (!shrinker.stopped()) shrinker.fewer(&Plan::strikes);
  if (!shrinker.stopped()) shrinker.plain_knobs();
  shrinker.shorten();
  return {shrinker.best(), budget.tries, !shrinker.stopped()};
}

}  // namespace ordeal::faults

// Making a failing plan small. `ddmin` removes items of any type (strikes, windows, shoppers, operations) as
// long as the failure stays: halves first, then ever smaller parts, then single items (Zeller and
// Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", TSE 2002). `shrink` does a whole plan:
// windows become the strikes they made, then strikes go, then windows, then durations get shorter.
//
// Promises: what comes back still fails, as judged by the last successful try; it is 1-minimal (no single
// item can go) unless the budget ran out, and then it is the best so far. Deterministic for a deterministic
// judge. The judge is asked as often as Budget allows and never about the plan it was given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "faults/plan/plan.h"

namespace ordeal::faults {

struct Budget {
  std::uint64_t max_tries = 10'000;
  // True when time is up or the user pressed the key; asked before each try. May be empty.
  std::function<bool()> expired;
  std::uint64_t tries = 0;  // used so far

  // Takes one try if there is one left.
  bool take() {
    if (tries >= max_tries || (expired && expired())) return false;
    ++tries;
    return true;
  }
};

// The smallest list found for which `still_fails` holds. `items` itself is taken to fail.
template <class Item>
std::vector<Item> ddmin(std::vector<Item> items,
                        const std::function<bool(const std::vector<Item>&)>& still_fails, Budget& budget) {
  std::size_t size = items.size();  // the first try removes everything: often nothing is needed
  while (!items.empty()) {
    bool removed = false;
    for (std::size_t at = 0; at < items.size();) {
      const std::size_t end = size < items.size() - at ? at + size : items.size();
      std::vector<Item> rest(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(at));
      rest.insert(rest.end(), items.begin() + static_cast<std::ptrdiff_t>(end), items.end());
      if (!budget.take()) return items;
      if (still_fails(rest)) {
        items = std::move(rest);
        removed = true;
      } else {
        at = end;
      }
    }
    // Single items go round until a whole pass removed none: what is left is 1-minimal.
    if (size == 1 && !removed) break;
    size = size > 1 ? (size + 1) / 2 : 1;
  }
  return items;
}

// A failing plan on its way to a small one, for callers that make other things small in between. `judge` is
// asked about candidates; whatever it says yes to is the best from then on.
class PlanShrinker {
 public:
  using Judge = std::function<bool(const Plan&)>;
  // All of it outlives the shrinker.
  PlanShrinker(Plan plan, const Judge& judge, Budget& budget)
      : best_(std::move(plan)), judge_(judge), budget_(budget) {}

  // Windows that act at sites become the strikes they made: all at once, or else one after the other.
  void strike_out(const std::vector<FiredStrike>& fired);
  void fewer_strikes();
  void fewer_windows();
  // Windows that strike several hosts, or all of `everybody`, strike one.
  void fewer_hosts(const std::vector<std::string>& everybody);
  // Randomised knobs that the failure does not need go back to their ordinary values.
  void fewer_knobs();
  // Durations of strikes and windows, and the windows themselves: zero if that does, else round and short. What a window
  // does so many times by the clock it does once, or less often.
  void shorten();
  // Strikes that never strike are no part of the failure. Costs no try.
  void forget(const std::vector<Strike>& unmatched);

  // A candidate of the caller's own.
  bool offer(Plan candidate) { return !stopped_ && try_out(std::move(candidate)); }

  const Plan& best() const { return best_; }
  bool stopped() const { return stopped_; }

 private:
  bool try_out(Plan candidate);
  template <class Item>
  void fewer(std::vector<Item> Plan::*list);
  template <class Place>
  void shorter(Place&& place);
  void shorter_window(std::size_t w);
  void fewer_times(std::size_t w);
  void note_the_end();

  Plan best_;
  const Judge& judge_;
  Budget& budget_;
  bool stopped_ = false;
};

struct Shrunk {
  Plan plan;
  std::uint64_t tries = 0;
  bool finished = false;  // false: the budget ran out
};

// `fired` is what PlanHooks::fired() said about the failing run of `plan`.
Shrunk shrink(const Plan& plan, const std::vector<FiredStrike>& fired,
              const std::function<bool(const Plan&)>& still_fails, Budget budget);

}  // namespace ordeal::faults

// Makes a failing trial small, for whoever has to read it: the fewest strikes, the least that the scenario's settings
// may say (adjusting.h), the fewest actors, parts of their work, windows and knobs, then short and round times. Rounds go
// on until one takes nothing more away; they are gone twice, from the strikes and from the actors, and the smaller end counts.
//
// A candidate counts only if the same promise breaks in the same way (`Aim`). Taking away a strike, an actor, a window, a
// row or a unit always counts; whatever else is made smaller must not make the story longer, measured in events. What
// comes back fails, as its own trial showed; it is the best so far when the budget ends first. The order of tries depends
// on the trial alone: with budget enough the result is always the same.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "faults/search/shrink.h"
#include "scenarios/play/play.h"

namespace ordeal::play {

// What must break for a candidate to count.
struct Aim {
  std::string invariant;  // empty: the verdict counts
  bool headline = true;   // it must be the first finding: what the trial is about
  sim::Verdict verdict = sim::Verdict::safety;
  // And in this way (kind_of_breach, laws/findings.h): one law may be broken in several. Empty: any will do.
  std::string kind{};

  bool hit_by(const sim::TrialResult& trial) const;
};
// The aim of shrinking `trial` for `invariant`. Where that is no headline, any finding of it will do.
Aim aim_at(const std::string& invariant, const sim::TrialResult& trial);

// Who comes: those that are left, or all.
std::vector<Actor> actors_of(const Scenario& scenario, const PlayOptions& options);

struct Size {
  std::uint64_t strikes = 0;  // what struck
  std::uint64_t windows = 0;
  std::uint64_t actors = 0;
  std::uint64_t events = 0;  // how long its story is
};
// Would a person rather read `a`? The fewer things act in it, faults and actors, the fewer of them are faults, the shorter
// its story.
bool smaller(const Size& a, const Size& b);
// `played` is the trial of these options.
Size size_of(const Scenario& scenario, const PlayOptions& options, const Played& played);

struct Small {
  PlayOptions options;  // play these again: the same failure
  Played played;
  std::uint64_t tries = 0;
  bool finished = false;  // false: the budget ended first
};

struct Shrinking {
  Stage& stage;
  const Aim& aim;
  faults::Budget& budget;
  // Called with each improvement, in order. May be empty.
  std::function<void(const Small&)> on_better;
  bool times = true;  // shorten durations at the end, which changes no cause
};

// `failing` as it was played, `first` what came of it; the aim must be hit by it.
Small shrink(const Shrinking& how, const PlayOptions& failing, const Played& first);

}  // namespace ordeal::play

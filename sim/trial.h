// One trial, run from callables, so that hunting, shrinking and exploring need no scenario type (design
// section 3): build → storm → heal → settle → audit → verdict.
//
// A trial never throws for what the world does. A failed CHECK or any other exception of the bench itself
// ends it with `broken` set: that is our bug, and never a pass.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "sim/finding.h"
#include "sim/hooks.h"
#include "sim/simulation.h"
#include "sim/trace.h"

namespace ordeal::sim {

enum class Verdict : std::uint8_t { pass, safety, liveness, nondeterminism, inconclusive };
std::string_view name_of(Verdict verdict);

// What an audit reports as broken when it is told that the world has not settled, and nothing explains it.
inline constexpr std::string_view kRest = "rest";

struct Trial {
  std::function<void(Simulation&)> build;
  Duration storm{};                       // true time during which faults may strike
  std::function<void(Simulation&)> heal;  // ends every window, brings every host back
  Duration settle_bound{};                // true time after the storm by which everything must be at rest
  // Reports findings for what is wrong at rest. `settled`: no event was left before the bound.
  std::function<void(Simulation&, bool settled)> audit;
};

struct TrialResult {
  Verdict verdict = Verdict::pass;
  std::vector<Finding> findings;  // by time, the first first
  TraceHash trace_hash;
  std::uint64_t events = 0;
  std::int64_t virtual_ns = 0;
  bool settled = false;
  std::map<std::string, std::uint64_t, std::less<>> marks;
  std::vector<TraceRecord> records;  // full traces only
  Tale tale;                         // full traces only
  std::vector<std::string> host_names;
  std::optional<std::string> broken;
};

TrialResult run_trial(FiberPool& pool, const Options& options, Hooks* hooks, const Trial& trial);

// The worst verdict of a list of findings: nondeterminism, safety, liveness, inconclusive, pass.
Verdict verdict_of(const std::vector<Finding>& findings);

}  // namespace ordeal::sim

#include "sim/trial.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "sim/waiting.h"

namespace ordeal::sim {
namespace {

using Evidence = std::vector<std::pair<std::string, std::string>>;

Finding deadlock(Simulation& sim, std::size_t waiters, Evidence who) {
  return {"deadlock", FindingKind::liveness, sim.now_ns(),
          std::to_string(waiters) + " tasks wait and nothing can move", std::move(who)};
}

// The first promise that was not kept in time says what everybody was waiting for.
void explain(std::vector<Finding>& findings, Simulation& sim) {
  for (Finding& finding : findings) {
    if (finding.kind != FindingKind::liveness) continue;
    if (finding.invariant != "deadlock" && finding.invariant != kRest) {
      for (auto& one : who_waits(sim)) finding.evidence.push_back(std::move(one));
    }
    return;
  }
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::safety:
      return "safety";
    case Verdict::liveness:
      return "liveness";
    case Verdict::nondeterminism:
      return "nondeterminism";
    case Verdict::inconclusive:
      return "inconclusive";
  }
  return "";
}

Verdict verdict_of(const std::vector<Finding>& findings) {
  const auto has = [&](FindingKind kind) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.kind == kind; });
  };
  if (has(FindingKind::nondeterminism)) return Verdict::nondeterminism;
  if (has(FindingKind::safety)) return Verdict::safety;
  if (has(FindingKind::liveness)) return Verdict::liveness;
  return findings.empty() ? Verdict::pass : Verdict::inconclusive;
}

TrialResult run_trial(FiberPool& pool, const Options& options, Hooks* hooks, const Trial& trial) {
  TrialResult result;
  Simulation sim(pool, options, hooks);
  try {
    trial.build(sim);
    sim.scheduler().run_until(trial.storm.ns);
    if (sim.now_ns() < trial.storm.ns) sim.scheduler().advance_to(trial.storm.ns);
    if (trial.heal) trial.heal(sim);
    result.settled = !sim.scheduler().run_until((trial.storm + trial.settle_bound).ns);
    if (result.settled) {
      const std::size_t stuck = sim.scheduler().stuck().size();
      if (stuck != 0) sim.report(deadlock(sim, stuck, who_waits(sim)));
    }
    if (trial.audit) trial.audit(sim, result.settled);
  } catch (const std::exception& error) {
    result.broken = error.what();
  }
  result.findings = sim.findings();
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.at_ns < b.at_ns; });
  explain(result.findings, sim);
  result.verdict = result.broken ? Verdict::inconclusive : verdict_of(result.findings);
  result.trace_hash = sim.trace().hash();
  result.events = sim.trace().events();
  result.virtual_ns = sim.now_ns();
  result.marks = sim.marks();
  for (HostId id = 0; id < sim.host_count(); ++id) result.host_names.push_back(sim.host(id).name());
  result.records = sim.trace().take_records();
  result.tale = std::move(sim.tale());
  return result;
}

}  // namespace ordeal::sim

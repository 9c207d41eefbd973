#include "sim/trial.h"

#include <algorithm>
#include <exception>

namespace ordeal::sim {
namespace {

// Who waits for what since when, for the deadlock finding.
Finding deadlock(Simulation& sim, const std::vector<Waiter>& waiters) {
  Finding finding{"deadlock", FindingKind::liveness, sim.now_ns(), "", {}};
  finding.message = std::to_string(waiters.size()) + " tasks wait and nothing can move";
  for (const Waiter& waiter : waiters) {
    finding.evidence.emplace_back(
        waiter.host + "/" + waiter.fiber,
        "waits for " + waiter.waits_for + " since " + std::to_string(waiter.since_ns) + " ns");
  }
  return finding;
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
      if (const auto stuck = sim.scheduler().stuck(); !stuck.empty()) sim.report(deadlock(sim, stuck));
    }
    if (trial.audit) trial.audit(sim, result.settled);
  } catch (const std::exception& error) {
    result.broken = error.what();
  }
  result.findings = sim.findings();
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.at_ns < b.at_ns; });
  result.verdict = result.broken ? Verdict::inconclusive : verdict_of(result.findings);
  result.trace_hash = sim.trace().hash();
  result.events = sim.trace().events();
  result.virtual_ns = sim.now_ns();
  result.marks = sim.marks();
  for (HostId id = 0; id < sim.host_count(); ++id) result.host_names.push_back(sim.host(id).name());
  result.records = sim.trace().take_records();
  return result;
}

}  // namespace ordeal::sim

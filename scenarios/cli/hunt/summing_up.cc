#include "scenarios/cli/hunt/summing_up.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <sstream>

#include "scenarios/cli/engine.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::cli {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

ExitCode exit_code_of(sim::Verdict verdict) {
  switch (verdict) {
    case sim::Verdict::pass:
      return ExitCode::ok;
    case sim::Verdict::safety:
      return ExitCode::safety;
    case sim::Verdict::liveness:
      return ExitCode::liveness;
    case sim::Verdict::nondeterminism:
      return ExitCode::nondeterminism;
    case sim::Verdict::inconclusive:
      return ExitCode::inconclusive;
  }
  return ExitCode::software;
}

ExitCode worst_of(std::span<const ExitCode> codes) {
  constexpr std::array kWorstFirst{ExitCode::nondeterminism, ExitCode::safety, ExitCode::liveness,
                                   ExitCode::expectation, ExitCode::inconclusive};
  for (const ExitCode code : kWorstFirst) {
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return code;
  }
  return ExitCode::ok;
}

ExitCode unless_broken(ExitCode code, ExitCode trouble) {
  const bool broken =
      code == ExitCode::safety || code == ExitCode::liveness || code == ExitCode::nondeterminism;
  return broken ? code : trouble;
}

std::string listed(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::optional<std::string> expectation_missed(const std::set<std::string>& expected,
                                              const std::set<std::string>& broken) {
  if (broken == expected) return std::nullopt;
  std::set<std::string> others;
  std::set_difference(broken.begin(), broken.end(), expected.begin(), expected.end(),
                      std::inserter(others, others.end()));
  const bool all = std::includes(broken.begin(), broken.end(), expected.begin(), expected.end());
  if (all) return "expected " + listed(expected) + " alone, found also " + listed(others);
  return "expected " + listed(expected) + ", found " + (broken.empty() ? "no violation" : listed(broken));
}

std::set<std::string> headline_of(const reports::RunReport& report) {
  if (report.findings.empty()) return {};
  return {report.findings.front().invariant};
}

reports::FaultReport faults_of(const faults::Reach& reach) {
  reports::FaultReport report;
  for (const faults::KindInfo& kind : faults::kinds()) {
    const faults::Tally& tally = reach.of(kind.kind);
    if (tally.armed == 0) continue;
    report.by_kind[std::string(kind.name)] = {tally.armed, tally.reached, tally.effective, tally.hits};
  }
  return report;
}

std::vector<std::string> not_reached(const play::Scenario& scenario,
                                     const reports::Named<std::uint64_t>& marks) {
  std::vector<std::string> out;
  for (const std::string& mark : scenario.sometimes) {
    const auto found = marks.find(mark);
    if (found == marks.end() || found->second == 0) out.push_back(mark);
  }
  return out;
}

std::vector<std::string> missed(const play::Flows& flows, const reports::HuntReport& report) {
  std::vector<std::string> out;
  if (report.trials <= kLongHunt) return out;
  for (const std::string& name : report.not_reached) {
    const play::MarkRow* mark = flows.mark(name);
    if (mark != nullptr && mark->grade == play::MarkGrade::must) out.push_back(name);
  }
  return out;
}

void add_untaken(const play::Stage& stage, reports::Named<reports::Named<reports::EdgeTaken>>& machines) {
  for (const play::MachineRow* machine : stage.flows().machines()) {
    if (!stage.scenario().has_service(machine->service)) continue;
    for (const play::EdgeRow& edge : machine->edges)
      if (edge.type != nullptr) machines[std::string(machine->name)].try_emplace(name_of(edge));
  }
}

reports::RunReport run_report(const Production& production, std::uint64_t seed, const Judged& judged) {
  const play::Played& played = judged.played;
  const sim::TrialResult& trial = played.trial;
  reports::RunReport report;
  report.setting = production.setting;
  report.seed = seed;
  report.verdict = trial.verdict;
  report.exit_code = static_cast<int>(trial.broken ? ExitCode::software : exit_code_of(trial.verdict));
  report.order = sim::name_of(played.ordering);
  report.trace_hash = trial.trace_hash.text();
  report.events = trial.events;
  report.virtual_ns = trial.virtual_ns;
  report.wall_ns = played.wall_ns;
  report.settled = trial.settled;
  report.played_twice = judged.twice;
  report.findings = trial.findings;
  report.faults = faults_of(played.reach);
  if (production.options.faults != play::FaultMode::none)
    report.plan = lines_of(faults::readable(played.plan));
  report.sometimes = trial.marks;
  report.not_reached = not_reached(production.stage->scenario(), trial.marks);
  report.counts.insert(played.counts.begin(), played.counts.end());
  report.broken = trial.broken;
  return report;
}

reports::Repro repro_of(const Production& production, std::uint64_t seed, const play::Played& played,
                        const std::string& invariant) {
  play::PlayOptions options = production.options;
  options.seed = seed;
  return repro_of(production, options, played, invariant);
}

reports::Repro repro_of(const Production& production, const play::PlayOptions& options,
                        const play::Played& played, const std::string& invariant) {
  reports::Repro repro;
  repro.engine = kEngine;
  repro.scenario = production.stage->scenario().source;
  repro.seed = options.seed;
  repro.designs = production.stage->cast().designs;
  repro.flaws = production.stage->cast().flaws;
  const play::Scenario& scenario = production.stage->scenario();
  if (options.only) {
    repro.only.emplace();
    for (const play::Actor& actor : *options.only) repro.only->push_back(play::actor_name(scenario, actor));
  }
  repro.order = played.ordering;
  for (const play::Omission& one : options.omitted) {
    const auto& row = *static_cast<const play::WorkloadRow*>(scenario.workloads[one.actor.workload].row);
    repro.omitted.emplace_back(play::actor_name(scenario, one.actor),
                               std::string(row.omissions[one.part].name));
  }
  for (const play::Adjustment& one : options.adjusted) repro.adjusted.emplace_back(one.at, one.to);
  if (options.faults != play::FaultMode::none) repro.plan = played.plan;
  for (const faults::FiredStrike& fired : played.fired) repro.strikes.push_back(fired.strike);
  repro.expects = {std::string(sim::name_of(played.trial.verdict)), invariant,
                   played.trial.trace_hash.text()};
  return repro;
}

}  // namespace ordeal::cli

// What was played → what is reported and stored: run reports, repros and exit codes.
#pragma once

#include <set>
#include <span>
#include <string>

#include "reports/model.h"
#include "reports/repro_json.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run/judging.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

using play::ExitCode;

ExitCode exit_code_of(sim::Verdict verdict);
// The worst of several, in the order 3, 1, 2, 6, 4 (design section 9); ok when there is none.
ExitCode worst_of(std::span<const ExitCode> codes);
// `trouble`, such as that not everything could be kept; but what was broken (1, 2, 3) outranks that, or who tries 74
// again never hears of it.
ExitCode unless_broken(ExitCode code, ExitCode trouble);

// A broken world often breaks several promises at once: a payment that is ignored is also money that is missing. The first finding,
// in the order of diagnosis, says what a trial is about; expectations are held against these headlines.
// Empty when exactly the expected invariants made headlines; else what was found instead.
std::optional<std::string> expectation_missed(const std::set<std::string>& expected,
                                              const std::set<std::string>& headlines);
std::set<std::string> headline_of(const reports::RunReport& report);
// "I-10 no-oversell, I-32 no-double-charge"
std::string listed(const std::set<std::string>& names);

reports::FaultReport faults_of(const faults::Reach& reach);
// Marks the scenario hopes for that did not come.
std::vector<std::string> not_reached(const play::Scenario& scenario,
                                     const reports::Named<std::uint64_t>& marks);

// Of those the ones that a hunt under a swarm must have reached after so many trials.
inline constexpr std::uint64_t kLongHunt = 500;
std::vector<std::string> missed(const play::Flows& flows, const reports::HuntReport& report);

// The edges of all machines that the scenario has and a fact would have told of.
void add_untaken(const play::Stage& stage, reports::Named<reports::Named<reports::EdgeTaken>>& machines);

reports::RunReport run_report(const Production& production, std::uint64_t seed, const Judged& judged);
// `invariant` is the finding that the repro is for.
reports::Repro repro_of(const Production& production, std::uint64_t seed, const play::Played& played,
                        const std::string& invariant);
// Of other options than the production's: a failure made small.
reports::Repro repro_of(const Production& production, const play::PlayOptions& options,
                        const play::Played& played, const std::string& invariant);

}  // namespace ordeal::cli

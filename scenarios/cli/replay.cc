// `ordeal replay WHAT`: a found failure again. The engine that found it must come to the same verdict,
// invariant and trace hash; another engine plays the strikes where it meets them and says how many it met and
// whether the finding is still there.
#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "reports/repro_json.h"
#include "reports/run_json.h"
#include "reports/story.h"
#include "reports/text.h"
#include "reports/words.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/casting.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/judging.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/summing_up.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/loader.h"

namespace ordeal::cli {
namespace {

using scenarios::BadInput;

struct Flags {
  std::string what = "last-failed";
  std::vector<std::string> expect;
  OutputFlags output;
};

// What came of it.
struct Outcome {
  bool same_engine = true;
  bool found_again = false;              // the invariant of the repro is broken
  std::vector<std::string> differences;  // of the same engine: what should have been the same
  std::size_t strikes = 0;
  std::vector<std::string> unmatched;  // strikes whose place did not come
};

reports::Repro read(const std::string& file) {
  const scenarios::Json json = scenarios::parse_strictly(scenarios::read_text_file(file), file);
  const auto repro = reports::read_repro(json);
  if (repro) return *repro;
  const faults::PlanError& error = repro.error();
  scenarios::Place{file, error.path}.fail(
      error.expected, error.found, error.suggestion.empty() ? std::nullopt : std::optional(error.suggestion));
}

// Names in a repro are data, not flags: checked here, so that what is wrong is called by its place in the
// file.
scenarios::Cast cast_of(const reports::Repro& repro, const std::string& file) {
  scenarios::Cast cast;
  try {
    for (const auto& [seam, design] : repro.designs) cast.designs.insert(parse_design(seam + "=" + design));
    for (const std::string& flaw : repro.flaws) cast.flaws.push_back(parse_flaw(flaw));
  } catch (const BadInput& error) {
    throw BadInput(ExitCode::data, file + ": in $.design or $.flaws: " + error.what());
  }
  return cast;
}

Production produce_again(const reports::Repro& repro, const std::string& file, bool same_engine) {
  scenarios::Scenario scenario = scenarios::read_scenario(repro.scenario, {file, "$.scenario"});
  for (const std::uint32_t shopper : repro.only_shoppers.value_or(std::vector<std::uint32_t>{})) {
    if (shopper >= scenario.workload.shoppers) {
      scenarios::Place{file, "$.workload.only_shoppers"}.fail(
          "shoppers from 0 to " + std::to_string(scenario.workload.shoppers - 1), std::to_string(shopper));
    }
  }
  Production production;
  production.options.seed = repro.seed;
  production.options.only_shoppers = repro.only_shoppers;
  production.options.ordering = repro.order;
  production.options.faults = scenarios::FaultMode::none;
  if (repro.plan || !repro.strikes.empty()) {
    production.options.faults = scenarios::FaultMode::plan;
    production.options.plan = same_engine && repro.plan ? *repro.plan : plan_of_strikes(repro);
    check_hosts(production.options.plan, scenario, file);
  }
  production.setting = {.engine = std::string(kEngine),
                        .scenario = scenario.name,
                        .summary = scenario.summary,
                        .designs = repro.designs,
                        .flaws = repro.flaws,
                        .faults = file,
                        .order = std::string(sim::name_of(repro.order))};
  production.stage = std::make_unique<scenarios::Stage>(std::move(scenario), cast_of(repro, file));
  return production;
}

Outcome compare(const reports::Repro& repro, const reports::RunReport& report,
                const scenarios::Played& played, bool same_engine) {
  Outcome outcome;
  outcome.same_engine = same_engine;
  const auto& found = report.findings;
  outcome.found_again = repro.expects.invariant.empty()
                            ? sim::name_of(report.verdict) == repro.expects.verdict
                            : std::any_of(found.begin(), found.end(), [&](const auto& f) {
                                return f.invariant == repro.expects.invariant;
                              });
  outcome.strikes = repro.strikes.size();
  for (const faults::Strike& strike : repro.strikes) {
    const auto same = [&](const faults::FiredStrike& fired) { return fired.strike == strike; };
    if (std::none_of(played.fired.begin(), played.fired.end(), same))
      outcome.unmatched.push_back(faults::readable(strike));
  }
  if (!same_engine) return outcome;
  const auto differs = [&](std::string_view what, const std::string& expected, std::string_view got) {
    if (expected != got)
      outcome.differences.push_back(fmt::format("{}: expected {}, got {}", what, expected, got));
  };
  differs("verdict", repro.expects.verdict, sim::name_of(report.verdict));
  differs("trace hash", repro.expects.trace_hash, report.trace_hash);
  if (!outcome.found_again)
    outcome.differences.push_back("invariant: " + repro.expects.invariant + " was not broken");
  return outcome;
}

nlohmann::ordered_json outcome_json(const reports::Repro& repro, const std::string& file,
                                    const Outcome& outcome) {
  return {{"file", file},
          {"engine", repro.engine},
          {"same_engine", outcome.same_engine},
          {"expects",
           {{"verdict", repro.expects.verdict},
            {"invariant", repro.expects.invariant},
            {"trace_hash", repro.expects.trace_hash}}},
          {"reproduced", outcome.found_again && outcome.differences.empty()},
          {"differences", outcome.differences},
          {"strikes",
           {{"of", outcome.strikes},
            {"matched", outcome.strikes - outcome.unmatched.size()},
            {"unmatched", outcome.unmatched}}}};
}

std::string outcome_text(const reports::Repro& repro, const Outcome& outcome, const reports::Style& style) {
  using reports::Paint;
  const auto sign = [&](bool good) {
    return painted(style.color, good ? Paint::good : Paint::bad, good ? "✓" : "✗");
  };
  const std::string finding =
      repro.expects.invariant.empty() ? "verdict " + repro.expects.verdict : repro.expects.invariant;
  std::string out;
  if (outcome.same_engine && outcome.differences.empty()) {
    return fmt::format("{} the same again: {}, trace {}\n", sign(true), finding, repro.expects.trace_hash);
  }
  if (outcome.same_engine) {
    out +=
        fmt::format("{} the same engine, but not the same trial (or the code changed without its version):\n",
                    sign(false));
    for (const std::string& difference : outcome.differences) out += "    " + difference + "\n";
  } else {
    out += fmt::format("found by {}, played by {}\n", repro.engine, kEngine);
  }
  out +=
      fmt::format("{} of {} strikes matched\n", outcome.strikes - outcome.unmatched.size(), outcome.strikes);
  if (!style.quiet) {
    for (const std::string& strike : outcome.unmatched) out += "    not met  " + strike + "\n";
  }
  return out + fmt::format("{} {}\n", finding, outcome.found_again ? "is found again" : "is not found");
}

ExitCode code_of(const std::set<std::string>& expected, reports::RunReport& report, const Outcome& outcome) {
  if (report.broken) return ExitCode::software;
  if (!outcome.differences.empty()) return ExitCode::nondeterminism;
  if (expected.empty() || report.verdict == sim::Verdict::nondeterminism) return exit_code_of(report.verdict);
  report.expectation_missed = expectation_missed(expected, headline_of(report));
  return report.expectation_missed ? ExitCode::expectation : ExitCode::ok;
}

ExitCode replay(const Flags& flags) {
  check(flags.output);
  const std::set<std::string> expected = parse_invariants("--expect-violation", flags.expect);
  const auto files = find_repros(flags.what, flags.output.out);
  const std::string file = files.front().string();
  for (std::size_t i = 1; i < files.size(); ++i)
    complain("also there  ./ordeal replay " + files[i].string() + "\n");

  const reports::Repro repro = read(file);
  const bool same_engine = repro.engine == kEngine;
  Production production = produce_again(repro, file, same_engine);
  scenarios::PlayOptions options = production.options;
  if (flags.output.verbose) options.trace = sim::Trace::Mode::full;
  const Judged judged = play_and_judge(*production.stage, options, Ratio::one());
  reports::RunReport report = run_report(production, repro.seed, judged);
  report.repro = file;
  const Outcome outcome = compare(repro, report, judged.played, same_engine);
  const ExitCode code = code_of(expected, report, outcome);
  report.exit_code = static_cast<int>(code);

  const sim::TrialResult& trial = judged.played.trial;
  if (flags.output.verbose) {
    const bool color = flags.output.json ? stderr_color(flags.output) : stdout_color(flags.output);
    const std::string text = reports::story(trial.records, trial.host_names, trial.findings, color) + "\n";
    flags.output.json ? complain(text) : print(text);
  }
  if (flags.output.json) {
    nlohmann::ordered_json json = reports::run_json(report);
    json["schema"] = "ordeal/replay/1";
    json["replay"] = outcome_json(repro, file, outcome);
    print(reports::json_text(json));
  } else {
    print(reports::run_text(report, style_of(flags.output)) +
          outcome_text(repro, outcome, style_of(flags.output)));
  }
  return code;
}

}  // namespace

Action declare_replay(CLI::App& app) {
  auto flags = std::make_shared<Flags>();
  app.add_option("what", flags->what, "a repro file, a run directory, latest or last-failed (the default)")
      ->type_name("WHAT");
  app.add_option("--expect-violation", flags->expect,
                 "exit 0 only if exactly this is broken, else 6 (may be repeated)")
      ->type_name("INVARIANT")
      ->take_all();
  add_output_flags(app, flags->output);
  return [flags] { return replay(*flags); };
}

}  // namespace ordeal::cli

// `ordeal run SCENARIO --seed N`: one trial. With -v its story. A failure leaves a repro and the report in a
// run directory; a trial that passes leaves nothing behind.
#include <memory>
#include <set>

#include "reports/run_json.h"
#include "reports/story.h"
#include "reports/text.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run/judging.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"

namespace ordeal::cli {
namespace {

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  CastFlags cast;
  OutputFlags output;
  std::string seed = "1";
  std::string rerun_share;
  std::vector<std::string> expect;
};

void tell(const Flags& flags, const sim::TrialResult& trial) {
  const bool color = flags.output.json ? stderr_color(flags.output) : stdout_color(flags.output);
  const std::string text = reports::story(trial.records, trial.host_names, trial.findings, color);
  if (flags.output.json) return complain(text);
  print(text + "\n");
}

// The repro and the report of a failure; what went wrong with that, if anything.
std::optional<std::string> keep(const Flags& flags, const Production& production, const play::Played& played,
                                reports::RunReport& report) {
  RunDirectory directory(flags.output.out, "run-" + production.stage->scenario().name);
  const std::string invariant = report.findings.empty() ? "" : report.findings.front().invariant;
  const reports::Repro repro = repro_of(production, report.seed, played, invariant);
  const std::string name = repro_name(invariant.empty() ? "trial" : invariant);
  if (const auto path = directory.write(name, reports::json_text(repro))) report.repro = path->string();
  directory.write("run.json", reports::json_text(report));
  directory.mark_latest(true);
  return directory.trouble();
}

void expect(const std::set<std::string>& expected, reports::RunReport& report) {
  if (expected.empty()) return;
  report.expectation_missed = expectation_missed(expected, headline_of(report));
  if (report.verdict == sim::Verdict::nondeterminism || report.broken) return;  // worse than any expectation
  report.exit_code = static_cast<int>(report.expectation_missed ? ExitCode::expectation : ExitCode::ok);
}

// What a plan of somebody's own names has to happen, or the trial shows nothing of what they wanted to see.
void expect_strikes(const Production& production, play::Played& played) {
  if (production.options.faults != play::FaultMode::plan || played.trial.broken) return;
  const bool struck = played.reach.total().effective != 0;
  if (played.unmatched.empty() && (struck || played.plan.windows.empty())) return;
  sim::Finding finding{"plan",
                       sim::FindingKind::inconclusive,
                       played.trial.virtual_ns,
                       played.unmatched.empty() ? "no window of the plan struck"
                                                : "the plan names strikes whose place did not come",
                       {}};
  for (const faults::Strike& strike : played.unmatched)
    finding.evidence.emplace_back("not met", faults::readable(strike));
  played.trial.findings.push_back(std::move(finding));
  played.trial.verdict = sim::verdict_of(played.trial.findings);
}

ExitCode run(const Flags& flags) {
  check(flags.output);
  const std::uint64_t seed = parse_seed("--seed", flags.seed);
  const Ratio share =
      flags.rerun_share.empty() ? kRerunShare : parse_share("--rerun-share", flags.rerun_share);
  const std::set<std::string> expected =
      parse_invariants(flags.repertoire.flows, "--expect-violation", flags.expect);
  Production production = produce(flags.repertoire, flags.cast);
  play::PlayOptions options = production.options;
  options.seed = seed;
  if (flags.output.verbose) options.trace = sim::Trace::Mode::full;

  Judged judged = play_and_judge(*production.stage, options, share);
  expect_strikes(production, judged.played);
  reports::RunReport report = run_report(production, seed, judged);
  expect(expected, report);
  std::optional<std::string> trouble;
  if (report.verdict != sim::Verdict::pass || report.broken)
    trouble = keep(flags, production, judged.played, report);
  if (trouble && !report.broken)
    report.exit_code = static_cast<int>(unless_broken(static_cast<ExitCode>(report.exit_code), ExitCode::io));

  if (flags.output.verbose) tell(flags, judged.played.trial);
  print(flags.output.json ? reports::json_text(report) : reports::run_text(report, style_of(flags.output)));
  if (trouble) print_error(*trouble);
  return static_cast<ExitCode>(report.exit_code);
}

}  // namespace

Action declare_run(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  add_cast_flags(command_line, flags->cast);
  command_line.option("--seed", flags->seed, "N", "which world; decimal or 0x… (1)");
  command_line.options("--expect-violation", flags->expect, "INVARIANT",
                       "exit 0 only if exactly this is broken, else 6 (may be repeated)");
  command_line.option("--rerun-share", flags->rerun_share, "K/N",
                      "the share of passing trials that are played twice (5/100)");
  add_output_flags(command_line, flags->output);
  return [flags] { return run(*flags); };
}

}  // namespace ordeal::cli

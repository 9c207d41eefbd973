// `ordeal replay WHAT`: a found failure again. The engine that found it must come to the same verdict,
// invariant and trace hash; another engine plays the strikes where it meets them and says how many it met and
// whether the finding is still there.
#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/layout.h"
#include "reports/repro_json.h"
#include "reports/run_json.h"
#include "reports/short_story.h"
#include "reports/shrink_report.h"
#include "reports/story.h"
#include "reports/text.h"
#include "reports/words.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/hunt/corpus.h"
#include "scenarios/cli/hunt/recall.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/replay/making_small.h"
#include "scenarios/cli/run/judging.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
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
  bool same_trace = false;
  bool healed = false;  // another engine, and nothing is broken: the code was mended

  // By this engine, or by another that plays it alike.
  bool is_the_same() const { return differences.empty() && (same_engine || (same_trace && found_again)); }
};

Outcome compare(const reports::Repro& repro, const reports::RunReport& report, const play::Played& played,
                bool same_engine) {
  Outcome outcome;
  outcome.same_engine = same_engine;
  outcome.found_again = as_expected(repro, played.trial);
  outcome.strikes = repro.strikes.size();
  for (const faults::Strike& strike : repro.strikes) {
    const auto same = [&](const faults::FiredStrike& fired) { return fired.strike == strike; };
    if (std::none_of(played.fired.begin(), played.fired.end(), same))
      outcome.unmatched.push_back(faults::readable(strike));
  }
  outcome.same_trace = report.trace_hash == repro.expects.trace_hash;
  outcome.healed = !same_engine && !outcome.found_again && report.verdict == sim::Verdict::pass &&
                   !report.broken && repro.expects.verdict != "pass";
  if (!same_engine) return outcome;
  // Its plan may name more than once struck.
  for (const faults::Strike& strike : played.unmatched) {
    if (std::find(repro.strikes.begin(), repro.strikes.end(), strike) != repro.strikes.end()) continue;
    ++outcome.strikes;
    outcome.unmatched.push_back(faults::readable(strike));
  }
  const auto differs = [&](std::string_view what, const std::string& expected, std::string_view got) {
    if (expected != got)
      outcome.differences.push_back(fmt::format("{}: expected {}, got {}", what, expected, got));
  };
  differs("verdict", repro.expects.verdict, sim::name_of(report.verdict));
  differs("trace hash", repro.expects.trace_hash, report.trace_hash);
  if (!outcome.found_again && repro.expects.verdict != "pass")
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
          {"found_again", outcome.found_again},
          {"not_broken_any_more", outcome.healed},
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
  const bool by_verdict = repro.expects.invariant.empty() || repro.expects.verdict == "pass";
  const std::string finding = by_verdict ? "verdict " + repro.expects.verdict : repro.expects.invariant;
  std::string out;
  if (outcome.is_the_same() && outcome.unmatched.empty()) {
    return fmt::format("{} the same again: {}, trace {}\n", sign(true), finding, repro.expects.trace_hash);
  }
  if (outcome.same_engine && outcome.differences.empty()) {
    out += fmt::format("{} the same again, but not all that its plan names was met: trace {}\n", sign(true),
                       repro.expects.trace_hash);
  } else if (outcome.same_engine) {
    out += fmt::format("{} not the same trial, though the engine is the one that found it:\n", sign(false));
    for (const std::string& difference : outcome.differences) out += "    " + difference + "\n";
  } else if (outcome.found_again && outcome.unmatched.empty()) {
    return fmt::format("{} is found again; found by {}, played by {}: another trace\n", finding, repro.engine,
                       kEngine);
  } else {
    if (outcome.healed) out += fmt::format("{} not broken any more: {}\n", sign(true), finding);
    out += fmt::format("found by {}, played by {}\n", repro.engine, kEngine);
  }
  out +=
      fmt::format("{} of {} strikes matched\n", outcome.strikes - outcome.unmatched.size(), outcome.strikes);
  if (!style.quiet) {
    for (const std::string& strike : outcome.unmatched) out += "    not met  " + strike + "\n";
  }
  if (outcome.healed) return out;
  return out + fmt::format("{} {}\n", finding, outcome.found_again ? "is found again" : "is not found");
}

ExitCode code_of(const std::set<std::string>& expected, reports::RunReport& report, const Outcome& outcome) {
  if (report.broken) return ExitCode::software;
  if (!outcome.differences.empty()) return ExitCode::nondeterminism;
  if (expected.empty() || report.verdict == sim::Verdict::nondeterminism) return exit_code_of(report.verdict);
  report.expectation_missed = expectation_missed(expected, headline_of(report));
  return report.expectation_missed ? ExitCode::expectation : ExitCode::ok;
}

// Only a small failure is asked what it takes: of a big one most things are needed for nothing, and asking
// takes long.
std::optional<reports::ButForTable> what_it_takes(const Production& production, const play::Played& played,
                                                  const std::string& invariant) {
  constexpr std::size_t kSmall = 20;
  constexpr std::int64_t kBudgetNs = 5'000'000'000;
  play::PlayOptions options = production.options;
  options.faults = play::FaultMode::plan;
  options.plan = played.plan;
  const play::Size size = play::size_of(production.stage->scenario(), options, played);
  if (played.trial.verdict == sim::Verdict::pass || played.trial.broken ||
      std::max(size.strikes, size.actors) > kSmall)
    return std::nullopt;
  const play::Aim aim = play::aim_at(invariant, played.trial);
  if (!aim.hit_by(played.trial)) return std::nullopt;
  return but_for_table(*production.stage, options, aim, wall_now_ns() + kBudgetNs, {});
}

// What people are told of it, under a title; nothing with -q, or when nothing is broken.
std::string short_story(const Flags& flags, const reports::Repro& repro, const play::Played& played,
                        bool same) {
  if (flags.output.quiet || flags.output.json) return "";
  const reports::Page page{.width = stdout_width(), .color = stdout_color(flags.output)};
  std::string story =
      reports::short_story({played.trial, played.plan, played.fired}, repro.expects.invariant, page);
  if (story.empty()) return "";
  std::string title =
      (same ? repro.expects.invariant + " again: " : std::string()) + reports::scenario_name(repro);
  for (const std::string& flaw : repro.flaws) title += ", flaw " + flaw;
  title += ", seed " + std::to_string(repro.seed);
  std::string out;
  for (const std::string& line : reports::wrapped(title, page.width - 2)) {
    const std::string_view sign = !out.empty() ? " " : same ? "✓" : "·";
    out += painted(page.color, reports::Paint::good, sign) + " " +
           painted(page.color, reports::Paint::bold, line) + "\n";
  }
  return out + story;
}

// Everything, for -v.
std::string whole_story(const Flags& flags, const reports::Repro& repro, const play::Played& played,
                        const std::optional<reports::ButForTable>& table) {
  const sim::TrialResult& trial = played.trial;
  const bool color = flags.output.json ? stderr_color(flags.output) : stdout_color(flags.output);
  std::string text = reports::story(trial.records, trial.host_names, trial.findings, color) + "\n";
  if (table) text += reports::but_for_text(*table, {.color = color}) + "\n";
  const std::string who = reports::who_is_who({trial, played.plan, played.fired}, repro.expects.invariant,
                                              {.width = stdout_width()});
  return who.empty() ? text : text + "in the short story " + who + "\n\n";
}

ExitCode replay(const Flags& flags) {
  check(flags.output);
  const std::set<std::string> expected =
      parse_invariants(flags.repertoire.flows, "--expect-violation", flags.expect);
  const auto files = find_repros(flags.what, flags.output.out);
  const std::string file = files.front().string();
  for (std::size_t i = 1; i < files.size(); ++i)
    complain("also there  " + reports::replay_line(files[i].string(), style_of(flags.output)) + "\n");

  const reports::Repro repro = read_repro_file(file);
  const bool same_engine = repro.engine == kEngine;
  const Production production = recall(flags.repertoire.flows, repro, file);
  play::PlayOptions options = production.options;
  options.trace = sim::Trace::Mode::full;
  const Judged judged = play_and_judge(*production.stage, options, Ratio::one());
  reports::RunReport report = run_report(production, repro.seed, judged);
  report.repro = file;
  const Outcome outcome = compare(repro, report, judged.played, same_engine);
  const ExitCode code = code_of(expected, report, outcome);
  report.exit_code = static_cast<int>(code);

  const bool same = outcome.is_the_same();
  std::optional<reports::ButForTable> table;
  if (flags.output.verbose) table = what_it_takes(production, judged.played, repro.expects.invariant);
  const std::string told = flags.output.verbose ? whole_story(flags, repro, judged.played, table)
                                                : short_story(flags, repro, judged.played, same);
  if (flags.output.json) {
    if (flags.output.verbose) complain(told);
    nlohmann::ordered_json json = reports::run_json(report);
    json["schema"] = "ordeal/replay/1";
    json["replay"] = outcome_json(repro, file, outcome);
    if (table) json["but_for"] = reports::but_for_json(*table);
    print(reports::json_text(json));
    return code;
  }
  const reports::Style style = style_of(flags.output);
  const bool is_short = !flags.output.verbose && !told.empty() && !report.broken;
  std::string ending =
      same && outcome.unmatched.empty() && is_short ? "" : outcome_text(repro, outcome, style);
  if (!is_short) ending = reports::run_text(report, style) + ending;
  print(told + ending);
  return code;
}

}  // namespace

Action declare_replay(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  command_line.word("what", flags->what, "WHAT",
                    "a repro file, a run directory, latest or last-failed (the default)");
  command_line.options("--expect-violation", flags->expect, "INVARIANT",
                       "exit 0 only if exactly this is broken, else 6 (may be repeated)");
  add_output_flags(command_line, flags->output);
  return [flags] { return replay(*flags); };
}

}  // namespace ordeal::cli

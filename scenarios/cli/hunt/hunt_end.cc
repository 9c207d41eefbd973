#include "scenarios/cli/hunt/hunt_end.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <vector>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "reports/hunt_json.h"
#include "reports/run_json.h"
#include "reports/text.h"
#include "reports/words.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/hunt/hunt_small.h"
#include "scenarios/cli/hunt/results.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/interrupts.h"

namespace ordeal::cli {
namespace {

class Ending {
 public:
  Ending(const HuntEnd& end, HuntSums& sums, RunDirectory& directory)
      : end_(end), sums_(sums), directory_(directory) {}

  reports::HuntReport run() {
    sum_up();
    put_results_in_order();
    for (reports::FirstFailure& first : report_.first_failures) keep_repro(first);
    make_small();
    judge();
    save();
    if (end_.remembered) {
      if (const auto trouble = remember(*end_.remembered, report_)) directory_.remember(*trouble);
    }
    const auto report = reports::ci_report(report_, laws_of(*end_.production.stage), style_of(end_.output));
    if (const auto trouble = tell_ci(end_.ci, report)) directory_.remember(*trouble);
    judge();  // writing may have failed
    print(end_.output.json ? reports::json_text(report_)
                           : reports::hunt_text(report_, style_of(end_.output)));
    if (end_.crash) {
      print_error("a worker " + end_.crash->how + " while it played seed " +
                  std::to_string(end_.crash->seed) + "; what was finished before is reported");
    }
    if (directory_.trouble()) print_error(*directory_.trouble());
    return std::move(report_);
  }

 private:
  void sum_up() {
    const Production& production = end_.production;
    report_.setting = production.setting;
    sums_.finish(report_, production.stage->scenario());
    add_untaken(*production.stage, report_.machines);
    if (production.options.faults == play::FaultMode::swarm)
      report_.missed = missed(production.stage->flows(), report_);
    report_.wall_ns = end_.wall_ns;
    const auto orders = report_.counts.find(reports::kOrdersPlaced);
    report_.before = {std::min(end_.before.trials, report_.trials),
                      std::min(end_.before.events, report_.events),
                      std::min(end_.before.orders, orders == report_.counts.end() ? 0 : orders->second)};
    report_.merged_from = end_.merged_from;
    report_.missing_seeds = end_.missing;
    report_.first_seed = end_.order.seeds.first;
    report_.last_seed = end_.order.seeds.last;
    if (!end_.order.shard.whole()) report_.shard = end_.order.shard.text();
    report_.stopped_because = end_.because;
    if (end_.corpus.report.replayed + end_.corpus.report.otherwise.size() > 0)
      report_.corpus = end_.corpus.report;
    if (end_.remembered) report_.remembered = end_.remembered->report;
    if (directory_.usable()) report_.run_directory = directory_.path().string();
    if (end_.crash && !end_.crash->from_outside) {
      report_.our_bugs.push_back({end_.crash->seed, "a worker " + end_.crash->how});
      std::sort(report_.our_bugs.begin(), report_.our_bugs.end(),
                [](const auto& a, const auto& b) { return a.seed < b.seed; });
    }
  }

  // Workers finish in any order; what is kept has one.
  void put_results_in_order() {
    if (!directory_.usable()) return;
    try {
      Results results;
      results.add(directory_.path() / kResultsFile);
      results.write(directory_.path() / kResultsFile, sums_.ended_with());
    } catch (const std::exception& error) {
      directory_.remember(error.what());
    }
  }

  // The workers' plans are gone: the trial is played once more, which is one more check on determinism.
  void keep_repro(reports::FirstFailure& first) {
    if (!directory_.usable()) return;
    const Production& production = end_.production;
    play::PlayOptions options = production.options;
    options.seed = first.seed;
    const play::Played played = production.stage->play(options);
    const auto& findings = played.trial.findings;
    const bool there = std::any_of(findings.begin(), findings.end(), [&](const sim::Finding& finding) {
      return finding.invariant == first.invariant;
    });
    if (!there && first.invariant != kDeterminism) ++report_.mismatches;
    const reports::Repro repro = repro_of(production, first.seed, played, first.invariant);
    if (const auto path = directory_.write(repro_name(first.invariant), reports::json_text(repro)))
      first.repro = path->string();
  }

  void make_small() {
    if (!end_.order.shrink_budget || Interrupts::count() > 0) return;
    const bool shown = !end_.output.quiet && ::isatty(STDERR_FILENO) != 0;
    make_findings_small(end_.production, directory_, {*end_.order.shrink_budget, end_.order.jobs, shown},
                        report_);
  }

  // What the trials say. A shard sees too little to miss anything: that is for the merge to say.
  void judge_findings(std::vector<ExitCode>& codes) {
    const HuntOrder& order = end_.order;
    if (!order.expected.empty()) {
      report_.expected = listed(order.expected);
      std::set<std::string> headlines = report_.headlines;
      if (!order.shard.whole()) headlines.insert(order.expected.begin(), order.expected.end());
      report_.expectation_missed = expectation_missed(order.expected, headlines);
      if (report_.expectation_missed) codes.push_back(ExitCode::expectation);
      return;
    }
    for (const auto verdict : {sim::Verdict::safety, sim::Verdict::liveness, sim::Verdict::nondeterminism,
                               sim::Verdict::inconclusive}) {
      if (report_.by_verdict.contains(sim::name_of(verdict))) codes.push_back(exit_code_of(verdict));
    }
    const bool in_vain = end_.production.options.faults == play::FaultMode::plan &&
                         report_.faults.total().armed != 0 && report_.faults.total().effective == 0;
    if (order.shard.whole() && (in_vain || !report_.came_to_nothing.empty() || !report_.missed.empty()))
      codes.push_back(ExitCode::inconclusive);
    if (end_.remembered && end_.remembered->verdict) codes.push_back(exit_code_of(*end_.remembered->verdict));
    if (end_.corpus.missed) codes.push_back(ExitCode::expectation);
    if (end_.corpus.regression) codes.push_back(exit_code_of(*end_.corpus.regression));
  }

  // The exit code. Our own bugs outrank what was found; that outranks what could not be kept; an interrupted hunt says so.
  void judge() {
    std::vector<ExitCode> codes;
    if (report_.mismatches != 0) codes.push_back(ExitCode::nondeterminism);
    judge_findings(codes);
    ExitCode code = worst_of(codes);
    if (end_.corpus.unreadable) code = unless_broken(code, *end_.corpus.unreadable);
    if (report_.missing_seeds.any()) code = unless_broken(code, ExitCode::merge);
    if (report_.trials == 0) code = ExitCode::nothing_ran;
    if (end_.crash && end_.crash->from_outside) code = unless_broken(code, ExitCode::try_again);
    if (Interrupts::signal() != 0) code = static_cast<ExitCode>(128 + Interrupts::signal());
    if (directory_.trouble()) code = unless_broken(code, ExitCode::io);
    if (!report_.our_bugs.empty()) code = ExitCode::software;
    report_.exit_code = static_cast<int>(code);
  }

  void save() {
    directory_.write("hunt.json", reports::json_text(reports::lasting_json(report_)));
    directory_.write("timing.json", reports::json_text(reports::timing_json(report_)));
    std::set<std::string> repros;
    for (const reports::FirstFailure& one : report_.first_failures)
      repros.insert(std::filesystem::path(one.repro).filename().string());
    for (const reports::SmallFailure& one : report_.small)
      repros.insert(std::filesystem::path(one.repro).filename().string());
    directory_.keep_only(repros);
    directory_.mark_latest(!report_.first_failures.empty());
    judge();  // saving may have failed
  }

  const HuntEnd& end_;
  HuntSums& sums_;
  RunDirectory& directory_;
  reports::HuntReport report_;
};

}  // namespace

const char* limit_reached(const HuntOrder& order) {
  return order.max_failures == 1 ? "a failure was found" : "the limit on failures was reached";
}

CorpusOutcome replay_corpus_of(const Repertoire& repertoire, const HuntOrder& order,
                               const Production& production) {
  const std::filesystem::path directory =
      order.corpus.empty() ? repertoire.corpus : std::filesystem::path(order.corpus);
  std::error_code error;
  if (!order.corpus.empty() && !std::filesystem::is_directory(directory, error))
    throw play::BadInput(ExitCode::not_found, "--corpus: there is no directory " + order.corpus);
  return replay_corpus(repertoire.flows, directory, production.stage->scenario().name);
}

std::optional<Remembered> replay_remembered_of(const Repertoire& repertoire, const std::string& directory,
                                               const Production& production) {
  if (directory.empty()) return std::nullopt;
  return replay_remembered(repertoire.flows, directory, production.stage->scenario().name);
}

reports::HuntReport end_hunt(const HuntEnd& end, HuntSums& sums, RunDirectory& directory) {
  return Ending(end, sums, directory).run();
}

}  // namespace ordeal::cli

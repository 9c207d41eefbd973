// `ordeal hunt SCENARIO`: many trials in worker processes. Each finished trial is in results.jsonl before
// anybody counts it; the first failure of each invariant gets a repro; whatever ends the hunt, what was found
// is reported and saved.
#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <unistd.h>

#include "reports/hunt_json.h"
#include "reports/run_json.h"
#include "reports/text.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/hunt/corpus.h"
#include "scenarios/cli/hunt/hunt_small.h"
#include "scenarios/cli/hunt/hunt_sums.h"
#include "scenarios/cli/hunt/novelty.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/hunt/what_it_was.h"
#include "scenarios/cli/hunt/workers.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run/judging.h"
#include "scenarios/cli/run/trial_line.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

// Without --seeds: enough to be worth a coffee, or as many as the budget allows.
constexpr SeedRange kSeeds{1, 1'000};
constexpr SeedRange kSeedsOfBudget{1, INT64_MAX};
// A trial that is still not over so long after everything should stop is given up.
constexpr std::int64_t kPatience = 10'000'000'000;
constexpr int kPollMs = 50;
constexpr std::uint64_t kJobsMax = 1'024;
constexpr Duration kShrinkBudget{120'000'000'000};

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  CastFlags cast;
  OutputFlags output;
  std::string seeds;
  std::string budget;
  std::string until_stale;
  std::string jobs;
  std::string max_failures;
  bool fail_fast = false;
  std::string rerun_share;
  std::vector<std::string> expect;
  bool no_shrink = false;
  std::string shrink_budget;
  std::string corpus;
};

// Flags, parsed.
struct Order {
  SeedRange seeds;
  std::optional<Duration> budget;
  Patience patience;
  Ratio rerun_share = kRerunShare;
  std::uint64_t max_failures = 0;
  unsigned jobs = usable_cores();
  std::set<std::string> expected;
  std::optional<Duration> shrink_budget = kShrinkBudget;  // nothing: failures stay as they are
};

Order order_of(const Flags& flags) {
  check(flags.output);
  Order order;
  if (!flags.budget.empty()) order.budget = parse_budget(flags.budget);
  if (!flags.until_stale.empty()) order.patience = parse_patience("--until-stale", flags.until_stale);
  const bool open_end = order.budget || !flags.until_stale.empty();
  order.seeds = !flags.seeds.empty() ? parse_seeds(flags.seeds) : open_end ? kSeedsOfBudget : kSeeds;
  if (!flags.rerun_share.empty()) order.rerun_share = parse_share("--rerun-share", flags.rerun_share);
  order.expected = parse_invariants(flags.repertoire.flows, "--expect-violation", flags.expect);
  if (!flags.max_failures.empty())
    order.max_failures = parse_count("--max-failures", flags.max_failures, UINT64_MAX);
  if (!flags.shrink_budget.empty()) order.shrink_budget = parse_budget(flags.shrink_budget);
  if (flags.no_shrink) order.shrink_budget.reset();
  if (flags.fail_fast) order.max_failures = 1;
  if (!flags.jobs.empty()) order.jobs = static_cast<unsigned>(parse_count("--jobs", flags.jobs, kJobsMax));
  return order;
}

class Hunt {
 public:
  Hunt(const Flags& flags, const Order& order)
      : flags_(flags),
        order_(order),
        production_(produce(flags.repertoire, flags.cast)),
        directory_(flags.output.out, "hunt-" + production_.stage->scenario().name),
        sums_(order.seeds, order.max_failures) {}

  ExitCode run() {
    const Interrupts interrupts;
    open_results();
    if (directory_.trouble())  // now, not after a night of trials
      print_error(*directory_.trouble() + "; going on, but nothing will be kept");
    replay_the_corpus();
    began_ns_ = wall_now_ns();
    play();
    reports::HuntReport report = sum_up();
    for (reports::FirstFailure& first : report.first_failures) keep_repro(report, first);
    make_small(report);
    judge(report);
    save(report);
    print(flags_.output.json ? reports::json_text(report)
                             : reports::hunt_text(report, style_of(flags_.output)));
    if (directory_.is_first() && !flags_.output.json && !flags_.output.quiet && report.exit_code == 0)
      print(what_it_was(report, stdout_width()));
    if (crash_) {
      print_error("a worker " + crash_->how + " while it played seed " + std::to_string(crash_->seed) +
                  "; what was finished before is reported");
    }
    if (directory_.trouble()) print_error(*directory_.trouble());
    return static_cast<ExitCode>(report.exit_code);
  }

 private:
  void open_results() {
    if (!directory_.usable()) return;
    try {
      results_ = std::make_unique<LineFile>(directory_.path() / "results.jsonl");
    } catch (const IoError& error) {
      directory_.remember(error.what());
    }
  }

  void replay_the_corpus() {
    const std::filesystem::path directory =
        flags_.corpus.empty() ? flags_.repertoire.corpus : std::filesystem::path(flags_.corpus);
    std::error_code error;
    if (!flags_.corpus.empty() && !std::filesystem::is_directory(directory, error)) {
      throw play::BadInput(ExitCode::not_found, "--corpus: there is no directory " + flags_.corpus);
    }
    corpus_ = replay_corpus(flags_.repertoire.flows, directory, production_.stage->scenario().name);
  }

  void make_small(reports::HuntReport& report) {
    if (!order_.shrink_budget || Interrupts::count() > 0) return;
    const bool shown = !flags_.output.quiet && ::isatty(STDERR_FILENO) != 0;
    make_findings_small(production_, directory_, {*order_.shrink_budget, order_.jobs, shown}, report);
  }

  // In a worker.
  std::string play_one(std::uint64_t seed) {
    play::PlayOptions options = production_.options;
    options.seed = seed;
    TrialLine line;
    try {
      line = line_of(seed, play_and_judge(*production_.stage, options, order_.rerun_share));
    } catch (const std::exception& error) {
      line.seed = seed;
      line.our_bug = error.what();
    }
    const std::string text = to_text(line);
    if (!results_) return text;
    try {
      results_->append(text);
      return text;
    } catch (const IoError& error) {
      line.unsaved = error.what();
      return to_text(line);
    }
  }

  void play() {
    std::optional<std::int64_t> until;
    if (order_.budget) until = began_ns_ + order_.budget->ns;
    if (until && *until <= began_ns_) return stop_because("the budget was over");
    // A line that is redrawn would run into what -v says.
    const bool redraw = ::isatty(STDERR_FILENO) != 0 && !flags_.output.verbose;
    const auto mode = flags_.output.quiet ? Progress::Mode::none
                      : redraw            ? Progress::Mode::redraw
                                          : Progress::Mode::lines;
    Progress progress(mode, order_.seeds.count(), until, began_ns_);
    novelty_.emplace(order_.patience, began_ns_);
    Workers workers(order_.seeds, order_.jobs, [this](std::uint64_t seed) { return play_one(seed); });
    while (workers.running()) {
      workers.wait(kPollMs, [this](const std::string& text) { take(text); });
      const std::int64_t now = wall_now_ns();
      if (workers.crash()) crash_ = workers.crash();
      look_for_reasons_to_stop(until, now);
      if (!because_.empty()) wind_up(workers, now);
      progress.show(sums_.arrived(), sums_.failures_seen(), now, novelty_->words(now));
    }
    if (workers.crash()) crash_ = workers.crash();
    if (crash_) stop_because(ended_by(*crash_));
    stop_because("all seeds were played");
  }

  void take(const std::string& text) {
    std::optional<TrialLine> line = line_from(text);
    if (!line) return directory_.remember("a worker sent a line that cannot be read: " + text.substr(0, 80));
    if (line->unsaved) directory_.remember(*line->unsaved);
    if (flags_.output.verbose) {
      for (const TrialLine::Broken& one : line->findings) {
        complain("seed " + std::to_string(line->seed) + "  " + one.invariant + ": " + one.message + "\n");
      }
    }
    novelty_->add(*line, wall_now_ns());
    sums_.add(*std::move(line));
  }

  // The first reason counts.
  void stop_because(const std::string& reason) {
    if (because_.empty()) because_ = reason;
  }

  void look_for_reasons_to_stop(std::optional<std::int64_t> until, std::int64_t now) {
    if (Interrupts::count() > 0) stop_because("it was interrupted");
    if (crash_) stop_because(ended_by(*crash_));
    if (sums_.full())
      stop_because(order_.max_failures == 1 ? "a failure was found" : "the limit on failures was reached");
    if (until && now >= *until) stop_because("the budget was over");
    if (const auto stale = novelty_->stale(now)) stop_because(*stale);
  }

  void wind_up(Workers& workers, std::int64_t now) {
    if (!stopping_since_) {
      stopping_since_ = now;
      workers.stop();
    }
    if (Interrupts::count() > 1 || now - *stopping_since_ > kPatience) workers.kill();
  }

  reports::HuntReport sum_up() {
    reports::HuntReport report;
    report.setting = production_.setting;
    sums_.finish(report, production_.stage->scenario());
    add_untaken(*production_.stage, report.machines);
    if (production_.options.faults == play::FaultMode::swarm)
      report.missed = missed(production_.stage->flows(), report);
    report.wall_ns = wall_now_ns() - began_ns_;
    report.first_seed = order_.seeds.first;
    report.last_seed = order_.seeds.last;
    report.stopped_because = because_;
    if (corpus_.report.replayed + corpus_.report.otherwise.size() > 0) report.corpus = corpus_.report;
    if (directory_.usable()) report.run_directory = directory_.path().string();
    if (crash_ && !crash_->from_outside) {
      report.our_bugs.push_back({crash_->seed, "a worker " + crash_->how});
      std::sort(report.our_bugs.begin(), report.our_bugs.end(),
                [](const auto& a, const auto& b) { return a.seed < b.seed; });
    }
    return report;
  }

  // The workers' plans are gone: the trial is played once more, which is one more check on determinism.
  void keep_repro(reports::HuntReport& report, reports::FirstFailure& first) {
    if (!directory_.usable()) return;
    play::PlayOptions options = production_.options;
    options.seed = first.seed;
    const play::Played played = production_.stage->play(options);
    const auto& findings = played.trial.findings;
    const bool there = std::any_of(findings.begin(), findings.end(), [&](const sim::Finding& finding) {
      return finding.invariant == first.invariant;
    });
    if (!there && first.invariant != kDeterminism) ++report.mismatches;
    const reports::Repro repro = repro_of(production_, first.seed, played, first.invariant);
    if (const auto path = directory_.write(repro_name(first.invariant), reports::json_text(repro)))
      first.repro = path->string();
  }

  // The exit code. Our own bugs outrank what was found; that outranks what could not be kept; an interrupted hunt says so.
  void judge(reports::HuntReport& report) const {
    std::vector<ExitCode> codes;
    if (report.mismatches != 0) codes.push_back(ExitCode::nondeterminism);
    if (order_.expected.empty()) {
      for (const auto verdict : {sim::Verdict::safety, sim::Verdict::liveness, sim::Verdict::nondeterminism,
                                 sim::Verdict::inconclusive}) {
        if (report.by_verdict.contains(sim::name_of(verdict))) codes.push_back(exit_code_of(verdict));
      }
      const bool in_vain = production_.options.faults == play::FaultMode::plan &&
                           report.faults.total().armed != 0 && report.faults.total().effective == 0;
      if (in_vain || !report.came_to_nothing.empty() || !report.missed.empty())
        codes.push_back(ExitCode::inconclusive);
      if (corpus_.missed) codes.push_back(ExitCode::expectation);
      if (corpus_.regression) codes.push_back(exit_code_of(*corpus_.regression));
    } else {
      report.expected = listed(order_.expected);
      report.expectation_missed = expectation_missed(order_.expected, report.headlines);
      if (report.expectation_missed) codes.push_back(ExitCode::expectation);
    }
    ExitCode code = worst_of(codes);
    if (corpus_.unreadable) code = unless_broken(code, *corpus_.unreadable);
    if (report.trials == 0) code = ExitCode::nothing_ran;
    if (crash_ && crash_->from_outside) code = unless_broken(code, ExitCode::try_again);
    if (Interrupts::signal() != 0) code = static_cast<ExitCode>(128 + Interrupts::signal());
    if (directory_.trouble()) code = unless_broken(code, ExitCode::io);
    if (!report.our_bugs.empty()) code = ExitCode::software;
    report.exit_code = static_cast<int>(code);
  }

  void save(reports::HuntReport& report) {
    directory_.write("hunt.json", reports::json_text(report));
    directory_.mark_latest(!report.first_failures.empty());
    judge(report);  // saving may have failed
  }

  const Flags& flags_;
  const Order& order_;
  Production production_;
  RunDirectory directory_;
  HuntSums sums_;
  std::unique_ptr<LineFile> results_;
  std::optional<Novelty> novelty_;
  std::int64_t began_ns_ = 0;
  std::string because_;
  std::optional<std::int64_t> stopping_since_;
  std::optional<Crash> crash_;
  CorpusOutcome corpus_;
};

ExitCode hunt(const Flags& flags) {
  const Order order = order_of(flags);
  return Hunt(flags, order).run();
}

}  // namespace

Action declare_hunt(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  add_cast_flags(command_line, flags->cast);
  command_line.option("--seeds", flags->seeds, "A..B",
                      "which worlds, such as 1..20000 (1..1000; with --budget as many as fit)");
  command_line.option("-j,--jobs", flags->jobs, "N", "worker processes; never changes results (one a core)");
  command_line.option("--budget", flags->budget, "TIME", "stop after this time, such as 60s");
  command_line.option("--until-stale", flags->until_stale, "TIME|N",
                      "stop when nothing new was seen for this time (60s) or so many trials (500)");
  command_line.option("--max-failures", flags->max_failures, "N", "stop after so many failed trials");
  command_line.flag("--fail-fast", flags->fail_fast, "stop after the first failed trial");
  command_line.options("--expect-violation", flags->expect, "INVARIANT",
                       "exit 0 only if exactly this is broken, else 6 (may be repeated)");
  command_line.option("--rerun-share", flags->rerun_share, "K/N",
                      "the share of passing trials that are played twice (5/100)");
  command_line.flag("--no-shrink", flags->no_shrink, "leave failures as big as they were found");
  command_line.option("--shrink-budget", flags->shrink_budget, "TIME",
                      "far bound of the time to make failures small (2m)");
  command_line.option("--corpus", flags->corpus, "DIR",
                      "kept repros: those of the scenario are replayed first (tests/regressions/repros)");
  add_output_flags(command_line, flags->output);
  return [flags] { return hunt(*flags); };
}

}  // namespace ordeal::cli

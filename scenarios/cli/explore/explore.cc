// `ordeal explore SCENARIO`: every single fault that a trial offers, or every pair of faults, and a certificate
// that says how many there were. What was found before it was stopped is reported and saved; only an
// exploration that came to its end has a certificate.
#include <algorithm>
#include <functional>
#include <memory>

#include <fmt/format.h>
#include <unistd.h>

#include "reports/explore_report.h"
#include "reports/run_json.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/explore/explore_units.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/hunt/workers.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

constexpr std::int64_t kPatience = 20'000'000'000;
constexpr int kPollMs = 50;
constexpr std::uint64_t kJobsMax = 1'024;

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  CastFlags cast;
  OutputFlags output;
  std::string depth = "1";
  std::string seed = "1";
  std::string actors;
  std::string jobs;
  std::vector<std::string> expect;
};

class Exploration {
 public:
  explicit Exploration(const Flags& flags)
      : flags_(flags),
        depth_(parse_count("--faults", flags.depth, 2)),
        jobs_(flags.jobs.empty() ? usable_cores()
                                 : static_cast<unsigned>(parse_count("--jobs", flags.jobs, kJobsMax))),
        expected_(parse_invariants(flags.repertoire.flows, "--expect-violation", flags.expect)),
        production_(produce(flags.repertoire, flags.cast)) {
    play::PlayOptions& options = production_.options;
    options.seed = parse_seed("--seed", flags.seed);
    options.faults = play::FaultMode::plan;
    options.ordering = sim::Ordering::fifo;
    production_.setting.faults = flags.depth;
    const std::vector<play::Actor> all = play::all_actors(production_.stage->scenario());
    actors_ = flags.actors.empty() ? all.size() : parse_count("--actors", flags.actors, all.size());
    if (actors_ != all.size())
      options.only =
          std::vector<play::Actor>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(actors_));
    directory_.emplace(flags.output.out, "explore-" + production_.stage->scenario().name);
  }

  ExitCode run() {
    const Interrupts interrupts;
    began_ns_ = wall_now_ns();
    if (directory_->trouble()) print_error(*directory_->trouble() + "; going on, but nothing will be kept");
    ExploreUnits units(production_, depth_);
    describe(units);
    play_singles(units);
    if (depth_ > 1 && because_.empty()) play_pairs(units);
    sum_up();
    for (const FirstBroken& one : sums_.first) keep(one);
    judge();
    save();
    print(flags_.output.json ? reports::json_text(report_)
                             : reports::explore_text(report_, style_of(flags_.output)));
    if (directory_->trouble()) print_error(*directory_->trouble());
    return static_cast<ExitCode>(report_.exit_code);
  }

 private:
  void describe(const ExploreUnits& units) {
    report_.setting = production_.setting;
    report_.seed = production_.options.seed;
    report_.depth = depth_;
    report_.actors = actors_;
    CertificateHash scenario;
    scenario.add(std::string_view(production_.stage->scenario().source));
    report_.scenario_hash = scenario.text();
    for (const faults::SiteAsked& site : units.asked())
      ++report_.sites[std::string(faults::name_of(site.question))];
    for (const faults::Single& single : units.singles()) {
      const faults::Action& action = units.asked()[single.question].applicable[single.action];
      ++report_.strikes[std::string(faults::info(action).name)];
      ++singles_;
      if (!faults::is_crash(action)) continue;
      ++report_.strikes["crash, all unsynced kept"];
      ++singles_;
    }
    report_.candidates = depth_ == 1 ? 1 + singles_ : 0;
    hash_.add(std::string_view(report_.scenario_hash));
    for (const auto& [seam, design] : report_.setting.designs)
      hash_.add(std::string_view(seam + "=" + design));
    for (const std::string& flaw : report_.setting.flaws) hash_.add(std::string_view(flaw));
    for (const std::uint64_t word : {report_.seed, depth_, actors_}) hash_.add(word);
  }

  void play_singles(ExploreUnits& units) {
    const auto play = [&](std::uint64_t unit) { return units.play(unit); };
    in_workers(units.count(), 1 + singles_, play, [&](std::uint64_t, const ExploreSums& sums) {
      sums_.add(sums, hash_);
      if (depth_ > 1) units.learn(sums.unit, sums.future);
    });
  }

  void play_pairs(ExploreUnits& units) {
    units.settle();
    report_.candidates = 1 + singles_ + units.pair_candidates();
    std::uint64_t pruned = 0;
    for (const auto& [why, count] : units.pruned()) pruned += count;
    const auto& with_pairs = units.with_pairs();
    if (with_pairs.empty()) {
      sums_.pruned.insert(units.pruned().begin(), units.pruned().end());
      return;
    }
    const auto play = [&](std::uint64_t index) {
      ExploreSums sums = units.play_pairs(with_pairs[index]);
      sums.unit = index;
      return sums;
    };
    in_workers(with_pairs.size(), report_.candidates - pruned, play,
               [&](std::uint64_t, const ExploreSums& sums) { sums_.add(sums, hash_); });
    for (const auto& [why, count] : units.pruned()) sums_.pruned[why] += count;
  }

  // Plays `count` units in workers and hands their sums on in canonical order.
  void in_workers(std::uint64_t count, std::uint64_t trials,
                  const std::function<ExploreSums(std::uint64_t)>& play,
                  const std::function<void(std::uint64_t, const ExploreSums&)>& take) {
    if (count == 0) return;
    const bool redraw = ::isatty(STDERR_FILENO) != 0 && !flags_.output.verbose;
    const auto mode = flags_.output.quiet ? Progress::Mode::none
                      : redraw            ? Progress::Mode::redraw
                                          : Progress::Mode::lines;
    Progress progress(mode, trials, std::nullopt, began_ns_, "exploring");
    std::map<std::uint64_t, ExploreSums> waiting;
    std::uint64_t next = 0;
    std::uint64_t done = sums_.trials;
    std::uint64_t failed = sums_.failed;
    std::optional<std::int64_t> stopping_since;
    Workers workers({0, count - 1}, jobs_, [&](std::uint64_t unit) { return worded(unit, play); });
    const auto on_line = [&](const std::string& line) {
      std::optional<ExploreSums> sums = sums_from(line);
      if (!sums)
        return directory_->remember("a worker sent a line that cannot be read: " + line.substr(0, 80));
      done += sums->trials;
      failed += sums->failed;
      const std::uint64_t unit = sums->unit;
      waiting.emplace(unit, *std::move(sums));
      for (auto first = waiting.begin(); first != waiting.end() && first->first == next; ++next) {
        take(next, first->second);
        first = waiting.erase(first);
      }
    };
    while (workers.running()) {
      workers.wait(kPollMs, on_line);
      const std::int64_t now = wall_now_ns();
      if (Interrupts::count() > 0) stop_because("it was interrupted");
      if (workers.crash()) stop_because("a worker crashed");
      if (!because_.empty()) wind_up(workers, stopping_since, now);
      progress.show(done, failed, now);
    }
    if (workers.crash()) {
      stop_because("a worker crashed");
      sums_.our_bugs.push_back("a worker " + workers.crash()->how + " while it played unit " +
                               std::to_string(workers.crash()->seed));
    }
    if (next < count) stop_because("not every unit came back");
    for (const auto& [unit, sums] : waiting)
      take(unit, sums);  // finished behind a gap: no certificate anyway
  }

  // In a worker.
  static std::string worded(std::uint64_t unit, const std::function<ExploreSums(std::uint64_t)>& play) {
    try {
      return to_text(play(unit));
    } catch (const std::exception& error) {
      ExploreSums sums;
      sums.unit = unit;
      sums.our_bugs.push_back("unit " + std::to_string(unit) + ": " + error.what());
      return to_text(sums);
    }
  }

  static void wind_up(Workers& workers, std::optional<std::int64_t>& since, std::int64_t now) {
    if (!since) {
      since = now;
      workers.stop();
    }
    if (Interrupts::count() > 1 || now - *since > kPatience) workers.kill();
  }

  void stop_because(const char* reason) {
    if (because_.empty()) because_ = reason;
  }

  void sum_up() {
    report_.explored = sums_.trials;
    report_.passed = sums_.passed;
    report_.failed = sums_.failed;
    report_.events = sums_.events;
    report_.mismatches = sums_.mismatches;
    report_.by_verdict = sums_.by_verdict;
    report_.by_invariant = sums_.by_invariant;
    report_.headlines = sums_.headlines;
    report_.pruned = sums_.pruned;
    report_.pruned_checked = sums_.checked;
    report_.pruned_wrong = sums_.wrong;
    report_.our_bugs = sums_.our_bugs;
    report_.wall_ns = wall_now_ns() - began_ns_;
    if (because_.empty() && report_.explored + report_.pruned_total() != report_.candidates)
      report_.our_bugs.push_back("explored and pruned do not add up to the candidates");
    if (because_.empty() && report_.our_bugs.empty()) report_.certificate = hash_.text();
    stop_because("everything was explored");
    report_.stopped_because = because_;
    if (directory_->usable()) report_.run_directory = directory_->path().string();
  }

  // Plays it once more: one more check on determinism, and what the repro is made of.
  void keep(const FirstBroken& one) {
    reports::ExploreFailure failure{one.invariant, one.kind, one.message, {}, ""};
    for (const faults::Strike& strike : one.plan.strikes) failure.faults.push_back(faults::readable(strike));
    for (const faults::Window& window : one.plan.windows) failure.faults.push_back(faults::readable(window));
    if (directory_->usable()) {
      play::PlayOptions options = production_.options;
      options.plan = one.plan;
      const play::Played played = production_.stage->play(options);
      const reports::Repro repro = repro_of(production_, options.seed, played, one.invariant);
      if (const auto path = directory_->write(repro_name(one.invariant), reports::json_text(repro)))
        failure.repro = path->string();
    }
    report_.first_failures.push_back(std::move(failure));
  }

  void judge() {
    std::vector<ExitCode> codes;
    if (report_.mismatches != 0) codes.push_back(ExitCode::nondeterminism);
    if (expected_.empty()) {
      for (const auto verdict : {sim::Verdict::safety, sim::Verdict::liveness, sim::Verdict::nondeterminism,
                                 sim::Verdict::inconclusive}) {
        if (report_.by_verdict.contains(sim::name_of(verdict))) codes.push_back(exit_code_of(verdict));
      }
    } else {
      report_.expected = listed(expected_);
      report_.expectation_missed = expectation_missed(expected_, report_.headlines);
      if (report_.expectation_missed) codes.push_back(ExitCode::expectation);
    }
    ExitCode code = worst_of(codes);
    if (report_.explored == 0) code = ExitCode::nothing_ran;
    if (Interrupts::signal() != 0) code = static_cast<ExitCode>(128 + Interrupts::signal());
    if (directory_->trouble()) code = kept_badly(code);
    if (!report_.our_bugs.empty()) code = ExitCode::software;
    report_.exit_code = static_cast<int>(code);
  }

  void save() {
    directory_->write("explore.json", reports::json_text(report_));
    directory_->mark_latest(!report_.first_failures.empty());
    judge();  // saving may have failed
  }

  const Flags& flags_;
  std::uint64_t depth_;
  unsigned jobs_;
  std::set<std::string> expected_;
  Production production_;
  std::uint64_t actors_ = 0;
  std::optional<RunDirectory> directory_;
  std::int64_t began_ns_ = 0;
  std::uint64_t singles_ = 0;  // with both sorts of crashes
  ExploreSums sums_;
  CertificateHash hash_;
  std::string because_;
  reports::ExploreReport report_;
};

}  // namespace

Action declare_explore(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  add_who_plays(command_line, flags->cast);
  command_line.option("--faults", flags->depth, "1|2",
                      "1: every single fault (the default); 2: every pair as well");
  command_line.option("--actors,--shoppers,--orders", flags->actors, "N",
                      "only so many of those who act take part (all)");
  command_line.option("--seed", flags->seed, "N", "which world; decimal or 0x… (1)");
  command_line.option("-j,--jobs", flags->jobs, "N", "worker processes; never changes results (one a core)");
  command_line.options("--expect-violation", flags->expect, "INVARIANT",
                       "exit 0 only if exactly this is broken, else 6 (may be repeated)");
  add_output_flags(command_line, flags->output);
  return [flags] {
    check(flags->output);
    return Exploration(*flags).run();
  };
}

}  // namespace ordeal::cli

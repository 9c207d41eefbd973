// `ordeal explore SCENARIO`: every single fault that a trial offers, or every pair of faults, and a certificate
// that says how many there were. What was found before it was stopped is reported and saved; only an
// exploration that came to its end has a certificate.
//
// Single faults are played in several worlds: seeds that differ, times journal modes, of the first who acts alone and of all.
// Where that is dear, the first world of each has everything, and the others have what there has not been often: places of
// their own, and faults of disks.
#include <algorithm>
#include <deque>
#include <functional>
#include <memory>

#include <fmt/format.h>
#include <unistd.h>

#include "reports/explore_report.h"
#include "reports/run_json.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/ci_files.h"
#include "scenarios/cli/explore/explore_units.h"
#include "scenarios/cli/explore/explore_worlds.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/hunt/workers.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"
#include "scenarios/play/knobs.h"

namespace ordeal::cli {
namespace {

constexpr std::int64_t kPatience = 20'000'000'000;
constexpr int kPollMs = 50;
constexpr std::uint64_t kJobsMax = 1'024;
constexpr std::size_t kSeeds = 5;
// With so many trials nothing is left out of any world: less than a minute of one core.
constexpr std::uint64_t kFew = 20'000;
constexpr const char* kElsewhere = "done to that place four times before";

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  CastFlags cast;
  OutputFlags output;
  CiFlags ci;
  std::string depth = "1";
  std::string seed;
  std::string journal_mode;
  bool whole = false;
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
    options.faults = play::FaultMode::plan;
    options.ordering = sim::Ordering::fifo;
    production_.setting.faults = flags.depth;
    const std::vector<play::Actor> all = play::all_actors(production_.stage->scenario());
    actors_ = flags.actors.empty() ? all.size() : parse_count("--actors", flags.actors, all.size());
    const std::string many = depth_ == 1 ? "all" : "own";
    modes_ = parse_journal_modes(production_.stage->scenario(), "--journal-mode",
                                 flags.journal_mode.empty() ? many : flags.journal_mode);
    if (!flags.seed.empty()) seeds_ = {parse_seed("--seed", flags.seed)};
    directory_.emplace(flags.output.out, "explore-" + production_.stage->scenario().name);
  }

  ExitCode run() {
    const Interrupts interrupts;
    began_ns_ = wall_now_ns();
    if (directory_->trouble()) print_error(*directory_->trouble() + "; going on, but nothing will be kept");
    make_worlds();
    describe();
    if (!flags_.whole && depth_ == 1 && singles_ > kFew) leave_out();
    play_singles();
    for (ExploreUnits& units : worlds_)
      if (depth_ > 1 && because_.empty()) play_pairs(units);
    sum_up();
    for (const FirstBroken& one : sums_.first) keep(one);
    judge();
    save();
    const auto report = reports::ci_report(report_, laws_of(*production_.stage), style_of(flags_.output));
    if (const auto trouble = tell_ci(flags_.ci, report)) directory_->remember(*trouble);
    judge();  // writing may have failed
    print(flags_.output.json ? reports::json_text(report_)
                             : reports::explore_text(report_, style_of(flags_.output)));
    if (directory_->trouble()) print_error(*directory_->trouble());
    return static_cast<ExitCode>(report_.exit_code);
  }

 private:
  void make_worlds() {
    if (depth_ == 1 && actors_ > 1 && flags_.actors.empty()) make_worlds_of(1);
    make_worlds_of(actors_);
  }

  void make_worlds_of(std::uint64_t actors) {
    std::vector<std::uint64_t> seeds = seeds_;
    if (seeds.empty())
      seeds = depth_ == 1 ? seeds_that_differ(production_, actors, kSeeds) : std::vector<std::uint64_t>{1};
    for (const ExploredWorld& world :
         worlds_of(seeds, modes_, own_journal_mode(production_.stage->scenario()), actors)) {
      const ExploreUnits& units = worlds_.emplace_back(production_, world, depth_);
      report_.worlds.push_back({world.seed, world.journal_mode, actors, units.trials(), 0});
      singles_ += units.trials();
    }
  }

  void describe() {
    report_.setting = production_.setting;
    report_.depth = depth_;
    report_.actors = actors_;
    CertificateHash scenario;
    scenario.add(std::string_view(production_.stage->scenario().source));
    report_.scenario_hash = scenario.text();
    for (const ExploreUnits& units : worlds_) count_strikes(units);
    report_.candidates = depth_ == 1 ? singles_ : 0;
    hash_.add(std::string_view(report_.scenario_hash));
    for (const auto& [seam, design] : report_.setting.designs)
      hash_.add(std::string_view(seam + "=" + design));
    for (const std::string& flaw : report_.setting.flaws) hash_.add(std::string_view(flaw));
    for (const std::uint64_t word : {depth_, actors_}) hash_.add(word);
    for (const reports::ExploreWorld& world : report_.worlds) {
      hash_.add(world.seed);
      hash_.add(world.actors);
      hash_.add(std::string_view(world.journal_mode));
    }
  }

  void count_strikes(const ExploreUnits& units) {
    for (const faults::SiteAsked& site : units.asked())
      ++report_.sites[std::string(faults::name_of(site.question))];
    for (const faults::Single& single : units.singles()) {
      const faults::Action& action = units.asked()[single.question].applicable[single.action];
      ++report_.strikes[std::string(faults::info(action).name)];
      if (faults::is_crash(action)) ++report_.strikes["crash, all unsynced kept"];
    }
  }

  void leave_out() {
    PlacesStruck struck;
    for (std::size_t i = 0; i < worlds_.size(); ++i) {
      ExploreUnits& units = worlds_[i];
      const bool first = i == 0 || units.world().actors != worlds_[i - 1].world().actors;
      if (first) struck = {};  // what one alone went through says nothing of many
      report_.worlds[i].left_out = units.add_to(struck, !first);
      left_out_ += report_.worlds[i].left_out;
    }
    if (left_out_ != 0) sums_.pruned[kElsewhere] = left_out_;
  }

  void play_singles() {
    std::vector<std::pair<ExploreUnits*, std::uint64_t>> all;
    for (ExploreUnits& units : worlds_)
      for (std::uint64_t unit = 0; unit < units.count(); ++unit) all.emplace_back(&units, unit);
    const auto play = [&](std::uint64_t index) {
      ExploreSums sums = all[index].first->play(all[index].second);
      sums.unit = index;
      return sums;
    };
    in_workers(all.size(), singles_ - left_out_, play, [&](std::uint64_t index, const ExploreSums& sums) {
      sums_.add(sums, hash_);
      if (depth_ > 1) all[index].first->learn(all[index].second, sums.future);
    });
  }

  void play_pairs(ExploreUnits& units) {
    units.settle();
    report_.candidates += units.trials() + units.pair_candidates();
    std::uint64_t pruned = 0;
    for (const auto& [why, count] : units.pruned()) pruned += count;
    const auto& with_pairs = units.with_pairs();
    if (!with_pairs.empty()) {
      const auto play = [&](std::uint64_t index) {
        ExploreSums sums = units.play_pairs(with_pairs[index]);
        sums.unit = index;
        return sums;
      };
      in_workers(with_pairs.size(), report_.candidates - pruned, play,
                 [&](std::uint64_t, const ExploreSums& sums) { sums_.add(sums, hash_); });
    }
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
      if (workers.crash()) stop_because(ended_by(*workers.crash()));
      if (!because_.empty()) wind_up(workers, stopping_since, now);
      progress.show(done, failed, now);
    }
    if (workers.crash()) note(*workers.crash());
    if (next < count) stop_because("not every unit came back");
    for (const auto& [unit, sums] : waiting)
      take(unit, sums);  // finished behind a gap: no certificate anyway
  }

  void note(const Crash& crash) {
    stop_because(ended_by(crash));
    const std::string what = "a worker " + crash.how + " while it played unit " + std::to_string(crash.seed);
    if (!crash.from_outside) return sums_.our_bugs.push_back(what);
    killed_ = true;
    print_error(what);
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
    const auto turned = one.plan.knobs.find(std::string(play::kJournalModeKnob));
    const std::string mode =
        turned == one.plan.knobs.end() ? own_journal_mode(production_.stage->scenario()) : turned->second;
    reports::ExploreFailure failure{one.invariant, one.kind, one.message, one.seed, one.actors, mode, {}, ""};
    for (const faults::Strike& strike : one.plan.strikes) failure.faults.push_back(faults::readable(strike));
    for (const faults::Window& window : one.plan.windows) failure.faults.push_back(faults::readable(window));
    if (directory_->usable()) {
      play::PlayOptions options = production_.options;
      options.seed = one.seed;
      options.only = first_actors(production_.stage->scenario(), one.actors);
      options.plan = one.plan;
      const play::Played played = production_.stage->play(options);
      const reports::Repro repro = repro_of(production_, options, played, one.invariant);
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
    if (killed_) code = unless_broken(code, ExitCode::try_again);
    if (Interrupts::signal() != 0) code = static_cast<ExitCode>(128 + Interrupts::signal());
    if (directory_->trouble()) code = unless_broken(code, ExitCode::io);
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
  std::vector<std::string> modes_;
  std::vector<std::uint64_t> seeds_;
  std::deque<ExploreUnits> worlds_;
  std::uint64_t actors_ = 0;
  std::optional<RunDirectory> directory_;
  std::int64_t began_ns_ = 0;
  std::uint64_t singles_ = 0;   // trials of all worlds without pairs
  std::uint64_t left_out_ = 0;  // of those
  ExploreSums sums_;
  CertificateHash hash_;
  std::string because_;
  bool killed_ = false;  // a worker, from outside
  reports::ExploreReport report_;
};

}  // namespace

Action declare_explore(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  add_who_plays(command_line, flags->cast);
  command_line.option("--faults", flags->depth, "1|2",
                      "1: every single fault (the default); 2: every pair as well");
  command_line.option("--actors,--shoppers,--orders", flags->actors, "N",
                      "only so many of those who act take part (all, and the first of them alone)");
  command_line.option("--seed", flags->seed, "N",
                      "one seed; decimal or 0x… (five that differ; with --faults 2 the first)");
  command_line.option(
      "--journal-mode", flags->journal_mode, "MODE",
      "how databases write: wal, delete, truncate, persist, own (the scenario's) or all (all; with "
      "--faults 2 own)");
  command_line.flag("--whole", flags->whole,
                    "leave nothing out in later worlds, however much there is to play");
  command_line.option("-j,--jobs", flags->jobs, "N", "worker processes; never changes results (one a core)");
  command_line.options("--expect-violation", flags->expect, "INVARIANT",
                       "exit 0 only if exactly this is broken, else 6 (may be repeated)");
  add_ci_flags(command_line, flags->ci);
  add_output_flags(command_line, flags->output);
  return [flags] {
    check(flags->output);
    check(flags->ci);
    return Exploration(*flags).run();
  };
}

}  // namespace ordeal::cli

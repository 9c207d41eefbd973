// `ordeal compare QUESTION… [SCENARIO]`: one workload played with every design of a question, the same seeds, the same faults,
// everybody's choices the same, so that what differs is due to the design; one table of what that costs.
#include <algorithm>
#include <csignal>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "reports/comparison.h"
#include "reports/run_json.h"
#include "scenarios/cli/compare/compared_sums.h"
#include "scenarios/cli/compare/contest.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/hunt/order.h"
#include "scenarios/cli/hunt/workers.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

using play::ExitCode;

constexpr int kPollMs = 50;

// Of the flows that take part, and the machine room's.
std::vector<const play::MeasureRow*> measures_of(const play::Flows& flows, const play::Scenario& scenario) {
  std::vector<const play::MeasureRow*> measures = flows.measures();
  for (const play::Flow* flow : flows.all()) {
    const auto is_there = [&](const play::ServiceRow& row) { return scenario.has_service(row.name); };
    if (std::any_of(flow->services.begin(), flow->services.end(), is_there)) continue;
    for (const play::MeasureRow& row : flow->measures) std::erase(measures, &row);
  }
  return measures;
}

class Comparing {
 public:
  explicit Comparing(const CompareFlags& flags)
      : flags_(flags),
        contest_(contest_of(flags)),
        stages_(stages_of(flags, contest_)),
        sums_(measures_of(flags.repertoire.flows, stages_.front()->scenario()), contest_.contestants.size()) {
  }

  ExitCode run() {
    const Interrupts interrupts;
    play();
    if (our_bug_) throw std::runtime_error(*our_bug_);
    const reports::Comparison comparison = told();
    const std::string json = reports::json_text(reports::comparison_json(comparison));
    print(flags_.output.json ? json : reports::comparison_text(comparison, style_of(flags_.output)));
    if (!flags_.keep.empty()) keep(comparison, json);
    return static_cast<ExitCode>(comparison.exit_code);
  }

 private:
  std::string play_one(std::uint64_t seed) const {
    try {
      return to_text(play_with_each(stages_, seed, contest_.faults, contest_.one_scenario));
    } catch (const std::exception& error) {
      SeedLine line;
      line.seed = seed;
      line.our_bug = error.what();
      return to_text(line);
    }
  }

  void play() {
    const std::int64_t began_ns = wall_now_ns();
    const auto mode = flags_.output.quiet            ? Progress::Mode::none
                      : ::isatty(STDERR_FILENO) != 0 ? Progress::Mode::redraw
                                                     : Progress::Mode::lines;
    Progress progress(mode, contest_.seeds.count(), std::nullopt, began_ns, "comparing");
    Workers workers(contest_.seeds, jobs_of(flags_.jobs),
                    [this](std::uint64_t seed) { return play_one(seed); });
    while (workers.running()) {
      workers.wait(kPollMs, [this](const std::string& text) { take(text); });
      if (Interrupts::count() > 0 || our_bug_) workers.stop();
      if (Interrupts::count() > 1) workers.kill();
      progress.show(sums_.seeds(), sums_.failed(), wall_now_ns());
    }
    crash_ = workers.crash();
  }

  void take(const std::string& text) {
    const std::optional<SeedLine> line = seed_line_from(text);
    if (!line) {
      our_bug_ = "a worker sent a line that cannot be read: " + text.substr(0, 80);
    } else if (line->our_bug) {
      our_bug_ = "seed " + std::to_string(line->seed) + ": " + *line->our_bug;
    } else {
      sums_.add(*line);
    }
  }

  std::string stopped() const {
    if (Interrupts::count() > 0) return "interrupted";
    if (crash_) return "a worker " + crash_->how + " in seed " + std::to_string(crash_->seed);
    return "";
  }

  ExitCode exit_code() const {
    if (Interrupts::count() > 0)
      return Interrupts::signal() == SIGINT ? ExitCode::interrupted : ExitCode::terminated;
    if (crash_) return crash_->from_outside ? ExitCode::try_again : ExitCode::software;
    return static_cast<ExitCode>(sums_.worst());
  }

  reports::Comparison told() const {
    reports::Comparison out;
    out.engine = kEngine;
    out.questions = contest_.questions;
    out.fixed = contest_.fixed;
    out.left_out = contest_.left_out;
    out.faults = flags_.faults;
    out.first_seed = contest_.seeds.first;
    out.last_seed = contest_.seeds.last;
    out.seeds = sums_.seeds();
    out.stopped = stopped();
    out.same_plan = contest_.one_scenario;
    out.rows = sums_.rows();
    out.verdicts = sums_.verdicts();
    out.exit_code = static_cast<int>(exit_code());
    for (std::size_t i = 0; i < contest_.contestants.size(); ++i) {
      const Contestant& one = contest_.contestants[i];
      out.designs.push_back(one.answers);
      out.scenarios.push_back(one.scenario);
      reports::Verdicts& verdicts = out.verdicts[i];
      if (verdicts.failed == 0) continue;
      const reports::Setting setting{.engine = std::string(kEngine),
                                     .scenario = one.scenario,
                                     .summary = {},
                                     .designs = one.cast.designs,
                                     .flaws = one.cast.flaws,
                                     .faults = flags_.faults,
                                     .order = "mixed"};
      verdicts.again = reports::run_line(setting, verdicts.first_failed, style_of(flags_.output));
    }
    return out;
  }

  // Both forms of the table.
  void keep(const reports::Comparison& comparison, const std::string& json) const {
    RunDirectory directory(flags_.keep, "compare-" + contest_.questions.front());
    directory.write("compare.json", json);
    reports::Style style = style_of(flags_.output);
    style.color = false;
    directory.write("compare.txt", reports::comparison_text(comparison, style));
    if (directory.trouble()) throw IoError(*directory.trouble());
    if (!flags_.output.quiet) complain("kept in " + directory.path().string() + "\n");
  }

  const CompareFlags& flags_;
  Contest contest_;
  std::vector<std::unique_ptr<play::Stage>> stages_;
  ComparedSums sums_;
  std::optional<std::string> our_bug_;
  std::optional<Crash> crash_;
};

ExitCode compare(const CompareFlags& flags) { return Comparing(flags).run(); }

}  // namespace

Action declare_compare(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<CompareFlags>(repertoire);
  command_line.words("question", flags->words, "QUESTION",
                     "a seam, such as stock.gate, all its designs or some (stock.gate=A,B); several for all "
                     "combinations; and the scenario to play, or several of one workload");
  add_scenarios_flag(command_line, flags->scenarios_dir);
  command_line.option("--seeds", flags->seeds, "A..B", "which worlds, such as 1..200 (a few seconds' worth)");
  command_line.option("--faults", flags->faults, "FAULTS",
                      "none (the default), swarm or slight: the same for every design");
  command_line.options("--design", flags->designs, "SEAM=DESIGN",
                       "a design that all have in common (may be repeated)");
  command_line.options("--flaw", flags->flaws, "F-nn",
                       "a planted bug of a seam that is asked about, as one more design (may be repeated)");
  add_jobs_flag(command_line, flags->jobs);
  command_line.option("--out", flags->keep, "DIR", "keep compare.json and compare.txt there, too");
  add_json_flag(command_line, flags->output);
  command_line.flag("-q,--quiet", flags->output.quiet, "the table alone");
  return [flags] { return compare(*flags); };
}

}  // namespace ordeal::cli

// `ordeal shrink WHAT`: a failure made small. The best so far stands in X.small.repro.json beside the repro
// from the first improvement on; an interrupt or the end of the budget costs only what was not tried yet.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "reports/run_json.h"
#include "reports/shrink_report.h"
#include "reports/words.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/hunt/recall.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/replay/making_small.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

constexpr Duration kBudget{10'000'000'000};
// The but-for table comes out of the same budget, but is worth this much more when shrinking took it all.
constexpr std::int64_t kButForAtLeast = 2'000'000'000;
constexpr std::int64_t kRedrawEvery = 100'000'000;

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  std::string what = "last-failed";
  std::string budget;
  OutputFlags output;
};

// One line on a terminal, redrawn; nothing elsewhere.
class Line {
 public:
  Line(bool shown, const play::Scenario& scenario, std::int64_t until_ns)
      : shown_(shown), scenario_(scenario), until_ns_(until_ns) {}
  ~Line() {
    if (drawn_ns_ != 0) complain("\r\x1b[K");
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void show(const play::Small& best, std::uint64_t tries) {
    const std::int64_t now = wall_now_ns();
    if (!shown_ || now - drawn_ns_ < kRedrawEvery) return;
    drawn_ns_ = now;
    const play::Size size = play::size_of(scenario_, best.options, best.played);
    complain(fmt::format("\r\x1b[Kmaking it small  {} tries  {} left  {:.0f} s left", reports::grouped(tries),
                         reports::sizes_text({best.options.plan.strikes.size(), size.windows, size.actors}),
                         static_cast<double>(until_ns_ - now) / 1e9));
  }

 private:
  bool shown_;
  const play::Scenario& scenario_;
  std::int64_t until_ns_;
  std::int64_t drawn_ns_ = 0;
};

ExitCode not_found_again(const Flags& flags, const reports::Repro& repro, const std::string& file,
                         const play::Played& played) {
  const std::string wanted =
      repro.expects.invariant.empty() ? repro.expects.verdict : repro.expects.invariant;
  const std::string message =
      fmt::format("{}: {} does not break any more ({}; {} of {} strikes matched): there is nothing to shrink",
                  file, wanted, sim::name_of(played.trial.verdict),
                  played.plan.strikes.size() - played.unmatched.size(), played.plan.strikes.size());
  if (flags.output.json) {
    print(reports::json_text({{"schema", "ordeal/shrink/1"},
                              {"engine", kEngine},
                              {"from", file},
                              {"invariant", repro.expects.invariant},
                              {"exit_code", static_cast<int>(ExitCode::expectation)},
                              {"verdict", sim::name_of(played.trial.verdict)},
                              {"stopped_because", "it does not break any more"}}));
  }
  print_error(message);
  return ExitCode::expectation;
}

ExitCode shrink(const Flags& flags) {
  check(flags.output);
  const Duration budget = flags.budget.empty() ? kBudget : parse_budget(flags.budget);
  // Of a run directory the first, which is small only if all are.
  const std::string file = find_repros(flags.what, flags.output.out).front().string();
  const reports::Repro repro = read_repro_file(file);
  const Production production = recall(flags.repertoire.flows, repro, file);
  play::Stage& stage = *production.stage;

  const Interrupts interrupts;
  const auto interrupted = [] { return Interrupts::count() > 0; };
  const std::int64_t began = wall_now_ns();
  const play::Played first = stage.play(production.options);
  const std::string& invariant = repro.expects.invariant;
  if (first.trial.verdict == sim::Verdict::pass || !play::aim_at(invariant, first.trial).hit_by(first.trial))
    return not_found_again(flags, repro, file, first);

  reports::ShrinkReport report;
  MadeSmall made;
  const std::int64_t until = began + budget.ns;
  {
    Line line(!flags.output.quiet && ::isatty(STDERR_FILENO) != 0, stage.scenario(), until);
    made = make_small(production, production.options, first, invariant,
                      {small_beside(file), until, interrupted,
                       [&](const play::Small& best, std::uint64_t tries) { line.show(best, tries); }});
  }
  report.wall_ns = wall_now_ns() - began;
  if (!interrupted()) {
    report.but_for = but_for_table(stage, made.small.options, made.aim,
                                   std::max(until, wall_now_ns() + kButForAtLeast), interrupted);
  }
  report.setting = production.setting;
  report.from = file;
  report.small = made.row;
  report.verdict = sim::name_of(made.small.played.trial.verdict);
  report.trace_hash = made.small.played.trial.trace_hash.text();
  report.stopped_because = made.small.finished ? "nothing more can go"
                           : interrupted()     ? "it was interrupted; the best so far is kept"
                                               : "the budget was over; the best so far is kept";
  ExitCode code =
      Interrupts::signal() != 0 ? static_cast<ExitCode>(128 + Interrupts::signal()) : ExitCode::ok;
  if (made.trouble) code = ExitCode::io;
  report.exit_code = static_cast<int>(code);
  print(flags.output.json ? reports::json_text(report)
                          : reports::shrink_text(report, style_of(flags.output)));
  if (made.trouble) print_error(*made.trouble);
  return code;
}

}  // namespace

Action declare_shrink(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  command_line.word("what", flags->what, "WHAT",
                    "a repro file, a run directory, latest or last-failed (the default)");
  command_line.option("--budget", flags->budget, "TIME",
                      "stop after this time and keep the best so far (10s)");
  add_output_flags(command_line, flags->output);
  return [flags] { return shrink(*flags); };
}

}  // namespace ordeal::cli

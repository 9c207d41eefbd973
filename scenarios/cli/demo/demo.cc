// `ordeal demo`: in a few seconds what all of it is for. It finds one oversell, makes it small and tells it, shows that the
// design which holds survives the same bad day and a thousand others, and says what to try next.
//
// Deterministic but for the times that it prints.
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "reports/layout.h"
#include "reports/short_story.h"
#include "reports/words.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/learn/worlds.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/replay/making_small.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

using play::ExitCode;
using reports::grouped;
using reports::Paint;

constexpr std::string_view kScenario = "corner_shop";
constexpr std::string_view kFlaw = "F-01";
// The flaw shows in about one world of forty.
constexpr std::uint64_t kMostSeeds = 2'000;
constexpr std::uint64_t kOthers = 1'000;
constexpr std::uint64_t kMostTries = 400;

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  OutputFlags output;
};

class Demo {
 public:
  explicit Demo(const Flags& flags) : flags_(flags), color_(stdout_color(flags.output)) {
    CastFlags cast;
    cast.scenario = kScenario;
    cast.flaws = {std::string(kFlaw)};
    cast.order = "fifo";
    production_ = produce(flags.repertoire, cast);
  }

  ExitCode run() {
    say("", fmt::format("A small shop, nearly sold out, and three shoppers at once. Its code looks at the "
                        "stock first, and "
                        "takes from it afterwards ({} {}).",
                        kFlaw, flags_.repertoire.flows.flaw(kFlaw)->name));
    if (!find()) return ExitCode::expectation;
    make_it_small();
    tell();
    the_fix();
    next();
    return code_;
  }

 private:
  void say(std::string_view sign, const std::string& text, Paint paint = Paint::dim) const {
    const std::size_t taken = sign.empty() ? 0 : 2;
    bool first = true;
    for (const std::string& line : reports::wrapped(text, stdout_width() - taken)) {
      if (taken != 0) print(first ? painted(color_, paint, sign) + " " : "  ");
      print(line + "\n");
      first = false;
    }
  }

  bool find() {
    const std::int64_t began_ns = wall_now_ns();
    for (std::uint64_t seed = 1; seed <= kMostSeeds; ++seed) {
      options_ = production_.options;
      options_.seed = seed;
      played_ = production_.stage->play(options_);
      if (played_.trial.verdict == sim::Verdict::pass) continue;
      invariant_ = played_.trial.findings.front().invariant;
      print("\n");
      say("✗",
          fmt::format("{} is broken on bad day {}, found in {}", invariant_, grouped(seed),
                      reports::wall_text(wall_now_ns() - began_ns)),
          Paint::bad);
      return true;
    }
    say("✗",
        fmt::format("none of {} bad days broke it: something is wrong with this build", grouped(kMostSeeds)),
        Paint::bad);
    return false;
  }

  void make_it_small() {
    const std::int64_t began_ns = wall_now_ns();
    RunDirectory directory(flags_.output.out, "demo");
    SmallOrder order;
    order.most_tries = kMostTries;
    made_ = make_small(production_, options_, played_, invariant_, order);
    const std::string name = repro_name(invariant_);
    const reports::Repro repro = repro_of(production_, made_->small.options, made_->small.played, invariant_);
    const auto kept =
        directory.write(name.substr(0, name.size() - kReproEnding.size()) + std::string(kSmallEnding),
                        reports::json_text(repro));
    directory.mark_latest(true);
    if (kept) repro_ = kept->string();
    if (directory.trouble()) {
      print_error(*directory.trouble());
      code_ = ExitCode::io;
    }
    const auto size = [](const reports::Sizes& sizes) {
      const std::uint64_t faults = sizes.strikes + sizes.windows;
      return fmt::format("{} and {} shoppers",
                         faults == 0 ? "no fault" : fmt::format("{} fault{}", faults, faults == 1 ? "" : "s"),
                         sizes.actors);
    };
    say("✓",
        fmt::format("made small in {}: from {} to {}", reports::wall_text(wall_now_ns() - began_ns),
                    size(made_->row.before), size(made_->row.after)),
        Paint::good);
  }

  void tell() {
    play::PlayOptions options = made_->small.options;
    options.trace = sim::Trace::Mode::full;
    const play::Played small = production_.stage->play(options);
    print("\n" +
          reports::short_story({small.trial, small.plan, small.fired}, invariant_,
                               {.width = stdout_width(), .color = color_}) +
          "\n");
    say("", "Looking and taking are two steps, and both shoppers looked before either took.");
    print("\n");
  }

  // The same day, and others with new faults for each.
  void the_fix() {
    play::Stage stage(flags_.repertoire.flows, production_.stage->scenario(), {});
    const play::Played same = stage.play(made_->small.options);
    say(same.trial.verdict == sim::Verdict::pass ? "✓" : "✗",
        "one statement that takes only what is there, on the same bad day: held", Paint::good);
    const Tally tally =
        play_seeds(flags_.repertoire, {}, {std::string(kScenario), {1, kOthers}, usable_cores()});
    if (tally.held() && same.trial.verdict == sim::Verdict::pass) {
      return say("✓",
                 fmt::format("and on {} other bad days, in {}", grouped(tally.played),
                             reports::wall_text(tally.wall_ns)),
                 Paint::good);
    }
    say("✗",
        fmt::format("broken on {} of {}: {}{}", tally.broken, tally.played, tally.first_breach, tally.mishap),
        Paint::bad);
    code_ = ExitCode::expectation;
  }

  void next() const {
    const std::string& program = program_name();
    print("\n");
    if (!repro_.empty()) print("  again   " + program + " replay " + reports::shell_word(repro_) + "\n");
    print("  learn   " + program + " learn oversell\n");
    print("  hunt    " + program + " hunt first_sale\n");
  }

  const Flags& flags_;
  bool color_;
  Production production_;
  play::PlayOptions options_;
  play::Played played_;
  std::string invariant_;
  std::optional<MadeSmall> made_;
  std::string repro_;
  ExitCode code_ = ExitCode::ok;
};

}  // namespace

Action declare_demo(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  command_line.option("--color", flags->output.color, "WHEN", "auto, always or never");
  command_line.option("--out", flags->output.out, "DIR", "where runs are kept (" + flags->output.out + ")");
  return [flags] {
    check(flags->output);
    return Demo(*flags).run();
  };
}

}  // namespace ordeal::cli

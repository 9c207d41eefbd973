// `ordeal demo`: in a few seconds what all of it is for. It finds one oversell, makes it small and tells it, shows that the
// design which holds survives the same bad day and a thousand others, and says what to try next.
//
// Deterministic but for the times that it prints. In English or in Chinese.
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "reports/layout.h"
#include "reports/short_story.h"
#include "reports/words.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/language.h"
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
  std::string language;
};

class Demo {
 public:
  Demo(const Flags& flags, Language language)
      : flags_(flags),
        language_(language),
        translation_(translation_into(language, flags.repertoire.flows)),
        color_(stdout_color(flags.output)) {
    CastFlags cast;
    cast.scenario = kScenario;
    cast.flaws = {std::string(kFlaw)};
    cast.order = "fifo";
    production_ = produce(flags.repertoire, cast);
  }

  ExitCode run() {
    say("", in("A small shop, nearly sold out, and three shoppers at once. Its code looks at the stock "
               "first, and "
               "takes from it afterwards ({} {}).",
               "一家快卖完的小店，同时来了三位顾客。它的代码先看库存，再去扣减（{}）。", kFlaw,
               flags_.repertoire.flows.flaw(kFlaw)->name));
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

  template <class... Values>
  std::string in(std::string_view english, std::string_view chinese, const Values&... values) const {
    return fmt::format(fmt::runtime(language_ == Language::chinese ? chinese : english), values...);
  }
  std::string since(std::int64_t began_ns) const { return span(wall_now_ns() - began_ns); }
  std::string span(std::int64_t ns) const {
    const std::string text = reports::wall_text(ns);
    return translation_ ? (*translation_)(text) : text;
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
          in("{} is broken on bad day {}, found in {}", "{} 在第 {} 个倒霉日被违反，用 {}找到", invariant_,
             grouped(seed), since(began_ns)),
          Paint::bad);
      return true;
    }
    say("✗",
        in("none of {} bad days broke it: something is wrong with this build",
           "{} 个倒霉日都没能弄坏它：这个构建有问题", grouped(kMostSeeds)),
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
    say("✓",
        in("made small in {}: from {} to {}", "用 {}缩小：从 {}到{}", since(began_ns),
           size(made_->row.before), size(made_->row.after)),
        Paint::good);
  }

  std::string size(const reports::Sizes& sizes) const {
    const std::uint64_t faults = sizes.strikes + sizes.windows;
    if (faults == 0) return in("no fault and {} shoppers", "没有故障、{} 位顾客", sizes.actors);
    return in(faults == 1 ? "{} fault and {} shoppers" : "{} faults and {} shoppers", "{} 个故障、{} 位顾客",
              faults, sizes.actors);
  }

  void tell() {
    play::PlayOptions options = made_->small.options;
    options.trace = sim::Trace::Mode::full;
    const play::Played small = production_.stage->play(options);
    print(
        "\n" +
        reports::short_story({small.trial, small.plan, small.fired}, invariant_,
                             {.width = stdout_width(), .color = color_, .translation = translation_.get()}) +
        "\n");
    say("", in("Looking and taking are two steps, and both shoppers looked before either took.",
               "看库存和扣库存是两步，而两位顾客都是在对方扣之前看的。"));
    print("\n");
  }

  // The same day, and others with new faults for each.
  void the_fix() {
    play::Stage stage(flags_.repertoire.flows, production_.stage->scenario(), {});
    const bool held = stage.play(made_->small.options).trial.verdict == sim::Verdict::pass;
    say(held ? "✓" : "✗",
        held ? in("one statement that takes only what is there, on the same bad day: held",
                  "换成一条“有货才扣”的语句，同一个倒霉日：守住了")
             : in("one statement that takes only what is there, on the same bad day: broken",
                  "换成一条“有货才扣”的语句，同一个倒霉日：还是坏了"),
        held ? Paint::good : Paint::bad);
    const Tally tally =
        play_seeds(flags_.repertoire, {}, {std::string(kScenario), {1, kOthers}, usable_cores()});
    if (!held || !tally.held()) code_ = ExitCode::expectation;
    if (tally.held()) {
      return say("✓",
                 in("and on {} other bad days, in {}", "另外 {} 个倒霉日也都守住了，用时 {}",
                    grouped(tally.played), span(tally.wall_ns)),
                 Paint::good);
    }
    say("✗",
        in("broken on {} of {} others: {}{}", "另外的倒霉日里有 {} 天出错，共 {} 天：{}{}", tally.broken,
           tally.played, tally.first_breach, tally.mishap),
        Paint::bad);
  }

  void next() const {
    const std::string& program = program_name();
    const std::string asked = flags_.language.empty() ? "" : " --lang " + flags_.language;
    print("\n");
    if (!repro_.empty())
      print(in("  again   ", "  重放    ") + program + " replay " + reports::shell_word(repro_) + "\n");
    print(in("  learn   ", "  学习    ") + program + " learn oversell" + asked + "\n");
    print(in("  hunt    ", "  搜寻    ") + program + " hunt first_sale\n");
  }

  const Flags& flags_;
  Language language_;
  std::unique_ptr<reports::Translation> translation_;
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
  command_line.option("--lang", flags->language, "LANG", "en or zh (as the locale says)");
  command_line.option("--color", flags->output.color, "WHEN", "auto, always or never");
  command_line.option("--out", flags->output.out, "DIR", "where runs are kept (" + flags->output.out + ")");
  return [flags] {
    check(flags->output);
    return Demo(*flags, language_of(flags->language, "ordeal demo --help")).run();
  };
}

}  // namespace ordeal::cli

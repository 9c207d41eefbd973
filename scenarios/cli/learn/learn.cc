// `ordeal learn`: the ladder of lessons. `ordeal learn LESSON` plays one, `--practice` grades what a learner wrote,
// `--check` is the author's.
#include <algorithm>
#include <memory>

#include <unistd.h>

#include "reports/layout.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/learn/check_lessons.h"
#include "scenarios/cli/learn/compiler.h"
#include "scenarios/cli/learn/lesson_pages.h"
#include "scenarios/cli/learn/phrases.h"
#include "scenarios/cli/learn/practice.h"
#include "scenarios/cli/learn/progress.h"
#include "scenarios/cli/learn/skeleton.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

using play::ExitCode;

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  std::string lesson;
  std::string language;
  std::string home = ".ordeal";
  std::string color = "auto";
  std::string seeds;
  std::string hint;
  std::string grade;
  std::string from;
  std::string as;
  bool show = false;
  bool plain = false;
  bool practice = false;
  bool watch = false;
  bool check = false;
  bool renew = false;
};

ScreenLook look_of(const Flags& flags) {
  OutputFlags output;
  output.color = flags.color;
  check(output);
  const bool somebody = ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0;
  return {.width = stdout_width(),
          .color = !flags.plain && stdout_color(output),
          .plain = flags.plain,
          .pauses = somebody};
}

std::filesystem::path home_of(const Flags& flags) { return flags.home; }
std::filesystem::path kept_in(const Flags& flags) { return home_of(flags) / "plug-ins"; }

std::string padded(std::string text, std::size_t columns) {
  const std::size_t has = reports::display_width(text);
  if (has < columns) text.append(columns - has, ' ');
  return text;
}

ExitCode show_ladder(const Flags& flags, Language language) {
  const std::vector<Lesson> lessons = all_lessons(flags.repertoire);
  if (lessons.empty()) throw play::BadInput(ExitCode::not_found, "this program has no lessons");
  const LearnProgress progress(home_of(flags) / "learn.json");
  Screen screen(look_of(flags));
  screen.heading(say(Phrase::ladder, language));
  std::size_t widest = 0;
  for (const Lesson& lesson : lessons) widest = std::max(widest, lesson.name.size());
  std::string open;
  for (const Lesson& lesson : lessons) {
    const bool done = progress.of(lesson.name).done;
    if (!done && open.empty()) open = lesson.name;
    const std::string mark = done ? say(Phrase::ladder_done, language) : "";
    const std::string minutes = say(Phrase::ladder_minutes, language, lesson.minutes);
    const std::string begin = fmt::format("  {:>2}  {}  {}  {}  ", lesson.step, padded(lesson.name, widest),
                                          padded(minutes, 7), padded(mark, 4));
    screen.hanging(begin, lesson.text(language).title);
  }
  screen.blank();
  screen.prose(say(Phrase::ladder_how, language, program_name(), open.empty() ? lessons.front().name : open));
  return ExitCode::ok;
}

std::string next_of(const Flags& flags, const Lesson& lesson) {
  const std::vector<Lesson> all = all_lessons(flags.repertoire);
  const auto here =
      std::find_if(all.begin(), all.end(), [&](const Lesson& one) { return one.name == lesson.name; });
  return here == all.end() || here + 1 == all.end() ? "" : (here + 1)->name;
}

ExitCode play(const Flags& flags, Language language, std::uint64_t seeds) {
  const Lesson lesson = lesson_named(flags.repertoire, flags.lesson);
  LearnProgress progress(home_of(flags) / "learn.json");
  const auto translation = translation_into(language, flags.repertoire.flows);
  ScreenLook look = look_of(flags);
  look.translation = translation.get();
  Screen screen(look);
  const GameResult result = play_lesson(
      {flags.repertoire, lesson, language, kept_in(flags), flags.show, seeds, next_of(flags, lesson)},
      screen);
  if (result.end == GameResult::End::left) return ExitCode::ok;
  const bool broke = result.end == GameResult::End::broken;
  progress.note(lesson.name, {true, broke ? static_cast<std::int64_t>(result.strokes) : 0, 0});
  return ExitCode::ok;
}

ExitCode practise(const Flags& flags, Language language, std::uint64_t seeds) {
  const Lesson lesson = lesson_named(flags.repertoire, flags.lesson);
  const auto translation = translation_into(language, flags.repertoire.flows);
  ScreenLook look = look_of(flags);
  look.translation = translation.get();
  Screen screen(look);
  const PracticeOrder order{flags.repertoire, lesson,      language, home_of(flags),
                            kept_in(flags),   flags.grade, seeds};
  if (!flags.hint.empty())
    return show_hint(order, parse_count("--hint", flags.hint, lesson.text(language).hints.size()), screen);
  return flags.watch ? watch_practice(order, screen) : practice_once(order, screen);
}

// Flags that want another one, or a lesson.
void check_together(const Flags& flags) {
  const auto needs = [&](bool is, bool there, std::string_view what) {
    if (is && !there) misused(std::string(what), "", "ordeal learn --help");
  };
  const bool practice = flags.practice;
  needs(flags.watch, practice, "--watch belongs to --practice");
  needs(!flags.grade.empty(), practice, "--grade belongs to --practice");
  needs(!flags.hint.empty(), practice, "--hint belongs to --practice");
  needs(flags.renew, flags.check, "--renew belongs to --check");
  needs(!flags.from.empty(), !flags.as.empty(), "--from needs the name of the lesson: --as NAME");
  needs(practice || flags.show, !flags.lesson.empty(), "which lesson? ordeal learn lists them");
}

ExitCode learn(const Flags& flags) {
  check_together(flags);
  const Language language = language_of(flags.language, "ordeal learn --help");
  constexpr std::uint64_t kMostSeeds = 1'000'000;
  const auto seeds = [&](std::uint64_t otherwise) {
    return flags.seeds.empty() ? otherwise : parse_count("--seeds", flags.seeds, kMostSeeds);
  };
  if (!flags.from.empty()) return make_skeleton(flags.repertoire, flags.from, flags.as);
  if (flags.check) {
    return check_lessons({flags.repertoire, flags.lesson, kept_in(flags), seeds(1'000), flags.renew});
  }
  if (flags.lesson.empty()) return show_ladder(flags, language);
  try {
    return flags.practice ? practise(flags, language, seeds(10'000)) : play(flags, language, seeds(10'000));
  } catch (const NotCompiled& error) {
    throw play::BadInput(ExitCode::data,
                         "the lesson's own code does not compile:\n" + std::string(error.what()));
  }
}

}  // namespace

Action declare_learn(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  command_line.word("lesson", flags->lesson, "LESSON", "which; none: list them");
  command_line.option("--lang", flags->language, "LANG", "en or zh (as the locale says)");
  command_line.flag("--show", flags->show, "straight to the bad day");
  command_line.flag("--practice", flags->practice, "write the design yourself, and have it graded");
  command_line.flag("--watch", flags->watch, "practice: again on each save");
  command_line.option("--hint", flags->hint, "N",
                      "practice: a hint, from 1 (a nudge) to 3 (nearly the code)");
  command_line.option("--grade", flags->grade, "FILE", "practice: write the result as JSON");
  command_line.option("--seeds", flags->seeds, "N", "how many other days (10000; 1000 with --check)");
  command_line.flag("--check", flags->check, "for authors: does the lesson, or each, teach what it says?");
  command_line.flag("--renew", flags->renew, "with --check: find the day of part two anew");
  command_line.option("--from", flags->from, "REPRO",
                      "for authors: the skeleton of a lesson about a planted bug");
  command_line.option("--as", flags->as, "NAME", "with --from: what the lesson is called");
  command_line.option("--home", flags->home, "DIR", "where progress and practice files are kept (.ordeal)");
  command_line.flag("--plain", flags->plain, "no colours and no signs, for screen readers");
  command_line.option("--color", flags->color, "WHEN", "auto, always or never");
  return [flags] { return learn(*flags); };
}

}  // namespace ordeal::cli

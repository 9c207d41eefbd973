#include "scenarios/cli/learn/check_lessons.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "reports/layout.h"
#include "reports/words.h"
#include "scenarios/cli/learn/compiler.h"
#include "scenarios/cli/learn/lesson_pages.h"
#include "scenarios/cli/learn/moments.h"
#include "scenarios/cli/learn/part_two.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/wall_clock.h"
#include "sim/cause.h"

namespace ordeal::cli {

using play::ExitCode;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostStoryLines = 12;
constexpr std::size_t kMostHintWords = 80;
constexpr std::size_t kFewestMutants = 3;
constexpr std::int64_t kPlayTimeNs = 2'000'000'000;

class LessonCheck {
 public:
  LessonCheck(const LessonsCheck& order, const Lesson& lesson)
      : order_(order), lesson_(lesson), bad_day_(bad_day_of(order.repertoire, lesson)) {}

  // True when it keeps all that it says.
  bool run() {
    print(lesson_.name + "\n");
    const std::int64_t began_ns = wall_now_ns();
    the_bad_day();
    const std::int64_t took_ns = wall_now_ns() - began_ns;
    expect(took_ns < kPlayTimeNs, fmt::format("is played in less than 2 s: {}", reports::wall_text(took_ns)));
    choices();
    texts();
    if (const auto fixed = plug_in("fixed.cc")) the_fix(*fixed);
    if (const auto half = plug_in("half.cc")) the_half_fix(*half);
    the_naive();
    mutants();
    return good_;
  }

 private:
  void expect(bool is, const std::string& what) {
    good_ = good_ && is;
    print((is ? "  ✓ " : "  ✗ ") + what + "\n");
  }

  std::optional<AtTheSeam> compiled(const PlugInSource& source) {
    try {
      return AtTheSeam{lesson_.flaw, compile(source, order_.kept)};
    } catch (const NotCompiled& error) {
      said_ = error.what();
      return std::nullopt;
    }
  }
  std::optional<AtTheSeam> plug_in(const std::string& name) {
    auto made = compiled(source_of(lesson_.folder / name, lesson_.makes));
    expect(made.has_value(), name + " compiles" + (made ? "" : ":\n" + said_));
    return made;
  }

  DayOutcome play(const AtTheSeam& who, const fs::path& repro) {
    return play_day(order_.repertoire, who, repro, {});
  }
  bool survives(const AtTheSeam& who, const fs::path& repro) {
    const DayOutcome outcome = play(who, repro);
    said_ = outcome.mishap + outcome.told.invariant;
    return said_.empty() && outcome.told.verdict == sim::Verdict::pass;
  }
  Tally seeds(const AtTheSeam& who, std::uint64_t count) {
    return play_seeds(order_.repertoire, who,
                      {lesson_.scenario, hidden_seeds(lesson_, count), usable_cores()});
  }

  void the_bad_day() {
    BadDay day(order_.repertoire.flows, bad_day_);
    const DayTold told = day.play(day.strikes(), {});
    const auto lines = static_cast<std::size_t>(std::count(told.story.begin(), told.story.end(), '\n'));
    expect(told.breaks, "the bad day breaks " + day.repro().expects.invariant + ": " + told.invariant);
    expect(lines <= kMostStoryLines,
           fmt::format("its story has at most {} lines: {}", kMostStoryLines, lines));
    expect(!day.strikes().empty() && day.windows().empty(),
           "something strikes on it, and nothing but what a learner can choose");
    const DayTold calm = day.play({}, {});
    expect(calm.invariant.empty(),
           "the calm day holds" + (calm.invariant.empty() ? "" : ": " + calm.invariant));
    expect(par_is_possible(day), "each of its strikes can be chosen");
    in_chinese(day);
  }
  // A day that hangs on one instant teaches patience: an author sees how hard it is to hit. No bound, since learners are told
  // what is near.
  void choices() {
    BadDay day(order_.repertoire.flows, bad_day_);
    const auto [tried, breaking] = single_choices(day);
    print(fmt::format("    {} of the {} things that can be chosen break it alone\n", breaking, tried));
  }
  // A line without a Chinese character was not translated.
  void in_chinese(BadDay& day) {
    const auto translation = translation_into(Language::chinese, order_.repertoire.flows);
    reports::Page page;
    page.translation = translation.get();
    page.width = 1'000;  // a line a sentence
    const std::string story = day.play(day.strikes(), page).story + day.play({}, page).story;
    std::string left;
    std::istringstream lines(story);
    for (std::string line; std::getline(lines, line);) {
      const bool chinese = std::any_of(line.begin(), line.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xE3 && byte <= 0xE9;
      });
      if (!chinese) left += "\n      " + line;
    }
    expect(left.empty(), "its stories are told in Chinese, too" + left);
  }
  static bool par_is_possible(BadDay& day) {
    const std::vector<Moment> moments = moments_of(day);
    return std::all_of(day.strikes().begin(), day.strikes().end(), [&](const faults::Strike& strike) {
      return std::any_of(moments.begin(), moments.end(), [&](const Moment& moment) {
        return std::any_of(moment.blows.begin(), moment.blows.end(),
                           [&](const Blow& blow) { return blow.strike == strike; });
      });
    });
  }

  void texts() {
    for (const fs::path& file : {lesson_.naive, lesson_.half(), lesson_.fixed()}) {
      const std::string code = shown_code(file);
      const auto lines = static_cast<std::size_t>(std::count(code.begin(), code.end(), '\n'));
      expect(lines <= kMostLines,
             fmt::format("{} shows at most {} lines: {}", file.filename().string(), kMostLines, lines));
    }
    for (const Language language : kLanguages) {
      for (const Paragraphs& hint : lesson_.text(language).hints) {
        // A Chinese word has two characters, and no blank behind it.
        const auto words =
            language == Language::chinese
                ? reports::display_width(hint.body) / 4
                : static_cast<std::size_t>(std::count(hint.body.begin(), hint.body.end(), ' ')) + 1;
        expect(words <= kMostHintWords, fmt::format("{} hint \"{}\" has at most {} words: {}",
                                                    code_of(language), hint.head, kMostHintWords, words));
      }
    }
  }

  void the_fix(const AtTheSeam& fixed) {
    fixed_ = fixed;
    const bool survived = survives(fixed, bad_day_);
    expect(survived, "the fix survives the bad day " + said_);
    const Tally tally = seeds(fixed, order_.seeds);
    expect(tally.held(), fmt::format("the fix holds on {} others ({}) {}{}", reports::grouped(tally.played),
                                     reports::wall_text(tally.wall_ns), tally.first_breach, tally.mishap));
  }

  void the_half_fix(const AtTheSeam& half) {
    if (order_.renew) renew_part_two(order_.repertoire, lesson_, half.library, order_.seeds);
    const bool survived = survives(half, bad_day_);
    expect(survived, "the half-fix survives the bad day " + said_);
    const DayOutcome two = play(half, lesson_.part_two());
    expect(two.told.breaks && two.mishap.empty(),
           "part two breaks the half-fix: " + two.told.invariant + two.mishap);
    const auto lines =
        static_cast<std::size_t>(std::count(two.told.story.begin(), two.told.story.end(), '\n'));
    expect(lines <= kMostStoryLines,
           fmt::format("its story has at most {} lines: {}", kMostStoryLines, lines));
    if (fixed_) {
      const bool fix_survived = survives(*fixed_, lesson_.part_two());
      expect(fix_survived, "the fix survives part two " + said_);
    }
    const BadDay day_two(order_.repertoire.flows, lesson_.part_two());
    const BadDay day_one(order_.repertoire.flows, bad_day_);
    const auto& strikes = day_two.strikes();
    const bool by_it = std::any_of(strikes.begin(), strikes.end(), [&](const faults::Strike& strike) {
      return faults::info(strike.action).name == lesson_.new_fault && is_new(strike, day_one);
    });
    expect(by_it, "part two is a day with the new fault, " + lesson_.new_fault +
                      ", and nothing of that kind strikes there on the bad day");
  }
  // Of another kind; or another way of who fails, since a channel that keeps silent is not one that does nothing; or at another
  // place, since who dies before he asks is not who dies when he is asked.
  static bool is_new(const faults::Strike& strike, const BadDay& day_one) {
    return std::none_of(day_one.strikes().begin(), day_one.strikes().end(), [&](const faults::Strike& known) {
      if (known.action.index() != strike.action.index()) return false;
      const auto* way = std::get_if<faults::act::Take>(&strike.action);
      const auto* known_way = std::get_if<faults::act::Take>(&known.action);
      if (way != nullptr && known_way != nullptr) return way->way == known_way->way;
      return place_of(strike) == place_of(known);
    });
  }
  // What is done there, whoever it is done for: "before send ledger.on_order_paid".
  static std::string_view place_of(const faults::Strike& strike) {
    const std::string_view site = strike.site;
    const auto at = site.rfind(sim::kHopSeparator);
    return at == std::string_view::npos ? site : site.substr(at + sim::kHopSeparator.size());
  }

  void the_naive() {
    const std::string wanted = BadDay(order_.repertoire.flows, bad_day_).repro().expects.invariant;
    const Tally tally = seeds({lesson_.flaw, {}}, order_.seeds);
    const auto found = tally.by_invariant.find(wanted);
    const std::uint64_t times = found == tally.by_invariant.end() ? 0 : found->second;
    expect(times > 0, fmt::format("the naive design breaks {} on {} of {} others", wanted, times,
                                  reports::grouped(tally.played)));
  }

  void mutants() {
    expect(
        lesson_.mutants.size() >= kFewestMutants,
        fmt::format("at least {} mistakes in the fix are tried: {}", kFewestMutants, lesson_.mutants.size()));
    for (const LessonMutant& mutant : lesson_.mutants) {
      PlugInSource source = source_of(lesson_.fixed(), lesson_.makes);
      source.code.replace(source.code.find(mutant.replace), mutant.replace.size(), mutant.by);
      const auto who = compiled(source);
      if (!who) {
        expect(false, mutant.name + ": does not compile:\n" + said_);
        continue;
      }
      const bool noticed = is_noticed(*who);
      expect(noticed, "a mistake is noticed: " + mutant.name + " (" + said_ + ")");
    }
  }
  bool is_noticed(const AtTheSeam& who) {
    if (!survives(who, bad_day_)) return said_ = "the bad day, " + said_, true;
    if (!survives(who, lesson_.part_two())) return said_ = "part two, " + said_, true;
    const Tally tally = seeds(who, std::max<std::uint64_t>(order_.seeds, 1'000));
    said_ = tally.held() ? "by nothing"
                         : fmt::format("{} of {} others, {}{}", tally.broken, tally.played,
                                       tally.first_breach, tally.mishap);
    return !tally.held();
  }

  const LessonsCheck& order_;
  const Lesson& lesson_;
  fs::path bad_day_;
  std::string said_;
  std::optional<AtTheSeam> fixed_;
  bool good_ = true;
};

}  // namespace

ExitCode check_lessons(const LessonsCheck& order) {
  std::vector<Lesson> lessons;
  if (order.lesson.empty()) {
    lessons = all_lessons(order.repertoire);
  } else {
    lessons.push_back(lesson_named(order.repertoire, order.lesson));
  }
  std::vector<std::string> bad;
  for (const Lesson& lesson : lessons) {
    if (!LessonCheck(order, lesson).run()) bad.push_back(lesson.name);
  }
  if (lessons.empty()) return ExitCode::nothing_ran;
  print(fmt::format("{} of {} lessons teach what they say\n", lessons.size() - bad.size(), lessons.size()));
  return bad.empty() ? ExitCode::ok : ExitCode::expectation;
}

}  // namespace ordeal::cli

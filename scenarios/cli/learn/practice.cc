#include "scenarios/cli/learn/practice.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>

#include "reports/words.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/learn/compiler.h"
#include "scenarios/cli/learn/lesson_pages.h"
#include "scenarios/cli/learn/phrases.h"
#include "scenarios/cli/learn/progress.h"
#include "scenarios/cli/learn/worlds.h"
#include "scenarios/cli/output.h"

namespace ordeal::cli {

using play::ExitCode;
namespace fs = std::filesystem;

namespace {

using Sort = Screen::Sort;
using Json = nlohmann::ordered_json;

fs::path file_of(const PracticeOrder& order) { return order.home / "practice" / (order.lesson.name + ".cc"); }

// True when it was made just now.
bool make_file(const PracticeOrder& order) {
  const fs::path file = file_of(order);
  std::error_code error;
  if (fs::exists(file, error)) return false;
  fs::create_directories(file.parent_path(), error);
  write_whole(file, fmt::format("// Lesson {}: yours to change. `ordeal learn {} --practice` plays it.\n"
                                "// What it has to keep to: {}. The name of the last function stays.\n//\n{}",
                                order.lesson.name, order.lesson.name, order.lesson.interface,
                                play::read_text_file(order.lesson.naive)));
  return true;
}

class Practice {
 public:
  Practice(const PracticeOrder& order, Screen& screen) : order_(order), screen_(screen) {
    add(Phrase::stage_compiles, 0);
    add(Phrase::stage_calm, 0);
    add(Phrase::stage_bad_day, 1);
    add(Phrase::stage_part_two, 1);
    const std::uint64_t hundred = std::min<std::uint64_t>(100, order.seeds);
    add(Phrase::stage_seeds, hundred);
    if (order.seeds > hundred) add(Phrase::stage_seeds, order.seeds);
  }

  ExitCode run() {
    if (compiles()) play();
    for (const Stage& stage : stages_) show(stage);
    const auto open =
        std::find_if(stages_.begin(), stages_.end(), [](const Stage& stage) { return !stage.passed; });
    passed_ = static_cast<std::size_t>(open - stages_.begin());
    screen_.blank();
    if (open == stages_.end()) {
      screen_.prose(say(Phrase::all_passed, order_.language, stages_.size()));
    } else {
      screen_.prose(say(Phrase::next_stage, order_.language, open->name));
    }
    return guest_broke_ ? ExitCode::guest : open == stages_.end() ? ExitCode::ok : ExitCode::safety;
  }

  std::size_t passed() const { return passed_; }
  Json json(ExitCode code) const {
    Json tests = Json::array();
    for (const Stage& stage : stages_)
      tests.push_back({{"name", stage.name},
                       {"status", stage.passed  ? "pass"
                                  : stage.tried ? "fail"
                                                : "error"},
                       {"message", stage.detail},
                       {"days", stage.k}});
    Json pass_k = Json::object();
    for (const Stage& stage : stages_)
      if (stage.k > 0)
        pass_k[std::to_string(stage.k)] = pass_k.value(std::to_string(stage.k), true) && stage.passed;
    // "version", "status" and "tests" are as Exercism's results.json has them, so that its readers can read this.
    return {{"schema", "ordeal/grade/1"},
            {"version", 3},
            {"engine", kEngine},
            {"lesson", order_.lesson.name},
            {"status", code == ExitCode::ok ? "pass"
                       : guest_broke_       ? "error"
                                            : "fail"},
            {"message", message_},
            {"passed", passed_},
            {"of", stages_.size()},
            {"pass_k", pass_k},
            {"tests", tests},
            {"exit_code", static_cast<int>(code)}};
  }

 private:
  void add(Phrase phrase, std::uint64_t k) {
    Stage stage;
    stage.name = say(phrase, order_.language, reports::grouped(k));
    stage.k = k;
    stages_.push_back(std::move(stage));
  }

  void show(const Stage& stage) {
    const std::string verdict =
        say(stage.passed ? Phrase::passed : Phrase::failed, order_.language, stage.name);
    const std::string detail = stage.detail.empty() ? "" : " (" + stage.detail + ")";
    screen_.say(stage.passed ? Sort::good : stage.tried ? Sort::bad : Sort::remark, verdict + detail);
  }

  bool compiles() {
    Stage& stage = stages_[0];
    stage.tried = true;
    try {
      who_ = {order_.lesson.flaw, compile(source_of(file_of(order_), order_.lesson.makes), order_.kept)};
      stage.passed = true;
    } catch (const NotCompiled& error) {
      guest_broke_ = true;
      message_ = error.what();
      screen_.say(Sort::bad, say(Phrase::not_compiled, order_.language));
      screen_.lines(message_);  // unbroken: editors jump to what it names
      screen_.blank();
      screen_.prose(say(Phrase::interface_in, order_.language, order_.lesson.interface));
      screen_.blank();
    }
    return stage.passed;
  }

  void play() {
    const fs::path bad_day = bad_day_of(order_.repertoire, order_.lesson);
    if (!day(stages_[1], bad_day, true)) return;
    if (!day(stages_[2], bad_day, false)) return;
    if (!day(stages_[3], order_.lesson.part_two(), false)) return;
    for (std::size_t i = 4; i < stages_.size(); ++i) {
      if (!seeds(stages_[i])) return;
    }
  }

  bool day(Stage& stage, const fs::path& repro, bool calm) {
    stage.tried = true;
    const DayOutcome outcome = play_day(order_.repertoire, who_, repro, screen_.page(), calm);
    if (!outcome.mishap.empty()) return broke_down(stage, outcome.mishap);
    stage.passed = outcome.told.invariant.empty();
    stage.detail = outcome.told.invariant;
    if (!stage.passed) {
      screen_.lines(outcome.told.story);
      screen_.blank();
      message_ = outcome.told.story;
    }
    return stage.passed;
  }

  bool seeds(Stage& stage) {
    stage.tried = true;
    const Tally tally =
        play_seeds(order_.repertoire, who_,
                   {order_.lesson.scenario, hidden_seeds(order_.lesson, stage.k), usable_cores()});
    if (!tally.mishap.empty()) return broke_down(stage, tally.mishap);
    stage.passed = tally.held();
    stage.detail = stage.passed
                       ? reports::wall_text(tally.wall_ns)
                       : say(Phrase::others_broken, order_.language, reports::grouped(tally.played),
                             reports::grouped(tally.broken), *tally.first_broken, tally.first_breach);
    if (!stage.passed) {
      message_ = stage.detail;
      tell(*tally.first_broken);
    }
    return stage.passed;
  }

  // Nobody can replay a hidden day with his own code in it, so its story is told here.
  void tell(std::uint64_t seed) {
    const DayOutcome outcome =
        play_seed(order_.repertoire, who_, order_.lesson.scenario, seed, screen_.page());
    if (!outcome.mishap.empty()) return;
    screen_.say(Sort::remark, say(Phrase::first_hidden, order_.language));
    screen_.lines(outcome.told.story);
    screen_.blank();
    message_ += "\n" + outcome.told.story;
  }

  bool broke_down(Stage& stage, const std::string& mishap) {
    guest_broke_ = true;
    message_ = stage.detail = say(Phrase::mishap, order_.language, mishap);
    return false;
  }

  const PracticeOrder& order_;
  Screen& screen_;
  std::vector<Stage> stages_;
  AtTheSeam who_;
  std::string message_;
  std::size_t passed_ = 0;
  bool guest_broke_ = false;
};

ExitCode run_once(const PracticeOrder& order, Screen& screen) {
  Practice practice(order, screen);
  const ExitCode code = practice.run();
  LearnProgress(order.home / "learn.json")
      .note(order.lesson.name, {false, 0, static_cast<std::int64_t>(practice.passed())});
  if (!order.grade.empty())
    write_whole(order.grade, practice.json(code).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  return code;
}

void say_which(const PracticeOrder& order, bool fresh, Screen& screen) {
  const Phrase which = fresh ? Phrase::practice_file : Phrase::practice_kept;
  screen.heading(order.lesson.text(order.language).title);
  screen.prose(say(which, order.language, file_of(order).string()) + "\n" +
               say(Phrase::practice_how, order.language));
  screen.blank();
}

}  // namespace

ExitCode practice_once(const PracticeOrder& order, Screen& screen) {
  say_which(order, make_file(order), screen);
  return run_once(order, screen);
}

ExitCode watch_practice(const PracticeOrder& order, Screen& screen) {
  constexpr int kLookMs = 200;
  const Interrupts interrupts;
  say_which(order, make_file(order), screen);
  fs::file_time_type seen{};
  ExitCode code = ExitCode::ok;
  while (Interrupts::count() == 0) {
    std::error_code error;
    const fs::file_time_type now = fs::last_write_time(file_of(order), error);
    if (!error && now != seen) {
      seen = now;
      code = run_once(order, screen);
      screen.say(Sort::remark, say(Phrase::watching, order.language, file_of(order).string()));
    }
    ::poll(nullptr, 0, kLookMs);
  }
  return code;
}

ExitCode show_hint(const PracticeOrder& order, std::uint64_t level, Screen& screen) {
  const std::vector<Paragraphs>& hints = order.lesson.text(order.language).hints;
  const Paragraphs& hint = hints[level - 1];
  screen.prose(say(Phrase::hint_level, order.language, level, hints.size(), hint.head));
  screen.blank();
  screen.prose(hint.body);
  return ExitCode::ok;
}

}  // namespace ordeal::cli

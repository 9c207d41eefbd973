#include "scenarios/cli/learn/lesson_pages.h"

#include <algorithm>

#include "core/base/digest.h"
#include "reports/words.h"
#include "scenarios/cli/learn/compiler.h"
#include "scenarios/cli/learn/phrases.h"
#include "scenarios/cli/output.h"

namespace ordeal::cli {
namespace {

using Sort = Screen::Sort;

class Pages {
 public:
  Pages(const LessonOrder& order, Screen& screen)
      : order_(order),
        lesson_(order.lesson),
        text_(order.lesson.text(order.language)),
        screen_(screen),
        day_(order.repertoire.flows, bad_day_of(order.repertoire, order.lesson)) {}

  GameResult play() {
    GameResult result;
    result.par = day_.strikes().size();
    if (!order_.show) {
      question();
      naive();
      result = game();
      if (result.end == GameResult::End::left) return result;
    }
    if (order_.show) naive();
    bad_day(!result.seen);
    fixed();
    part_two();
    what_next();
    return result;
  }

 private:
  template <class... Values>
  std::string say(Phrase phrase, const Values&... values) const {
    return cli::say(phrase, order_.language, values...);
  }
  void turn_page() {
    screen_.blank();
    screen_.pause(say(Phrase::go_on));
  }

  void question() {
    screen_.heading(text_.title);
    screen_.prose(text_.question);
    turn_page();
  }

  void naive() {
    screen_.heading(say(Phrase::naive));
    screen_.prose(text_.naive);
    screen_.blank();
    screen_.block(shown_code(lesson_.naive));
    screen_.blank();
    screen_.prose(say(Phrase::claim, text_.claim));
    turn_page();
  }

  GameResult game() {
    screen_.heading(say(Phrase::be_the_bad_day));
    screen_.say(Sort::remark, say(Phrase::calm_day));
    screen_.lines(day_.play({}, screen_.page()).story);
    screen_.blank();
    return play_bad_day(day_, day_.repro().expects.invariant, order_.language, screen_);
  }

  // `story`: not where the learner has just seen it.
  void bad_day(bool story) {
    screen_.heading(say(Phrase::bad_day));
    const DayTold told = day_.play(day_.strikes(), screen_.page());
    if (story) {
      screen_.lines(told.story);
      screen_.blank();
    }
    screen_.say(Sort::bad, promise_of(day_.repro().expects.invariant));
    screen_.blank();
    screen_.say(Sort::remark, say(Phrase::but_for));
    const BadDay::ButFor but_for = day_.but_for();
    for (const BadDay::ButFor::Row& row : but_for.rows)
      screen_.block(
          say(row.still_breaks ? Phrase::not_needed : Phrase::needed, screen_.translated(row.words)));
    screen_.block(say(Phrase::needed_messages, but_for.messages, but_for.needed_messages));
    screen_.blank();
    screen_.prose(text_.lesson);
    turn_page();
  }

  // "I-10 no-oversell: what the law promises".
  std::string promise_of(const std::string& invariant) const {
    const play::LawRow* law = order_.repertoire.flows.law(invariant);
    return law == nullptr ? invariant : invariant + ": " + screen_.translated(law->promise);
  }

  std::filesystem::path compiled(const std::filesystem::path& file) {
    return compile(source_of(file, lesson_.makes), order_.kept);
  }

  // What a day comes to with this code; its story only where it is asked for.
  void day_with(const AtTheSeam& who, const std::filesystem::path& repro, bool story, Phrase held) {
    const DayOutcome outcome = play_day(order_.repertoire, who, repro, screen_.page());
    if (!outcome.mishap.empty()) return screen_.say(Sort::bad, say(Phrase::mishap, outcome.mishap));
    if (story) screen_.lines(outcome.told.story);
    if (outcome.told.invariant.empty()) return screen_.say(Sort::good, say(held));
    screen_.say(Sort::bad, say(Phrase::same_day_broken, outcome.told.invariant));
  }

  void fixed() {
    screen_.heading(say(Phrase::fixed));
    screen_.prose(text_.fixed);
    screen_.blank();
    screen_.block(shown_code(lesson_.fixed()));
    screen_.blank();
    fixed_ = {lesson_.flaw, compiled(lesson_.fixed())};
    day_with(fixed_, bad_day_of(order_.repertoire, lesson_), false, Phrase::same_day_held);
    others();
    turn_page();
  }

  void others() {
    screen_.say(Sort::remark, say(Phrase::others_playing, reports::grouped(order_.seeds)));
    const SeedsOrder seeds{lesson_.scenario, hidden_seeds(lesson_, order_.seeds), usable_cores()};
    const Tally tally = play_seeds(order_.repertoire, fixed_, seeds);
    const auto rate = static_cast<std::uint64_t>(reports::per_second(tally.played, tally.wall_ns));
    if (tally.held()) {
      screen_.say(Sort::good, say(Phrase::others_held, reports::grouped(tally.played),
                                  reports::wall_text(tally.wall_ns), reports::grouped(rate)));
    } else {
      screen_.say(Sort::bad, say(Phrase::others_broken, tally.played, tally.broken,
                                 tally.first_broken.value_or(0), tally.first_breach + tally.mishap));
    }
    const SeedsOrder fewer{lesson_.scenario,
                           hidden_seeds(lesson_, std::max<std::uint64_t>(order_.seeds / 10, 1)),
                           usable_cores()};
    const Tally naive = play_seeds(order_.repertoire, {lesson_.flaw, {}}, fewer);
    screen_.say(Sort::remark, say(Phrase::naive_would, naive.broken, reports::grouped(naive.played)));
  }

  void part_two() {
    screen_.heading(say(Phrase::part_two));
    screen_.prose(text_.half);
    screen_.blank();
    screen_.block(shown_code(lesson_.half()));
    screen_.blank();
    const AtTheSeam half{lesson_.flaw, compiled(lesson_.half())};
    day_with(half, bad_day_of(order_.repertoire, lesson_), false, Phrase::half_other);
    screen_.blank();
    screen_.say(Sort::remark, say(Phrase::half_day));
    day_with(half, lesson_.part_two(), true, Phrase::same_day_held);
    screen_.blank();
    screen_.prose(text_.part_two);
    screen_.blank();
    day_with(fixed_, lesson_.part_two(), false, Phrase::fixed_day_two);
    turn_page();
  }

  void what_next() {
    screen_.heading(say(Phrase::follow_ups));
    bool first = true;
    for (const Paragraphs& one : text_.follow_ups) {
      if (!first) screen_.blank();
      first = false;
      screen_.prose("**" + one.head + "**");
      screen_.prose(one.body);
    }
    screen_.blank();
    std::string points;
    for (const std::string& point : lesson_.points) points += (points.empty() ? "" : ", ") + point;
    screen_.prose(say(Phrase::read_on, points));
    screen_.blank();
    screen_.prose(say(Phrase::done, text_.title, program_name(), lesson_.name));
    if (!order_.next.empty()) screen_.prose(say(Phrase::next, program_name() + " learn " + order_.next));
  }

  const LessonOrder& order_;
  const Lesson& lesson_;
  const LessonText& text_;
  Screen& screen_;
  BadDay day_;
  AtTheSeam fixed_;
};

}  // namespace

SeedRange hidden_seeds(const Lesson& lesson, std::uint64_t count) {
  Digest digest;
  digest.add(std::string_view(lesson.name));
  const std::uint64_t first = 1'000'000 + digest.value() % 1'000'000'000;
  return {first, first + count - 1};
}

GameResult play_lesson(const LessonOrder& order, Screen& screen) { return Pages(order, screen).play(); }

}  // namespace ordeal::cli

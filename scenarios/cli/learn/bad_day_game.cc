#include "scenarios/cli/learn/bad_day_game.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

#include "reports/words.h"
#include "scenarios/cli/learn/phrases.h"

namespace ordeal::cli {
namespace {

class Game {
 public:
  Game(BadDay& day, const std::string& promise, Language language, Screen& screen)
      : day_(day), promise_(promise), language_(language), screen_(screen), moments_(moments_of(day)) {
    result_.par = day.strikes().size();
  }

  GameResult play() {
    show_moments();
    screen_.blank();
    screen_.prose(say(Phrase::how_to_play, language_, result_.par));
    while (!over_) {
      screen_.blank();
      const auto typed = screen_.ask(say(Phrase::prompt, language_));
      if (!typed) return ended(GameResult::End::shown);
      answer(*typed);
    }
    return result_;
  }

 private:
  GameResult ended(GameResult::End end) {
    result_.end = end;
    over_ = true;
    return result_;
  }

  void answer(const std::string& typed) {
    if (typed == "q") return void(ended(GameResult::End::left));
    if (typed == "s") return void(ended(GameResult::End::shown));
    if (typed == "h") return hint();
    if (typed == "u") return take_back();
    if (typed == "m") return show_moments();
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (error != std::errc())
      return screen_.say(Screen::Sort::remark, say(Phrase::nothing_chosen, language_));
    if (number < 1 || number > moments_.size())
      return screen_.say(Screen::Sort::remark,
                         say(Phrase::no_such_moment, language_, number, moments_.size()));
    const std::string letter(end, typed.data() + typed.size());
    if (letter.empty()) return show_blows(number);
    choose(number, letter);
  }

  void show_moments() {
    screen_.say(Screen::Sort::remark, say(Phrase::moments, language_));
    for (std::size_t i = 0; i < moments_.size(); ++i)
      screen_.block(fmt::format("{:>2}  {}  {}", i + 1, reports::story_clock(moments_[i].at_ns),
                                screen_.translated(moments_[i].words)));
  }

  void show_blows(std::size_t number) {
    const Moment& moment = moments_[number - 1];
    screen_.say(Screen::Sort::remark,
                say(Phrase::can_happen, language_, number, screen_.translated(moment.words)));
    for (std::size_t i = 0; i < moment.blows.size(); ++i)
      screen_.block(fmt::format("{}{}  {}", number, letter_of(i), screen_.translated(moment.blows[i].words)));
  }

  static char letter_of(std::size_t index) { return static_cast<char>('a' + index); }

  void choose(std::size_t number, const std::string& letter) {
    const Moment& moment = moments_[number - 1];
    const auto index = static_cast<std::size_t>(std::tolower(static_cast<unsigned char>(letter[0])) - 'a');
    if (letter.size() != 1 || index >= moment.blows.size())
      return screen_.say(Screen::Sort::remark, say(Phrase::no_such_blow, language_, number, letter,
                                                   letter_of(moment.blows.size() - 1)));
    ++result_.strokes;
    chosen_.push_back(moment.blows[index]);
    screen_.say(Screen::Sort::remark,
                say(Phrase::struck, language_, screen_.translated(chosen_.back().words)));
    if (chosen_.size() > 1) tell_those_before();
    const DayTold told = replay();
    screen_.lines(told.story);
    if (told.breaks) {
      screen_.say(Screen::Sort::bad, say(Phrase::broken_by_you, language_, promise_));
      const Phrase how = result_.strokes <= result_.par ? Phrase::at_par : Phrase::over_par;
      screen_.say(Screen::Sort::remark, say(how, language_, result_.strokes, result_.par));
      result_.seen = missing().empty() && chosen_.size() == day_.strikes().size();
      ended(GameResult::End::broken);
    } else if (!told.invariant.empty()) {
      screen_.say(Screen::Sort::remark, say(Phrase::other_promise, language_, told.invariant));
    } else {
      screen_.say(Screen::Sort::good, say(Phrase::still_holds, language_));
    }
    if (!told.breaks) tell_how_near(number - 1, moment.blows[index]);
  }

  // A stroke that shares the moment, or what happens, with one of the bad day.
  void tell_how_near(std::size_t number, const Blow& chosen) {
    for (const faults::Strike& strike : missing()) {
      const auto wanted = place_of(strike);
      if (!wanted) continue;
      const auto& [moment, blow] = *wanted;
      if (moment == number) return say_near(Phrase::near_moment);
      if (moments_[moment].blows[blow].words == chosen.words)
        return say_near(moment > number ? Phrase::near_later : Phrase::near_earlier);
    }
  }
  void say_near(Phrase phrase) { screen_.say(Screen::Sort::remark, say(phrase, language_)); }

  // What strikes on the bad day and was not chosen yet.
  std::vector<faults::Strike> missing() const {
    std::vector<faults::Strike> strikes;
    for (const faults::Strike& strike : day_.strikes()) {
      const bool there = std::any_of(chosen_.begin(), chosen_.end(),
                                     [&](const Blow& blow) { return blow.strike == strike; });
      if (!there) strikes.push_back(strike);
    }
    return strikes;
  }

  // Where it can be chosen: moment and blow, from 0.
  std::optional<std::pair<std::size_t, std::size_t>> place_of(const faults::Strike& strike) const {
    for (std::size_t i = 0; i < moments_.size(); ++i) {
      const auto& blows = moments_[i].blows;
      const auto found =
          std::find_if(blows.begin(), blows.end(), [&](const Blow& blow) { return blow.strike == strike; });
      if (found != blows.end()) return std::pair(i, static_cast<std::size_t>(found - blows.begin()));
    }
    return std::nullopt;
  }

  // What was chosen stays until it is taken back.
  void tell_those_before() {
    std::string before;
    for (std::size_t i = 0; i + 1 < chosen_.size(); ++i)
      before += (before.empty() ? "" : "; ") + screen_.translated(chosen_[i].words);
    screen_.say(Screen::Sort::remark, say(Phrase::with_before, language_, before));
  }

  DayTold replay() {
    std::vector<faults::Strike> strikes;
    for (const Blow& blow : chosen_) {
      if (std::find(strikes.begin(), strikes.end(), blow.strike) == strikes.end())
        strikes.push_back(blow.strike);
    }
    return day_.play(strikes, screen_.page());
  }

  void take_back() {
    if (chosen_.empty()) return screen_.say(Screen::Sort::remark, say(Phrase::nothing_to_undo, language_));
    screen_.say(Screen::Sort::remark,
                say(Phrase::taken_back, language_, screen_.translated(chosen_.back().words)));
    chosen_.pop_back();
  }

  // First where, then what, of each strike that is still missing.
  void hint() {
    for (const faults::Strike& strike : missing()) {
      if (std::count(told_.begin(), told_.end(), strike) > 1) continue;  // where, and what: there is no more
      ++result_.strokes;
      return tell(strike);
    }
    screen_.say(Screen::Sort::remark, say(Phrase::no_more_hints, language_));
  }
  void tell(const faults::Strike& strike) {
    const auto place = place_of(strike);
    if (!place) return;
    const auto& [moment, blow] = *place;
    const bool first = std::find(told_.begin(), told_.end(), strike) == told_.end();
    told_.push_back(strike);
    const std::string key = fmt::format("{}{}", moment + 1, letter_of(blow));
    const Moment& there = moments_[moment];
    screen_.say(Screen::Sort::remark,
                first ? say(Phrase::hint_moment, language_, moment + 1, screen_.translated(there.words))
                      : say(Phrase::hint_blow, language_, moment + 1,
                            screen_.translated(there.blows[blow].words), key));
  }

  BadDay& day_;
  const std::string& promise_;
  Language language_;
  Screen& screen_;
  std::vector<Moment> moments_;
  std::vector<Blow> chosen_;
  std::vector<faults::Strike> told_;  // in hints
  GameResult result_;
  bool over_ = false;
};

}  // namespace

GameResult play_bad_day(BadDay& day, const std::string& promise, Language language, Screen& screen) {
  return Game(day, promise, language, screen).play();
}

}  // namespace ordeal::cli

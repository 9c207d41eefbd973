// Be the bad day: the learner chooses what happens at which moment of a calm day, and sees what comes of it. Each choice is a
// stroke, each hint, too; par is what the shrinker needs.
#pragma once

#include <cstddef>

#include "scenarios/cli/learn/lesson.h"
#include "scenarios/cli/learn/moments.h"
#include "scenarios/cli/learn/screen.h"

namespace ordeal::cli {

struct GameResult {
  enum class End : std::uint8_t { broken, shown, left };
  End end = End::shown;
  std::size_t strokes = 0;
  std::size_t par = 0;
  bool seen = false;  // it was broken as on the bad day, and so its story was told
};

// `promise`: what the bad day breaks. Ends when it is broken, when the learner wants to be shown or to leave, and at the
// end of the input, which is as if he wanted to be shown.
GameResult play_bad_day(BadDay& day, const std::string& promise, Language language, Screen& screen);

}  // namespace ordeal::cli

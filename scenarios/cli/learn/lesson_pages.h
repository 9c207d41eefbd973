// A lesson as it is played, page by page: the question, the naive design, the game, the bad day, the design that holds, part
// two, and what is asked next.
#pragma once

#include <cstdint>
#include <filesystem>

#include "scenarios/cli/learn/bad_day.h"
#include "scenarios/cli/learn/bad_day_game.h"
#include "scenarios/cli/learn/lesson.h"
#include "scenarios/cli/learn/screen.h"
#include "scenarios/cli/learn/worlds.h"

namespace ordeal::cli {

struct LessonOrder {
  const Repertoire& repertoire;
  const Lesson& lesson;
  Language language;
  std::filesystem::path kept;  // plug-ins
  bool show = false;           // straight to the bad day
  std::uint64_t seeds = 10'000;
  std::string next;  // the name of the lesson behind it; empty: this is the last
};

// Other days than those that anybody has seen in a repro: the same for everybody, others for each lesson.
SeedRange hidden_seeds(const Lesson& lesson, std::uint64_t count);

// Prints all of it. NotCompiled and BadInput where the lesson itself is broken.
GameResult play_lesson(const LessonOrder& order, Screen& screen);

}  // namespace ordeal::cli

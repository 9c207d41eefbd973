// Practice: the learner changes a small C++ file, the naive design at first, until it gets through every stage. Only that file
// is compiled; what it does runs in a cage. Everybody meets the same days.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/cli/learn/lesson.h"
#include "scenarios/cli/learn/screen.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

struct PracticeOrder {
  const Repertoire& repertoire;
  const Lesson& lesson;
  Language language;
  std::filesystem::path home;   // the file is HOME/practice/LESSON.cc
  std::filesystem::path kept;   // plug-ins
  std::filesystem::path grade;  // where the result goes as JSON; empty: nowhere
  std::uint64_t seeds = 10'000;
};

// Something to get through. The last ones are the same days and more of them: pass on every one of k.
struct Stage {
  std::string name;
  bool tried = false;
  bool passed = false;
  std::string detail;   // what was broken, or how long it took
  std::uint64_t k = 0;  // days; 0: none
};

// Exit code 0 when every stage is passed, 1 when a promise is broken, 7 when the code does not compile or does not get
// through a day. Notes the progress. IoError for a result that cannot be written.
play::ExitCode practice_once(const PracticeOrder& order, Screen& screen);
// The same again on each save, until it is interrupted.
play::ExitCode watch_practice(const PracticeOrder& order, Screen& screen);
play::ExitCode show_hint(const PracticeOrder& order, std::uint64_t level, Screen& screen);

}  // namespace ordeal::cli

// `ordeal learn --check`: does a lesson teach what it says? The naive design must fail for the named reason and only on a bad
// day, the fixed one must survive everything, part two must break the half-fix and not the fix, mistakes in the fix must be
// noticed, and all of it must be short enough to be read and fast enough to be played.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "scenarios/cli/repertoire.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

struct LessonsCheck {
  const Repertoire& repertoire;
  std::string lesson;          // empty: all
  std::filesystem::path kept;  // plug-ins
  std::uint64_t seeds = 1'000;
  bool renew = false;  // find the days of part two anew, and keep them
};

// Prints what was looked at. Exit code 6 when a lesson does not keep what it says.
play::ExitCode check_lessons(const LessonsCheck& order);

}  // namespace ordeal::cli

// The day of part two: found by hunting with the half-fix in the flaw's place, and made small.
#pragma once

#include <cstdint>
#include <filesystem>

#include "scenarios/cli/learn/lesson.h"

namespace ordeal::cli {

// Writes lesson.part_two(): of the first few worlds that fail with the new fault the one with the shortest story. Leaves what
// is there when none of so many seeds does. The half-fix runs in this process: it is the author's own.
void renew_part_two(const Repertoire& repertoire, const Lesson& lesson, const std::filesystem::path& half,
                    std::uint64_t seeds);

}  // namespace ordeal::cli

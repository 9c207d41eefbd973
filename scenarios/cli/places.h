// Where the program finds what comes with it: in the tree that it was built from.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/play/flows.h"

namespace ordeal::cli {

// The folder of scenario files of each flow.
std::vector<std::filesystem::path> default_shelves(const play::Flows& flows);
// The repros that are kept (tests/regressions).
std::filesystem::path default_corpus();
// The folder of lessons of each flow.
std::vector<std::filesystem::path> default_lessons(const play::Flows& flows);
// The tree itself, and what compiled it.
std::filesystem::path sources();
std::string compiler_path();
std::string compiler_flags();

}  // namespace ordeal::cli

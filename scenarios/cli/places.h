// Where the program finds what comes with it: in the tree that it was built from.
#pragma once

#include <filesystem>
#include <vector>

#include "scenarios/play/flows.h"

namespace ordeal::cli {

// The folder of scenario files of each flow.
std::vector<std::filesystem::path> default_shelves(const play::Flows& flows);
// The repros that are kept (tests/regressions).
std::filesystem::path default_corpus();

}  // namespace ordeal::cli

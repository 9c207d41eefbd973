// Where the program finds what comes with it.
#pragma once

#include <string>

namespace ordeal::cli {

// The folder of scenario files in the tree that this program was built from.
std::string default_scenarios_dir();

}  // namespace ordeal::cli

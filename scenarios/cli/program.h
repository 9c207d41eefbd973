// The program: parses the command line, runs a verb, turns every error into words and an exit code (design
// section 9). What was mistyped gets the nearest right word; nothing is abbreviated.
#pragma once

#include <string>
#include <vector>

#include "scenarios/cli/repertoire.h"

namespace ordeal::cli {

// `arguments` without the program's own name.
int run_program(const Repertoire& repertoire, const std::vector<std::string>& arguments);

}  // namespace ordeal::cli

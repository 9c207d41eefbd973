// What the build files and the scripts ask of the machine, held against packages.txt. This is read from what they say, not
// tried on the machine at hand, which may have more than the list gives.
//
// Read are: find_package, find_library, find_program and programs in COMMAND (CMake files), the generator and compilers
// (presets), commands (shell scripts), imported modules (Python scripts). Not seen: a command whose name is put together
// at run time, and what a test program starts. Which package brings what is a table in rules.h.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/checks.h"

namespace ordeal::tidy {

// One thing that must be there before a file can do its work.
struct Need {
  int line = 0;
  std::string what;       // by the name the file uses: "fmt", "boost_context", "python3"
  bool optional = false;  // the file does without it: a find_… that is not REQUIRED
  bool of_tests = false;  // asked for when a test runs, not when the build is configured or made
};

// Package name → section, as packages.txt has them.
std::map<std::string, std::string> read_packages(std::string_view text);

// What a file asks for, in the order of its lines. The kind of file is known by its path.
std::vector<Need> needs_of(std::string_view path, std::string_view text);

// The commands that a shell script calls by a bare name, with their lines: no keyword, builtin or function of its own.
std::vector<Need> shell_commands(std::string_view text);

// A finding for each need that no table row knows, whose package is not listed, or is listed in a section that is not
// installed when the need arises.
std::vector<Finding> check_needs(std::string_view path, std::string_view text,
                                 const std::map<std::string, std::string>& packages);

}  // namespace ordeal::tidy

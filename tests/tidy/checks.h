// Tidy: reads source files as text and says where they break the house's rules.
//
// A file is judged by its path (from the repository root, with '/') and its text alone; nothing is looked up
// on disk, so that every check can be tested on a snippet. The rules themselves are data, in rules.h. A
// finding names its rule by a short stable word ("arrow", "banned-name"), which the tests of the checks rely
// on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ordeal::tidy {

struct Finding {
  std::string path;
  int line = 0;  // from 1; 0 when the file as a whole is meant
  std::string rule;
  std::string why;
};

// "path:line: [rule] why".
std::string to_string(const Finding& finding);

// The part of the house that a path belongs to: "core/base", "core/order", "sim", "sim/disk",
// "scenarios/cli", "tests", … Empty when it belongs to none.
std::string part_of(std::string_view path);

// The text with comments blanked and the contents of string and character literals blanked: same length, same
// lines.
std::string code_only(std::string_view text);

// Every finding in one file, in the order of the rules, then of the lines.
std::vector<Finding> check_file(std::string_view path, std::string_view text);

}  // namespace ordeal::tidy

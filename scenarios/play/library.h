// The scenarios that ship with the program: files/{smoke,daily,deep,negative}/NAME.json under one directory.
// A scenario is asked for by its name or by the path of its file (anything with a slash or ".json" at its
// end).
//
// Fails with BadInput: not found (66) with the nearest names, I/O (74) for a file that cannot be read, bad
// data (65) from the loader and for a shipped file that is not named as the scenario in it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/play/scenario.h"

namespace ordeal::scenarios {

struct ShelfMark {
  std::string name;
  std::string set;  // "smoke", "daily", "deep", "negative"
  std::filesystem::path path;
};

class Library {
 public:
  // `root` holds the sets.
  explicit Library(std::filesystem::path root) : root_(std::move(root)) {}

  // By set, then by name. An empty library is a wrong directory: BadInput.
  std::vector<ShelfMark> list() const;
  Scenario load(std::string_view what) const;

 private:
  std::filesystem::path root_;
};

// The whole file. BadInput: 66 when it is not there, 74 when it cannot be read.
std::string read_text_file(const std::filesystem::path& path);

}  // namespace ordeal::scenarios

// The scenarios that ship with the program: {smoke,daily,deep,negative}/NAME.json on the shelf of each flow
// (scenarios/flows/FLOW/scenarios). A scenario is asked for by its name or by the path of its file (anything with a slash
// or ".json" at its end).
//
// Fails with BadInput: not found (66) with the nearest names, I/O (74) for a file that cannot be read, bad
// data (65) from the loader and for a shipped file that is not named as the scenario in it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/play/flows.h"

namespace ordeal::play {

struct ShelfMark {
  std::string name;
  std::string set;  // "smoke", "daily", "deep", "negative"
  std::filesystem::path path;
};

class Library {
 public:
  // A shelf holds the sets.
  Library(const Flows& flows, std::vector<std::filesystem::path> shelves)
      : flows_(flows), shelves_(std::move(shelves)) {}

  const Flows& flows() const { return flows_; }

  // By set, then by name. An empty library is a wrong directory: BadInput.
  std::vector<ShelfMark> list() const;
  Scenario load(std::string_view what) const;

 private:
  const Flows& flows_;
  std::vector<std::filesystem::path> shelves_;
};

// The whole of a file or pipe. BadInput: 66 when it is not there, 74 when it cannot be read, is something else (a directory,
// a device, a pipe with a name), 65 when it is longer than anything we write.
std::string read_text_file(const std::filesystem::path& path);

}  // namespace ordeal::play

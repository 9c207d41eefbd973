// What a program can play: its flows, where their scenarios lie, and the repros it keeps. The command line is handed one
// and knows no flow by name; a test builds a program of its own with other flows.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/play/library.h"

namespace ordeal::cli {

struct Repertoire {
  const play::Flows& flows;
  std::vector<std::filesystem::path> shelves;    // scenarios/play/library.h
  std::filesystem::path corpus;                  // repros that a hunt of their scenario plays first
  std::vector<std::filesystem::path> lessons{};  // shelves of lessons (scenarios/cli/learn/lesson.h)

  // `directory`, when it is named, takes the place of the shelves.
  play::Library library(const std::string& directory) const {
    return {flows, directory.empty() ? shelves : std::vector<std::filesystem::path>{directory}};
  }
};

}  // namespace ordeal::cli

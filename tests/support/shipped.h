// Scenarios that ship, for tests: found by name, and changed as a person would, in the file.
#pragma once

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "scenarios/flows/flows.h"
#include "scenarios/play/library.h"
#include "scenarios/play/loader.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {

// The folder of each flow's scenarios, as the program has them.
inline std::vector<std::filesystem::path> shelves() {
  std::vector<std::filesystem::path> shelves;
  for (const play::Flow* flow : all_flows().all()) {
    const auto shelf = std::filesystem::path(source_dir()) / "scenarios/flows" / flow->name / "scenarios";
    if (std::filesystem::is_directory(shelf)) shelves.push_back(shelf);
  }
  return shelves;
}

inline play::Library library() { return {all_flows(), shelves()}; }

// The scenario with `edit` made in its JSON, read again with all checks.
inline play::Scenario edited(const play::Scenario& scenario, const std::function<void(play::Json&)>& edit) {
  play::Json json = play::parse_strictly(scenario.source, scenario.name);
  edit(json);
  return play::read_scenario(all_flows(), json, {scenario.name, "$"});
}

}  // namespace ordeal::test

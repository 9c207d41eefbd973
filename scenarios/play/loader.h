// JSON → Scenario, strictly (schema tag "ordeal/scenario/2"; scenarios/play/schema.h says the same for editors, from the
// same descriptions). Everything that can be checked without a world is checked here, so that nothing runs with a
// scenario that is wrong: names against the rows of the flows, services and databases placed so that they can work, times
// inside the storm, and what each part's own row checks.
//
// Fails with BadInput: bad data (65), with file, JSON path, what was expected, what was found and what was probably
// meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/play/flows.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::play {

inline constexpr std::string_view kScenarioSchema = "ordeal/scenario/2";

// `file` names the text in messages. Scenario::source is the text.
Scenario parse_scenario(const Flows& flows, std::string_view text, const std::string& file);
// A scenario embedded in something else, `place` says where; Scenario::source is its JSON printed anew.
Scenario read_scenario(const Flows& flows, const Json& json, const Place& place);

// Every host of its world: the scenario's own and those of parties and workloads. A fault plan may name these.
std::vector<std::string> host_names(const Scenario& scenario);

std::span<const std::string_view> journal_mode_names();  // in the order of JournalMode
std::span<const std::string_view> deployment_names();    // in the order of DeploymentKind

}  // namespace ordeal::play

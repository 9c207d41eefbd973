// JSON → Scenario, strictly (schema tag "ordeal/scenario/1"; scenarios/schema.json says the same for editors
// and a test holds the two together). Everything that can be checked without a world is checked here, so that
// nothing runs with a scenario that is wrong: names against the tables, every service placed exactly once,
// one currency, windows inside the storm.
//
// Fails with BadInput: bad data (65), with file, JSON path, what was expected, what was found and what was
// probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/play/scenario.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::scenarios {

inline constexpr std::string_view kScenarioSchema = "ordeal/scenario/1";

// `file` names the text in messages. Scenario::source is the text.
Scenario parse_scenario(std::string_view text, const std::string& file);
// A scenario embedded in something else, `place` says where; Scenario::source is its JSON printed anew.
Scenario read_scenario(const Json& json, const Place& place);

// Every host of its world: the scenario's own and those of the parties. A fault plan may name these.
std::vector<std::string> host_names(const Scenario& scenario);

// What a host may run; each service stands on exactly one host.
std::span<const std::string_view> service_names();
std::span<const std::string_view> channel_names();
std::span<const std::string_view> journal_mode_names();  // in the order of JournalMode

}  // namespace ordeal::scenarios

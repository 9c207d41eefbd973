#include "scenarios/play/adjusting.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "scenarios/play/bad_input.h"
#include "scenarios/play/loader.h"

namespace ordeal::play {
namespace {

// "$.catalogue[0].stock" → /catalogue/0/stock. Places are those of `adjustables`, whose keys have no dots in them.
Json::json_pointer pointer_of(const std::string& at) {
  std::string pointer;
  for (const char c : at.substr(1)) {
    if (c == '.' || c == '[') pointer += '/';
    if (c != '.' && c != '[' && c != ']') pointer += c;
  }
  return Json::json_pointer(pointer);
}

bool lies_in(std::string_view at, std::string_view row) {
  return at.size() > row.size() && at.starts_with(row) && (at[row.size()] == '.' || at[row.size()] == '[');
}

void check_places(const std::vector<Description::Adjustable>& known, std::span<const Adjustment> adjustments,
                  const Place& place) {
  std::vector<std::string_view> places;
  std::vector<std::string_view> rows;
  for (const auto& one : known) (one.is_row ? rows : places).push_back(one.at);
  for (std::size_t i = 0; i < adjustments.size(); ++i) {
    const Adjustment& one = adjustments[i];
    const Place at = place.item(i).key("at");
    if (one.is_gone()) {
      expect_known(at, one.at, rows, "a row of this scenario that may go");
    } else {
      expect_known(at, one.at, places, "a setting of this scenario that may get smaller");
    }
    for (std::size_t j = 0; j < adjustments.size(); ++j) {
      if (j < i && adjustments[j].at == one.at)
        at.fail("each place once", "\"" + one.at + "\" a second time");
      if (adjustments[j].is_gone() && lies_in(one.at, adjustments[j].at))
        at.fail("a place that is still there",
                "\"" + one.at + "\", in the row " + adjustments[j].at + " that is gone");
    }
  }
}

Json apply(Json json, std::span<const Adjustment> adjustments) {
  std::vector<Json::json_pointer> gone;
  for (const Adjustment& one : adjustments) {
    if (one.is_gone()) {
      gone.push_back(pointer_of(one.at));
    } else {
      json.at(pointer_of(one.at)) = Json::parse(one.to);
    }
  }
  // From the end of each list, so that the places before it stay what they are.
  const auto index = [](const Json::json_pointer& row) { return std::stoul(row.back()); };
  std::stable_sort(gone.begin(), gone.end(),
                   [&](const auto& a, const auto& b) { return index(a) > index(b); });
  for (const Json::json_pointer& row : gone) json.at(row.parent_pointer()).erase(index(row));
  return json;
}

template <class Row>
void of_parts(const std::vector<Part>& parts, const Json& list, const std::string& path,
              std::vector<Description::Adjustable>& out) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto* row = static_cast<const Row*>(parts[i].row);
    if (row->description == nullptr) continue;
    row->description->adjustables(list.at(i), path + "[" + std::to_string(i) + "]", out);
  }
}

}  // namespace

std::vector<Description::Adjustable> adjustables(const Flows& flows, const Scenario& scenario) {
  std::vector<Description::Adjustable> out;
  if (scenario.source.empty()) return out;
  const Json json = Json::parse(scenario.source);
  for (const SettingRow* row : flows.settings()) row->description->adjustables(json, "$", out);
  if (json.contains("parties")) of_parts<PartyRow>(scenario.parties, json.at("parties"), "$.parties", out);
  of_parts<WorkloadRow>(scenario.workloads, json.at("workloads"), "$.workloads", out);
  return out;
}

Scenario adjusted(const Flows& flows, const Scenario& scenario, std::span<const Adjustment> adjustments,
                  const Place& place) {
  check_places(adjustables(flows, scenario), adjustments, place);
  const Json json = Json::parse(scenario.source);
  const Place whole{place.file, "$.scenario"};
  try {
    return read_scenario(flows, apply(json, adjustments), whole);
  } catch (const BadInput& error) {
    // One that is wrong by itself is told by its own place.
    for (std::size_t i = 0; i < adjustments.size(); ++i) {
      if (try_adjusted(flows, scenario, adjustments.subspan(i, 1))) continue;
      throw BadInput(error.code(), place.file + ": in " + place.item(i).path + ", at " + adjustments[i].at +
                                       ": " + error.what());
    }
    throw BadInput(error.code(), place.file + ": in " + place.path + ": " + error.what());
  }
}

std::optional<Scenario> try_adjusted(const Flows& flows, const Scenario& scenario,
                                     std::span<const Adjustment> adjustments) {
  try {
    return read_scenario(flows, apply(Json::parse(scenario.source), adjustments), {"", "$"});
  } catch (const BadInput&) {
    return std::nullopt;
  }
}

}  // namespace ordeal::play

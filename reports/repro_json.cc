#include "reports/repro_json.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <span>

#include <nlohmann/json.hpp>

#include "faults/suggest.h"
#include "reports/run_json.h"

namespace ordeal::reports {
namespace {

using Json = nlohmann::ordered_json;
using faults::PlanError;

// Thrown inside this file only; read_repro turns it into its result.
struct Wrong {
  PlanError error;
};

constexpr std::array<std::string_view, 12> kKeys{"schema", "engine",  "scenario", "seed",
                                                 "design", "flaws",   "workload", "adjusted",
                                                 "plan",   "strikes", "expects",  "order"};

[[noreturn]] void wrong(std::string path, std::string expected, const Json& found,
                        std::string suggestion = {}) {
  constexpr std::size_t kWidth = 80;
  std::string text =
      found.dump(-1, ' ', true, Json::error_handler_t::replace);  // ASCII, so that any cut is sound
  if (text.size() > kWidth) text = text.substr(0, kWidth) + "...";
  throw Wrong{{std::move(path), std::move(expected), std::move(text), std::move(suggestion)}};
}

const Json& member(const Json& json, const std::string& path, std::string_view key) {
  const auto found = json.find(std::string(key));
  if (found == json.end())
    throw Wrong{{path, "the key \"" + std::string(key) + "\"", "an object without it", ""}};
  return *found;
}

void only_keys(const Json& json, const std::string& path, std::span<const std::string_view> known) {
  if (!json.is_object()) wrong(path, "an object", json);
  for (const auto& [key, value] : json.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    throw Wrong{{path + "." + key, "a key that is known here", "\"" + key + "\"",
                 faults::nearest(key, known).value_or("")}};
  }
}

std::string text_at(const Json& json, const std::string& path, std::string_view key) {
  const Json& value = member(json, path, key);
  if (!value.is_string()) wrong(path + "." + std::string(key), "a text", value);
  return value.get<std::string>();
}

template <class Unsigned>
Unsigned number(const Json& value, const std::string& path) {
  const bool whole =
      value.is_number_unsigned() || (value.is_number_integer() && value.get<std::int64_t>() >= 0);
  const bool fits = whole && value.get<std::uint64_t>() <= std::numeric_limits<Unsigned>::max();
  if (!fits)
    wrong(path, "a whole number from 0 to " + std::to_string(std::numeric_limits<Unsigned>::max()), value);
  return value.get<Unsigned>();
}

const Json& list_at(const Json& json, const std::string& path, std::string_view key) {
  const Json& value = member(json, path, key);
  if (!value.is_array()) wrong(path + "." + std::string(key), "an array", value);
  return value;
}

std::string item(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

void read_cast(const Json& json, Repro& repro) {
  const Json& design = member(json, "$", "design");
  if (!design.is_object()) wrong("$.design", "an object of seams and designs", design);
  for (const auto& [seam, name] : design.items()) repro.designs[seam] = text_at(design, "$.design", seam);
  const Json& flaws = list_at(json, "$", "flaws");
  for (std::size_t i = 0; i < flaws.size(); ++i) {
    if (!flaws[i].is_string()) wrong(item("$.flaws", i), "a flaw such as \"F-01\"", flaws[i]);
    repro.flaws.push_back(flaws[i].get<std::string>());
  }
}

void read_omitted(const Json& omitted, Repro& repro) {
  constexpr std::array<std::string_view, 2> kOmittedKeys{"actor", "part"};
  for (std::size_t i = 0; i < omitted.size(); ++i) {
    const std::string at = item("$.workload.omitted", i);
    only_keys(omitted[i], at, kOmittedKeys);
    repro.omitted.emplace_back(text_at(omitted[i], at, "actor"), text_at(omitted[i], at, "part"));
  }
}

void read_workload(const Json& json, Repro& repro) {
  constexpr std::array<std::string_view, 2> kWorkloadKeys{"only", "omitted"};
  const Json& workload = member(json, "$", "workload");
  only_keys(workload, "$.workload", kWorkloadKeys);
  if (workload.contains("omitted")) read_omitted(list_at(workload, "$.workload", "omitted"), repro);
  const Json& only = member(workload, "$.workload", "only");
  if (only.is_null()) return;
  if (!only.is_array())
    wrong("$.workload.only", "an array of names such as \"shopper-1\", or null for everybody", only);
  std::set<std::string> seen;  // nobody can come twice
  repro.only.emplace();
  for (std::size_t i = 0; i < only.size(); ++i) {
    const std::string at = item("$.workload.only", i);
    if (!only[i].is_string()) wrong(at, "a name such as \"shopper-1\"", only[i]);
    if (!seen.insert(only[i].get<std::string>()).second) wrong(at, "each name once", only[i]);
    repro.only->push_back(only[i].get<std::string>());
  }
}

void read_adjusted(const Json& json, Repro& repro) {
  constexpr std::array<std::string_view, 3> kAdjustedKeys{"at", "to", "gone"};
  if (!json.contains("adjusted")) return;
  const Json& adjusted = list_at(json, "$", "adjusted");
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    const Json& one = adjusted[i];
    const std::string at = item("$.adjusted", i);
    only_keys(one, at, kAdjustedKeys);
    std::string place = text_at(one, at, "at");
    if (one.contains("gone") == one.contains("to"))
      wrong(at, "either \"to\", what stands there instead, or \"gone\": true", one);
    if (one.contains("gone") && one.at("gone") != true) wrong(at + ".gone", "true", one.at("gone"));
    repro.adjusted.emplace_back(std::move(place), one.contains("to") ? one.at("to").dump() : std::string());
  }
}

void read_faults(const Json& json, Repro& repro) {
  if (const Json& value = member(json, "$", "plan"); !value.is_null()) {
    auto plan = faults::plan_from_json(value, "$.plan");
    if (!plan) throw Wrong{plan.error()};
    repro.plan = *std::move(plan);
  }
  const Json& strikes = list_at(json, "$", "strikes");
  for (std::size_t i = 0; i < strikes.size(); ++i) {
    auto strike = faults::strike_from_json(strikes[i], item("$.strikes", i));
    if (!strike) throw Wrong{strike.error()};
    repro.strikes.push_back(*std::move(strike));
  }
}

void read_expects(const Json& json, Repro& repro) {
  constexpr std::array<std::string_view, 3> kExpectsKeys{"verdict", "invariant", "trace_hash"};
  constexpr std::array<std::string_view, 5> kVerdicts{"pass", "safety", "liveness", "nondeterminism",
                                                      "inconclusive"};
  const Json& expects = member(json, "$", "expects");
  only_keys(expects, "$.expects", kExpectsKeys);
  repro.expects = {text_at(expects, "$.expects", "verdict"), text_at(expects, "$.expects", "invariant"),
                   text_at(expects, "$.expects", "trace_hash")};
  if (std::find(kVerdicts.begin(), kVerdicts.end(), repro.expects.verdict) == kVerdicts.end()) {
    wrong("$.expects.verdict", "pass, safety, liveness, nondeterminism or inconclusive",
          Json(repro.expects.verdict), faults::nearest(repro.expects.verdict, kVerdicts).value_or(""));
  }
}

void read_order(const Json& json, Repro& repro) {
  if (!json.contains("order")) return;
  const std::string name = text_at(json, "$", "order");
  const auto order = sim::ordering_named(name);
  if (!order) {
    wrong("$.order", "fifo, permuted or pct", Json(name),
          faults::nearest(name, sim::ordering_names()).value_or(""));
  }
  repro.order = *order;
}

}  // namespace

Json repro_json(const Repro& repro) {
  Json strikes = Json::array();
  for (const faults::Strike& strike : repro.strikes) strikes.push_back(faults::strike_to_json(strike));
  Json json;
  json["schema"] = kReproSchema;
  json["engine"] = repro.engine;
  json["seed"] = repro.seed;
  json["design"] = Json(repro.designs);
  json["flaws"] = repro.flaws;
  json["order"] = sim::name_of(repro.order);
  json["workload"] = {{"only", repro.only ? Json(*repro.only) : Json(nullptr)}};
  for (const auto& [actor, part] : repro.omitted)
    json["workload"]["omitted"].push_back({{"actor", actor}, {"part", part}});
  for (const auto& [at, to] : repro.adjusted) {
    Json one{{"at", at}};
    to.empty() ? one["gone"] = true : one["to"] = Json::parse(to);
    json["adjusted"].push_back(std::move(one));
  }
  json["expects"] = {{"verdict", repro.expects.verdict},
                     {"invariant", repro.expects.invariant},
                     {"trace_hash", repro.expects.trace_hash}};
  json["strikes"] = std::move(strikes);
  json["plan"] = repro.plan ? faults::plan_to_json(*repro.plan) : Json(nullptr);
  json["scenario"] = Json::parse(repro.scenario);
  return json;
}

Result<Repro, PlanError> read_repro(const Json& json) {
  try {
    Repro repro;
    only_keys(json, "$", kKeys);
    if (text_at(json, "$", "schema") != kReproSchema)
      wrong("$.schema", "\"" + std::string(kReproSchema) + "\"", json.at("schema"));
    repro.engine = text_at(json, "$", "engine");
    repro.seed = number<std::uint64_t>(member(json, "$", "seed"), "$.seed");
    read_cast(json, repro);
    read_workload(json, repro);
    read_adjusted(json, repro);
    read_expects(json, repro);
    read_faults(json, repro);
    read_order(json, repro);
    const Json& scenario = member(json, "$", "scenario");
    if (!scenario.is_object()) wrong("$.scenario", "a scenario", scenario);
    repro.scenario = scenario.dump();
    return repro;
  } catch (const Wrong& problem) {
    return Err{problem.error};
  }
}

std::string json_text(const Repro& repro) { return json_text(repro_json(repro)); }

std::string scenario_name(const Repro& repro) {
  const Json scenario = Json::parse(repro.scenario);
  const auto name = scenario.find("name");
  return name != scenario.end() && name->is_string() ? name->get<std::string>() : std::string();
}

faults::Plan plan_of_strikes(const Repro& repro) {
  faults::Plan plan;
  if (!repro.plan) return plan;
  for (const faults::Window& window : repro.plan->windows) {
    if (faults::acts_by_clock(faults::kind_of(window.fault))) plan.windows.push_back(window);
  }
  plan.strikes = repro.strikes;
  plan.heal_at = repro.plan->heal_at;
  plan.never_returning = repro.plan->never_returning;
  plan.knobs = repro.plan->knobs;
  return plan;
}

}  // namespace ordeal::reports

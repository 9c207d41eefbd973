#include "scenarios/cli/hunt/recall.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "faults/text.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/engine.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/loader.h"

namespace ordeal::cli {

using play::BadInput;
using play::ExitCode;

namespace {

// Names in a repro are data, not flags: checked here, so that what is wrong is called by its place in the
// file.
play::Cast cast_of(const play::Flows& flows, const reports::Repro& repro, const std::string& file) {
  play::Cast cast;
  try {
    for (const auto& [seam, design] : repro.designs)
      cast.designs.insert(parse_design(flows, seam + "=" + design));
    for (const std::string& flaw : repro.flaws) cast.flaws.push_back(parse_flaw(flows, flaw));
  } catch (const BadInput& error) {
    throw BadInput(ExitCode::data, file + ": in $.design or $.flaws: " + error.what());
  }
  return cast;
}

play::Actor actor_of(const play::Scenario& scenario, const std::string& name, const play::Place& place) {
  if (const auto actor = play::actor_named(scenario, name)) return *actor;
  std::string known;
  for (std::uint32_t i = 0; i < scenario.workloads.size(); ++i) {
    const std::uint32_t last = scenario.workloads[i].actors() - 1;
    known += (known.empty() ? "" : "; ") + play::actor_name(scenario, {i, 0}) + " to " +
             play::actor_name(scenario, {i, last});
  }
  place.fail("somebody of this scenario: " + known, "\"" + name + "\"");
}

std::optional<std::vector<play::Actor>> only_of(const reports::Repro& repro, const play::Scenario& scenario,
                                                const std::string& file) {
  if (!repro.only) return std::nullopt;
  std::vector<play::Actor> actors;
  for (std::size_t i = 0; i < repro.only->size(); ++i)
    actors.push_back(actor_of(scenario, (*repro.only)[i], play::Place{file, "$.workload.only"}.item(i)));
  std::sort(actors.begin(), actors.end());
  return actors;
}

std::vector<play::Omission> omitted_of(const reports::Repro& repro, const play::Scenario& scenario,
                                       const std::string& file) {
  std::vector<play::Omission> out;
  for (std::size_t i = 0; i < repro.omitted.size(); ++i) {
    const play::Place place = play::Place{file, "$.workload.omitted"}.item(i);
    const auto& [name, part] = repro.omitted[i];
    const play::Actor actor = actor_of(scenario, name, place.key("actor"));
    std::vector<std::string_view> parts;
    for (const auto& row :
         static_cast<const play::WorkloadRow*>(scenario.workloads[actor.workload].row)->omissions)
      parts.push_back(row.name);
    play::expect_known(place.key("part"), part, parts, "a part of what they do");
    const auto at = std::find(parts.begin(), parts.end(), part) - parts.begin();
    out.push_back({actor, static_cast<std::uint32_t>(at)});
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<play::Adjustment> adjusted_of(const play::Flows& flows, const reports::Repro& repro,
                                          const play::Scenario& scenario, const std::string& file) {
  std::vector<play::Adjustment> out;
  for (const auto& [at, to] : repro.adjusted) out.push_back({at, to});
  if (!out.empty()) play::adjusted(flows, scenario, out, {file, "$.adjusted"});
  std::sort(out.begin(), out.end());
  return out;
}

// Faults end with the storm of the scenario, whatever a plan says: one that says otherwise was made for another.
void check_heal(const reports::Repro& repro, const play::Scenario& scenario, const std::string& file) {
  if (!repro.plan || repro.plan->heal_at == scenario.storm) return;
  play::Place{file, "$.plan.heal_at"}.fail("the storm of the scenario, " + faults::text(scenario.storm),
                                           "\"" + faults::text(repro.plan->heal_at) + "\"");
}

}  // namespace

reports::Repro read_repro_file(const std::string& file) {
  const play::Json json = play::parse_strictly(play::read_text_file(file), file);
  play::expect_sort(json, {file, "$"}, "repro");
  const auto repro = reports::read_repro(json);
  if (repro) return *repro;
  const faults::PlanError& error = repro.error();
  play::Place{file, error.path}.fail(
      error.expected, error.found, error.suggestion.empty() ? std::nullopt : std::optional(error.suggestion));
}

Production recall(const play::Flows& flows, const reports::Repro& repro, const std::string& file) {
  const bool whole_plan = repro.plan && repro.engine == kEngine;
  play::Scenario scenario =
      play::read_scenario(flows, play::Json::parse(repro.scenario), {file, "$.scenario"});
  check_heal(repro, scenario, file);
  Production production;
  production.options.seed = repro.seed;
  production.options.only = only_of(repro, scenario, file);
  production.options.omitted = omitted_of(repro, scenario, file);
  production.options.adjusted = adjusted_of(flows, repro, scenario, file);
  production.options.ordering = repro.order;
  production.options.faults = play::FaultMode::none;
  if (repro.plan || !repro.strikes.empty()) {
    production.options.faults = play::FaultMode::plan;
    production.options.plan = whole_plan ? *repro.plan : plan_of_strikes(repro);
  }
  production.setting = {.engine = std::string(kEngine),
                        .scenario = scenario.name,
                        .summary = scenario.summary,
                        .designs = repro.designs,
                        .flaws = repro.flaws,
                        .faults = file,
                        .order = std::string(sim::name_of(repro.order))};
  production.stage = std::make_unique<play::Stage>(flows, std::move(scenario), cast_of(flows, repro, file));
  if (production.options.faults == play::FaultMode::plan)
    check_plan(production.options.plan, *production.stage, file, whole_plan ? "$.plan" : "$");
  return production;
}

}  // namespace ordeal::cli

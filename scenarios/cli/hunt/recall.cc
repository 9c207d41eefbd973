#include "scenarios/cli/hunt/recall.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/engine.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/loader.h"

namespace ordeal::cli {

using scenarios::BadInput;
using scenarios::ExitCode;

namespace {

// Names in a repro are data, not flags: checked here, so that what is wrong is called by its place in the
// file.
scenarios::Cast cast_of(const reports::Repro& repro, const std::string& file) {
  scenarios::Cast cast;
  try {
    for (const auto& [seam, design] : repro.designs) cast.designs.insert(parse_design(seam + "=" + design));
    for (const std::string& flaw : repro.flaws) cast.flaws.push_back(parse_flaw(flaw));
  } catch (const BadInput& error) {
    throw BadInput(ExitCode::data, file + ": in $.design or $.flaws: " + error.what());
  }
  return cast;
}

void check_shoppers(const reports::Repro& repro, const scenarios::Scenario& scenario,
                    const std::string& file) {
  const auto check = [&](std::uint32_t shopper, std::string_view path) {
    if (shopper < scenario.workload.shoppers) return;
    scenarios::Place{file, std::string(path)}.fail(
        "shoppers from 0 to " + std::to_string(scenario.workload.shoppers - 1), std::to_string(shopper));
  };
  for (const std::uint32_t shopper : repro.only_shoppers.value_or(std::vector<std::uint32_t>{}))
    check(shopper, "$.workload.only_shoppers");
  for (const auto& [shopper, part] : repro.omitted) check(shopper, "$.workload.omitted");
}

std::vector<scenarios::Omission> omitted_of(const reports::Repro& repro, const std::string& file) {
  const auto names = scenarios::visit_part_names();
  std::vector<scenarios::Omission> out;
  for (const auto& [shopper, part] : repro.omitted) {
    scenarios::expect_known({file, "$.workload.omitted"}, part, names, "a part of a visit");
    const auto at = std::find(names.begin(), names.end(), part) - names.begin();
    out.push_back({shopper, static_cast<scenarios::VisitPart>(at)});
  }
  return out;
}

}  // namespace

reports::Repro read_repro_file(const std::string& file) {
  const scenarios::Json json = scenarios::parse_strictly(scenarios::read_text_file(file), file);
  const auto repro = reports::read_repro(json);
  if (repro) return *repro;
  const faults::PlanError& error = repro.error();
  scenarios::Place{file, error.path}.fail(
      error.expected, error.found, error.suggestion.empty() ? std::nullopt : std::optional(error.suggestion));
}

Production recall(const reports::Repro& repro, const std::string& file) {
  const bool same_engine = repro.engine == kEngine;
  scenarios::Scenario scenario =
      scenarios::read_scenario(scenarios::Json::parse(repro.scenario), {file, "$.scenario"});
  check_shoppers(repro, scenario, file);
  Production production;
  production.options.seed = repro.seed;
  production.options.only_shoppers = repro.only_shoppers;
  production.options.omitted = omitted_of(repro, file);
  production.options.ordering = repro.order;
  production.options.faults = scenarios::FaultMode::none;
  if (repro.plan || !repro.strikes.empty()) {
    production.options.faults = scenarios::FaultMode::plan;
    production.options.plan = same_engine && repro.plan ? *repro.plan : plan_of_strikes(repro);
    check_hosts(production.options.plan, scenario, file);
  }
  production.setting = {.engine = std::string(kEngine),
                        .scenario = scenario.name,
                        .summary = scenario.summary,
                        .designs = repro.designs,
                        .flaws = repro.flaws,
                        .faults = file,
                        .order = std::string(sim::name_of(repro.order))};
  production.stage = std::make_unique<scenarios::Stage>(std::move(scenario), cast_of(repro, file));
  return production;
}

}  // namespace ordeal::cli

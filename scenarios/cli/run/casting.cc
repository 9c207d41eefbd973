#include "scenarios/cli/run/casting.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include <nlohmann/json.hpp>

#include "faults/plan/check_plan.h"
#include "faults/plan/plan_json.h"
#include "faults/suggest.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/engine.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/devices.h"
#include "scenarios/play/loader.h"

namespace ordeal::cli {

using play::BadInput;
using play::ExitCode;
using play::FaultMode;

namespace {

[[noreturn]] void refuse(const faults::PlanError& error, const std::string& file) {
  play::Place{file, error.path}.fail(
      error.expected, error.found, error.suggestion.empty() ? std::nullopt : std::optional(error.suggestion));
}

faults::Plan read_plan(const std::string& file) {
  constexpr std::array<std::string_view, 3> kModes{"none", "swarm", "slight"};
  std::error_code error;
  if (file.find('/') == std::string::npos && !std::filesystem::exists(file, error)) {
    std::string message =
        "--faults needs none, swarm, slight or the file of a fault plan; there is no file " + file;
    if (const auto meant = faults::nearest(file, kModes)) message += "\n  did you mean  " + *meant;
    throw BadInput(ExitCode::not_found, message);
  }
  const play::Json json = play::parse_strictly(play::read_text_file(file), file);
  play::expect_sort(json, {file, "$"}, "");
  const auto plan = faults::plan_from_json(json);
  if (!plan) refuse(plan.error(), file);
  return *plan;
}

}  // namespace

void check_plan(const faults::Plan& plan, const play::Stage& stage, const std::string& file,
                const std::string& path) {
  const auto mistakes = faults::check_plan(plan, stage.menu(), play::host_names(stage.scenario()),
                                           play::capabilities_of(stage.scenario()), path);
  if (!mistakes.empty()) refuse(mistakes.front(), file);
}

void add_scenarios_flag(CommandLine& command_line, std::string& directory) {
  command_line.option("--scenarios", directory, "DIR", "where scenarios are found by name");
}

void add_who_plays(CommandLine& command_line, CastFlags& flags, Who who) {
  constexpr const char* kHelp = "a name (ordeal list scenarios) or a file";
  if (who == Who::surely) {
    command_line.required_word("scenario", flags.scenario, "SCENARIO", kHelp);
  } else {
    command_line.word("scenario", flags.scenario, "SCENARIO", kHelp);
  }
  add_scenarios_flag(command_line, flags.scenarios_dir);
  command_line.options("--flaw", flags.flaws, "F-nn", "plant a bug, such as F-01 (may be repeated)");
  command_line.options("--design", flags.designs, "SEAM=DESIGN",
                       "choose a design, such as stock.gate=row_lock (may be repeated)");
}

void add_cast_flags(CommandLine& command_line, CastFlags& flags, Who who) {
  add_who_plays(command_line, flags, who);
  command_line.option("--faults", flags.faults, "PLAN",
                      "none, swarm (the default), slight (every kind a little) or the file of a plan");
  command_line.option(
      "--order", flags.order, "ORDER",
      "who runs first among equals: fifo, permuted, pct, or mixed, drawn by the seed (mixed)");
}

Production produce(const Repertoire& repertoire, const CastFlags& flags) {
  const play::Flows& flows = repertoire.flows;
  play::Cast cast;
  for (const std::string& text : flags.designs) {
    const auto [seam, design] = parse_design(flows, text);
    if (!cast.designs.emplace(seam, design).second) {
      throw BadInput(ExitCode::usage, "--design " + seam + " was given twice");
    }
  }
  for (const std::string& text : flags.flaws) {
    std::string flaw = parse_flaw(flows, text);
    const std::string_view seam = flows.flaw(flaw)->seam.name;
    if (cast.designs.contains(std::string(seam))) {
      throw BadInput(ExitCode::usage, "--flaw " + flaw + " takes the place of every design of " +
                                          std::string(seam) + "; leave out --design " + std::string(seam));
    }
    if (std::find(cast.flaws.begin(), cast.flaws.end(), flaw) == cast.flaws.end())
      cast.flaws.push_back(std::move(flaw));
  }
  play::Scenario scenario = repertoire.library(flags.scenarios_dir).load(flags.scenario);

  Production production;
  production.options.faults = FaultMode::swarm;
  if (flags.faults == "none") {
    production.options.faults = FaultMode::none;
  } else if (flags.faults == "slight") {
    production.options.faults = FaultMode::slight;
  } else if (flags.faults != "swarm") {
    production.options.faults = FaultMode::plan;
    production.options.plan = read_plan(flags.faults);
  }
  production.options.ordering = parse_order("--order", flags.order);
  production.setting = {.engine = std::string(kEngine),
                        .scenario = flags.scenario,
                        .summary = scenario.summary,
                        .designs = cast.designs,
                        .flaws = cast.flaws,
                        .faults = flags.faults,
                        .order = flags.order};
  production.stage = std::make_unique<play::Stage>(flows, std::move(scenario), std::move(cast));
  if (production.options.faults == FaultMode::plan)
    check_plan(production.options.plan, *production.stage, flags.faults, "$");
  return production;
}

}  // namespace ordeal::cli

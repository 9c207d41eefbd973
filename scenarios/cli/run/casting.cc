#include "scenarios/cli/run/casting.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "faults/plan/plan_json.h"
#include "faults/suggest.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/engine.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/knobs.h"
#include "scenarios/play/loader.h"

namespace ordeal::cli {

using scenarios::BadInput;
using scenarios::ExitCode;
using scenarios::FaultMode;

namespace {

faults::Plan read_plan(const std::string& file, const scenarios::Scenario& scenario) {
  constexpr std::array<std::string_view, 3> kModes{"none", "swarm", "slight"};
  std::error_code error;
  if (file.find('/') == std::string::npos && !std::filesystem::exists(file, error)) {
    std::string message =
        "--faults needs none, swarm, slight or the file of a fault plan; there is no file " + file;
    if (const auto meant = faults::nearest(file, kModes)) message += "\n  did you mean  " + *meant;
    throw BadInput(ExitCode::not_found, message);
  }
  const auto plan = faults::plan_from_text(scenarios::read_text_file(file));
  if (!plan) throw BadInput(ExitCode::data, file + ": " + plan.error().text());
  check_hosts(*plan, scenario, file);
  return *plan;
}

}  // namespace

void check_hosts(const faults::Plan& plan, const scenarios::Scenario& scenario, const std::string& file) {
  const std::vector<std::string> there = scenarios::host_names(scenario);
  const std::vector<std::string_view> known(there.begin(), there.end());
  const auto check = [&](const std::vector<std::string>& hosts, const std::string& path) {
    for (const std::string& host : hosts) {
      scenarios::expect_known({file, path}, host, known, "a host of scenario " + scenario.name);
    }
  };
  for (std::size_t i = 0; i < plan.windows.size(); ++i) {
    const faults::Window& window = plan.windows[i];
    const std::string path = "$.windows[" + std::to_string(i) + "]";
    check(window.scope.hosts, path + ".scope.hosts");
    check(window.scope.from, path + ".scope.from");
    check(window.scope.to, path + ".scope.to");
    if (const auto* cut = std::get_if<faults::Partition>(&window.fault)) check(cut->side, path + ".side");
  }
  check(plan.never_returning, "$.never_returning");
  scenarios::check_knobs(plan.knobs, file, "$.knobs");
}

void add_scenarios_flag(CommandLine& command_line, std::string& directory) {
  command_line.option("--scenarios", directory, "DIR", "where scenarios are found by name");
}

void add_who_plays(CommandLine& command_line, CastFlags& flags) {
  command_line.required_word("scenario", flags.scenario, "SCENARIO",
                             "a name (ordeal list scenarios) or a file");
  add_scenarios_flag(command_line, flags.scenarios_dir);
  command_line.options("--flaw", flags.flaws, "F-nn", "plant a bug, such as F-01 (may be repeated)");
  command_line.options("--design", flags.designs, "SEAM=DESIGN",
                       "choose a design, such as stock.gate=row_lock (may be repeated)");
}

void add_cast_flags(CommandLine& command_line, CastFlags& flags) {
  add_who_plays(command_line, flags);
  command_line.option("--faults", flags.faults, "PLAN",
                      "none, swarm (the default), slight (every kind a little) or the file of a plan");
  command_line.option(
      "--order", flags.order, "ORDER",
      "who runs first among equals: fifo, permuted, pct, or mixed, drawn by the seed (mixed)");
}

Production produce(const CastFlags& flags) {
  scenarios::Cast cast;
  for (const std::string& text : flags.designs) {
    const auto [seam, design] = parse_design(text);
    if (!cast.designs.emplace(seam, design).second) {
      throw BadInput(ExitCode::usage, "--design " + seam + " was given twice");
    }
  }
  for (const std::string& text : flags.flaws) {
    std::string flaw = parse_flaw(text);
    if (std::find(cast.flaws.begin(), cast.flaws.end(), flaw) == cast.flaws.end())
      cast.flaws.push_back(std::move(flaw));
  }
  scenarios::Scenario scenario = scenarios::Library(flags.scenarios_dir).load(flags.scenario);

  Production production;
  production.options.faults = FaultMode::swarm;
  if (flags.faults == "none") {
    production.options.faults = FaultMode::none;
  } else if (flags.faults == "slight") {
    production.options.faults = FaultMode::slight;
  } else if (flags.faults != "swarm") {
    production.options.faults = FaultMode::plan;
    production.options.plan = read_plan(flags.faults, scenario);
  }
  production.options.ordering = parse_order("--order", flags.order);
  production.setting = {.engine = std::string(kEngine),
                        .scenario = flags.scenario,
                        .summary = scenario.summary,
                        .designs = cast.designs,
                        .flaws = cast.flaws,
                        .faults = flags.faults,
                        .order = flags.order};
  production.stage = std::make_unique<scenarios::Stage>(std::move(scenario), std::move(cast));
  return production;
}

}  // namespace ordeal::cli

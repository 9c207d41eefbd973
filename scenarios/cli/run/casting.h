// From flags to something that can be played: the scenario, the cast (designs and flaws) and where faults
// come from. Everything is read and checked here, before anything runs; what is wrong is a BadInput.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "reports/model.h"
#include "scenarios/cli/command_line.h"
#include "scenarios/cli/repertoire.h"
#include "scenarios/play/library.h"
#include "scenarios/play/play.h"

namespace ordeal::cli {

struct CastFlags {
  std::string scenario;
  std::string scenarios_dir;  // empty: where the repertoire has them
  std::string faults = "swarm";
  std::string order = "mixed";
  std::vector<std::string> flaws;
  std::vector<std::string> designs;
};

void add_scenarios_flag(CommandLine& command_line, std::string& directory);
// Whether the scenario has to be named.
enum class Who : std::uint8_t { surely, perhaps };
// The scenario, its directory, flaws and designs.
void add_who_plays(CommandLine& command_line, CastFlags& flags, Who who = Who::surely);
// The same, and where faults come from.
void add_cast_flags(CommandLine& command_line, CastFlags& flags, Who who = Who::surely);

struct Production {
  std::unique_ptr<play::Stage> stage;
  play::PlayOptions options;  // but for the seed
  reports::Setting setting;
};

// The repertoire outlives the production.
Production produce(const Repertoire& repertoire, const CastFlags& flags);

// A fault plan that somebody wrote may name what is not there, or what cannot happen on this stage: BadInput. The plan
// stands at `path` of the file.
void check_plan(const faults::Plan& plan, const play::Stage& stage, const std::string& file,
                const std::string& path);

}  // namespace ordeal::cli

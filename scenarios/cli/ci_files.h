// What a verb tells the CI system around it: --junit and --summary files, and annotations on standard error where the
// runner reads them. A file that cannot be written is told before anything is played; what is written is whole or not
// there, but for pipes and devices.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/ci_report.h"
#include "scenarios/cli/command_line.h"
#include "scenarios/play/play.h"

namespace ordeal::cli {

struct CiFlags {
  std::string junit;
  std::string summary;
  std::string annotations = "auto";
};

void add_ci_flags(CommandLine& command_line, CiFlags& flags);
// Throws BadInput (usage), or IoError for a file that cannot be written. Makes the folder of a file that has none.
void check(const CiFlags& flags);
// The first thing that could not be written, if any.
std::optional<std::string> tell_ci(const CiFlags& flags, const reports::CiReport& report);

// The laws that are watched on a stage, by name.
std::vector<std::string> laws_of(const play::Stage& stage);

}  // namespace ordeal::cli

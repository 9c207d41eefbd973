// `ordeal show machine NAME --from RUN`: which edges the trials of a hunt that was kept took, and what struck then.
#pragma once

#include <filesystem>
#include <string>

#include "scenarios/cli/output.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

// `run`: the directory of a hunt. BadInput when it is none, or has no such machine.
play::ExitCode show_edges_taken(const std::string& machine, const std::filesystem::path& run,
                                const OutputFlags& output);

}  // namespace ordeal::cli

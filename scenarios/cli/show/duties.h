// `ordeal list disk-duties`: plays the duty matrix of disks (scenarios/duties/disk_duties.h) and prints it, as the
// Markdown of docs/disk-duties.md or, with --json, one item a cell. Ends with 6 when a duty is broken.
#pragma once

#include <string_view>

#include "scenarios/cli/output.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

inline constexpr std::string_view kDiskDuties = "disk-duties";

play::ExitCode list_disk_duties(const OutputFlags& flags);

}  // namespace ordeal::cli

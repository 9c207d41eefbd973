// Hunts that are kept: run directories with a campaign.json.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace ordeal::cli {

// The run directories of hunts in `directory` and below it, or itself, by path; links are not followed.
std::vector<std::filesystem::path> hunts_in(const std::filesystem::path& directory);

// The newest first, and of these those that were cut off.
std::vector<std::filesystem::path> newest_first(const std::filesystem::path& directory);
std::vector<std::filesystem::path> cut_off_hunts_in(const std::filesystem::path& directory);

// What `--resume WHAT` means: a run directory, "latest" in `out`, or a directory of run directories, of which the newest
// that was cut off is meant. Throws BadInput (not found, 66).
std::filesystem::path unfinished_hunt(std::string_view what, const std::filesystem::path& out);

}  // namespace ordeal::cli

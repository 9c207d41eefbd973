#include "scenarios/cli/hunt/past_hunts.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>

#include <nlohmann/json.hpp>

#include "scenarios/cli/hunt/campaign.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

namespace fs = std::filesystem;
using play::BadInput;
using play::ExitCode;

bool is_hunt(const fs::path& directory) {
  std::error_code error;
  return fs::is_regular_file(directory / kCampaignFile, error);
}

// It never said how it ended, or said that somebody or something ended it.
bool was_cut_off(const fs::path& directory) {
  std::ifstream in(directory / "hunt.json");
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object()) return true;
  const auto code = static_cast<ExitCode>(json.value("exit_code", 0));
  constexpr int kSignal = 128;
  const bool ended = json.value("stopped_because", "").find("worker") != std::string::npos;
  return ended || code == ExitCode::try_again || static_cast<int>(code) > kSignal;
}

}  // namespace

std::vector<fs::path> hunts_in(const fs::path& directory) {
  std::vector<fs::path> found;
  if (is_hunt(directory)) return {directory};
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.is_symlink(error) || !entry.is_directory(error)) continue;
    const std::vector<fs::path> below = hunts_in(entry.path());
    found.insert(found.end(), below.begin(), below.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<fs::path> newest_first(const fs::path& directory) {
  std::vector<fs::path> hunts = hunts_in(directory);
  // Their names begin with when they began.
  std::sort(hunts.begin(), hunts.end(),
            [](const fs::path& a, const fs::path& b) { return a.filename() > b.filename(); });
  return hunts;
}

std::vector<fs::path> cut_off_hunts_in(const fs::path& directory) {
  std::vector<fs::path> hunts = newest_first(directory);
  std::erase_if(hunts, [](const fs::path& hunt) { return !was_cut_off(hunt); });
  return hunts;
}

fs::path unfinished_hunt(std::string_view what, const fs::path& out) {
  fs::path directory = find_run(what, out);
  std::error_code error;
  if (!fs::is_directory(directory, error))
    throw BadInput(ExitCode::not_found,
                   "--resume needs the run directory of a hunt, " + directory.string() + " is a file");
  if (is_hunt(directory)) return directory;
  const std::vector<fs::path> hunts = hunts_in(directory);
  if (hunts.empty())
    throw BadInput(ExitCode::not_found,
                   "no hunt to go on with in " + directory.string() + ": it has no " + kCampaignFile);
  const std::vector<fs::path> cut_off = cut_off_hunts_in(directory);
  if (!cut_off.empty()) return cut_off.front();
  throw BadInput(ExitCode::not_found,
                 "no hunt in " + directory.string() +
                     " was cut off\n  to go on with one all the same, name it: " + hunts.back().string());
}

}  // namespace ordeal::cli

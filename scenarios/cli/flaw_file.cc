#include "scenarios/cli/flaw_file.h"

#include <algorithm>

namespace ordeal::cli {

namespace fs = std::filesystem;

std::optional<fs::path> flaw_file(const fs::path& shelf, const std::string& flaw) {
  const std::string beginning = "f" + flaw.substr(std::min<std::size_t>(2, flaw.size())) + "_";
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(shelf.parent_path() / "flaws", error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(beginning) && name.ends_with(".cc")) return entry.path();
  }
  return std::nullopt;
}

}  // namespace ordeal::cli

#include "scenarios/cli/places.h"

namespace ordeal::cli {
namespace {

const std::filesystem::path kSources = ORDEAL_SOURCES_DIR;

}  // namespace

std::vector<std::filesystem::path> default_shelves(const play::Flows& flows) {
  std::vector<std::filesystem::path> shelves;
  for (const play::Flow* flow : flows.all()) {
    const auto shelf = kSources / "scenarios" / "flows" / flow->name / "scenarios";
    if (std::filesystem::is_directory(shelf)) shelves.push_back(shelf);
  }
  return shelves;
}

std::vector<std::filesystem::path> default_lessons(const play::Flows& flows) {
  std::vector<std::filesystem::path> shelves;
  for (const play::Flow* flow : flows.all()) {
    const auto shelf = kSources / "scenarios" / "flows" / flow->name / "lessons";
    if (std::filesystem::is_directory(shelf)) shelves.push_back(shelf);
  }
  return shelves;
}

std::filesystem::path sources() { return kSources; }
std::string compiler_path() { return ORDEAL_COMPILER; }
std::string compiler_flags() { return ORDEAL_COMPILER_FLAGS; }

std::filesystem::path default_corpus() { return kSources / "tests" / "regressions" / "repros"; }

}  // namespace ordeal::cli

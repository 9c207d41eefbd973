#include "scenarios/play/library.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "faults/suggest.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/loader.h"

namespace ordeal::play {
namespace {

constexpr std::array<std::string_view, 4> kSets{"smoke", "daily", "deep", "negative"};

// A whole text that every kind of file gives or refuses; a directory opens but cannot be read.
std::optional<std::string> slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad() || (text.fail() && std::filesystem::file_size(path) != 0)) return std::nullopt;
  return text.str();
}

}  // namespace

std::string read_text_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) throw BadInput(ExitCode::not_found, "no file " + path.string());
  if (!std::filesystem::is_directory(path, error)) {
    if (auto text = slurp(path)) return *std::move(text);
  }
  throw BadInput(ExitCode::io, "cannot read " + path.string());
}

std::vector<ShelfMark> Library::list() const {
  std::vector<ShelfMark> out;
  for (const std::string_view set : kSets) {
    std::vector<ShelfMark> marks;
    for (const std::filesystem::path& shelf : shelves_) {
      std::error_code error;
      for (const auto& entry : std::filesystem::directory_iterator(shelf / set, error)) {
        if (entry.path().extension() == ".json")
          marks.push_back({entry.path().stem().string(), std::string(set), entry.path()});
      }
    }
    std::sort(marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    out.insert(out.end(), marks.begin(), marks.end());
  }
  if (!out.empty()) return out;
  std::string places;
  for (const auto& shelf : shelves_) places += (places.empty() ? "" : ", ") + shelf.string();
  throw BadInput(
      ExitCode::not_found,
      "no scenarios in " + places +
          " (expected smoke/NAME.json, daily/NAME.json, …)\n  name another place with --scenarios DIR");
}

Scenario Library::load(std::string_view what) const {
  if (what.find('/') != std::string_view::npos || what.ends_with(".json")) {
    return parse_scenario(flows_, read_text_file(what), std::string(what));
  }
  const std::vector<ShelfMark> shelf = list();
  std::vector<std::string_view> names;
  for (const ShelfMark& mark : shelf) {
    names.push_back(mark.name);
    if (mark.name != what) continue;
    Scenario scenario = parse_scenario(flows_, read_text_file(mark.path), mark.path.string());
    if (scenario.name != mark.name)
      Place{mark.path.string(), "$.name"}.fail("\"" + mark.name + "\", as the file is named",
                                               "\"" + scenario.name + "\"");
    return scenario;
  }
  std::string message = "no scenario \"" + std::string(what) + "\"";
  if (const auto meant = faults::nearest(what, names)) message += "\n  did you mean  " + *meant;
  message += "\n  see them all  ordeal list scenarios";
  throw BadInput(ExitCode::not_found, message);
}

}  // namespace ordeal::play

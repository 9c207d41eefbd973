#include "scenarios/play/library.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

#include "faults/suggest.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/loader.h"

namespace ordeal::play {
namespace {

constexpr std::array<std::string_view, 4> kSets{"smoke", "daily", "deep", "negative"};

constexpr std::size_t kMostBytes = std::size_t{16}
                                   << 20;  // the biggest repro of all tests has half a megabyte

// Is there something to read that comes to an end? A pipe with a name may have nobody who writes to it, and opening it
// would wait for them; one that the shell made (/dev/stdin, /dev/fd/63) has.
void expect_file_or_pipe(const std::filesystem::path& path) {
  using std::filesystem::file_type;
  std::error_code error;
  const file_type type = std::filesystem::status(path, error).type();
  const auto unreadable = [&](const std::string& why) {
    throw BadInput(ExitCode::io, "cannot read " + path.string() + ": " + why);
  };
  if (type == file_type::not_found) throw BadInput(ExitCode::not_found, "no file " + path.string());
  if (type == file_type::none) unreadable(error.message());
  if (type == file_type::directory) unreadable("it is a directory");
  if (type == file_type::regular) return;
  if (type != file_type::fifo) unreadable("it is neither a file nor a pipe");
  if (!path.string().starts_with("/dev/") && !path.string().starts_with("/proc/"))
    unreadable("it is a pipe with a name; /dev/stdin reads from one");
}

}  // namespace

std::string read_text_file(const std::filesystem::path& path) {
  expect_file_or_pipe(path);
  std::ifstream in(path, std::ios::binary);
  std::string text;
  std::array<char, 65536> part{};
  while (in && text.size() <= kMostBytes) {
    in.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (text.size() > kMostBytes) {
    throw BadInput(ExitCode::data, path.string() + " has more than " + std::to_string(kMostBytes >> 20) +
                                       " MB, more than any file for Ordeal");
  }
  if (!in.eof() || in.bad()) throw BadInput(ExitCode::io, "cannot read " + path.string());
  return text;
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

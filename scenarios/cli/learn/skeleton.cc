#include "scenarios/cli/learn/skeleton.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenarios/cli/files.h"
#include "scenarios/cli/flaw_file.h"
#include "scenarios/cli/learn/bad_day.h"
#include "scenarios/cli/learn/lesson.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/play/library.h"

namespace ordeal::cli {

using play::BadInput;
using play::ExitCode;
namespace fs = std::filesystem;

namespace {

void check_name(const std::string& name) {
  const bool good = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-';
  });
  if (!good)
    throw BadInput(ExitCode::usage, "--as needs small letters, digits and hyphens, found \"" + name + "\"");
}

// "make_check_then_act_gate"
std::string maker_in(const std::string& code) {
  const std::size_t at = code.rfind(" make_");
  return at == std::string::npos ? "" : code.substr(at + 1, code.find('(', at) - at - 1);
}

std::string texts(const std::string& title, const std::string& invariant, const std::string& story,
                  bool chinese) {
  std::string indented;
  for (std::size_t at = 0; at < story.size();) {
    const std::size_t end = std::min(story.find('\n', at), story.size());
    indented += "    " + story.substr(at, end - at) + "\n";
    at = end + 1;
  }
  const std::string_view write = chinese ? "（待写）" : "(to be written)";
  return fmt::format(
      "# {0}\n\n## question\n{1}\n\n## naive\n{1}\n\n## claim\n{1}\n\n## lesson\n{1} {2}\n\n{3}\n"
      "## fixed\n{1}\n\n## half\n{1}\n\n## part two\n{1}\n\n## follow-ups\n### {1}\n{1}\n\n"
      "## hints\n### 1\n{1}\n\n### 2\n{1}\n\n### 3\n{1}\n",
      title, write, invariant, indented);
}

}  // namespace

ExitCode make_skeleton(const Repertoire& repertoire, const std::string& repro, const std::string& name) {
  check_name(name);
  const fs::path file = find_repros(repro, ".ordeal/runs").back();
  BadDay day(repertoire.flows, file);
  if (day.repro().flaws.size() != 1)
    throw BadInput(ExitCode::data,
                   file.string() +
                       ": in $.flaws expected one planted bug, which the lesson is about, found " +
                       std::to_string(day.repro().flaws.size()));
  const std::string flaw = day.repro().flaws.front();
  const play::FlawRow& row = *repertoire.flows.flaw(flaw);
  std::optional<fs::path> naive;
  fs::path folder;
  for (const fs::path& shelf : repertoire.lessons) {
    naive = flaw_file(shelf, flaw);
    folder = shelf / name;
    if (naive) break;
  }
  if (!naive)
    throw BadInput(ExitCode::not_found, "the file of flaw " + flaw + " is not beside any shelf of lessons");
  std::error_code error;
  if (fs::exists(folder, error)) throw BadInput(ExitCode::usage, folder.string() + " is there already");
  const std::string code = play::read_text_file(*naive);
  const nlohmann::ordered_json json{{"schema", "ordeal/lesson/1"},
                                    {"step", 999},
                                    {"minutes", 10},
                                    {"flaw", flaw},
                                    {"naive", "flaws/" + naive->filename().string()},
                                    {"makes", maker_in(code)},
                                    {"interface", "core/…/….h"},
                                    {"scenario", std::string(row.scenario)},
                                    {"new_fault", "crash"},
                                    {"points", {flaw, day.repro().expects.invariant}},
                                    {"mutants", nlohmann::ordered_json::array()}};
  const std::string story = day.play(day.strikes(), {}).story;
  // Whole, or not there.
  const fs::path making = folder.parent_path() / ("." + name + ".making");
  fs::create_directories(making, error);
  if (error) throw IoError("cannot make " + making.string() + ": " + error.message());
  write_whole(making / "lesson.json", json.dump(2) + "\n");
  write_whole(making / "bad_day.repro.json", play::read_text_file(file));
  write_whole(making / "en.md", texts(std::string(row.name), day.repro().expects.invariant, story, false));
  write_whole(making / "zh.md", texts(std::string(row.name), day.repro().expects.invariant, story, true));
  write_whole(making / "fixed.cc", code);
  write_whole(making / "half.cc", code);
  fs::rename(making, folder, error);
  if (error) throw IoError("cannot make " + folder.string() + ": " + error.message());
  print(folder.string() + ": write the texts, fixed.cc, half.cc and the mutants, then\n  " + program_name() +
        " learn " + name + " --check --renew\n");
  return ExitCode::ok;
}

}  // namespace ordeal::cli

#include "scenarios/cli/show/machines.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "reports/layout.h"
#include "reports/run_json.h"
#include "reports/words.h"
#include "scenarios/play/library.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::cli {
namespace {

using nlohmann::ordered_json;

ordered_json read_hunt(const std::filesystem::path& run) {
  const std::filesystem::path file = std::filesystem::is_directory(run) ? run / "hunt.json" : run;
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    throw play::BadInput(play::ExitCode::not_found,
                         "no hunt.json in " + run.string() + ": only hunts count edges");
  return play::parse_strictly(play::read_text_file(file.string()), file.string());
}

std::vector<std::string> that_struck(const ordered_json& hunt) {
  std::vector<std::string> kinds;
  for (const auto& [kind, counts] : hunt.at("faults").at("by_kind").items())
    if (counts.at("effective").get<std::uint64_t>() != 0) kinds.push_back(kind);
  return kinds;
}

void edge_text(std::string& out, const std::string& edge, const ordered_json& taken,
               const std::vector<std::string>& kinds, std::size_t width) {
  constexpr std::size_t kIndent = 6;
  const ordered_json& under = taken.at("under");
  std::vector<std::string> with;
  std::vector<std::string> never;
  for (const std::string& kind : kinds) {
    if (!under.contains(kind)) {
      never.push_back(kind);
    } else {
      with.push_back(kind + " " + reports::grouped(under.at(kind).get<std::uint64_t>()));
    }
  }
  out += fmt::format("  {}  {} trials\n", edge, reports::grouped(taken.at("trials").get<std::uint64_t>()));
  const auto list = [&](const char* what, const std::vector<std::string>& which) {
    if (which.empty()) return;
    const std::string words = fmt::format("{} {}", what, fmt::join(which, ", "));
    for (const std::string& line : reports::wrapped(words, width - kIndent))
      out += std::string(kIndent, ' ') + line + "\n";
  };
  list("under", with);
  list("never under", never);
}

}  // namespace

play::ExitCode show_edges_taken(const std::string& machine, const std::filesystem::path& run,
                                const OutputFlags& output) {
  const ordered_json hunt = read_hunt(run);
  try {
    const ordered_json& machines = hunt.at("machines");
    if (!machines.contains(machine)) {
      throw play::BadInput(play::ExitCode::not_found,
                           "the hunt in " + run.string() + " had no machine \"" + machine + "\"");
    }
    if (output.json) {
      print(reports::json_text(ordered_json{{"schema", "ordeal/edges/1"},
                                            {"machine", machine},
                                            {"scenario", hunt.at("scenario")},
                                            {"trials", hunt.at("trials")},
                                            {"edges", machines.at(machine)}}));
      return play::ExitCode::ok;
    }
    std::string out = fmt::format("{}  in {} trials of {}\n", machine,
                                  reports::grouped(hunt.at("trials").get<std::uint64_t>()),
                                  hunt.at("scenario").get<std::string>());
    const std::vector<std::string> kinds = that_struck(hunt);
    const std::size_t width = stdout_width();
    for (const auto& [edge, taken] : machines.at(machine).items()) edge_text(out, edge, taken, kinds, width);
    print(out);
  } catch (const ordered_json::exception& error) {
    throw play::BadInput(play::ExitCode::data, run.string() + " is not what a hunt of this program wrote");
  }
  return play::ExitCode::ok;
}

}  // namespace ordeal::cli

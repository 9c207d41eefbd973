// `ordeal show KIND NAME`: one thing, with all that is known about it.
#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "faults/suggest.h"
#include "reports/run_json.h"
#include "reports/words.h"
#include "scenarios/cli/command_line.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/show/kinds.h"
#include "scenarios/cli/show/machines.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/schema.h"

namespace ordeal::cli {
namespace {

using play::ExitCode;

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  std::string kind;
  std::string name;
  std::string scenarios_dir;
  std::string from;
  OutputFlags output;
};

// "I-10" finds "I-10 no-oversell".
bool answers_to(const Row& row, const std::string& name) {
  return row.name == name || row.name.starts_with(name + " ");
}

Row find(const Kind& kind, const Flags& flags) {
  std::vector<Row> rows = kind.rows({flags.repertoire, flags.scenarios_dir});
  std::vector<std::string_view> names;
  for (const Row& row : rows) {
    if (answers_to(row, flags.name)) return row;
    names.push_back(row.name);
  }
  std::string message = "no " + std::string(kind.singular) + " \"" + flags.name + "\"";
  if (const auto meant = faults::nearest(flags.name, names)) message += "\n  did you mean  " + *meant;
  throw play::BadInput(ExitCode::not_found,
                       message + "\n  see them all  ordeal list " + std::string(kind.plural));
}

// "show F-01" has left out what that is.
void check_kind(const Flags& flags) {
  if (!flags.name.empty()) return;
  for (const Kind& kind : kinds()) {
    if (kind.singular == flags.kind || kind.plural == flags.kind) return;
  }
  for (const Kind& kind : kinds()) {
    for (const Row& row : kind.rows({flags.repertoire, flags.scenarios_dir})) {
      if (!answers_to(row, flags.kind)) continue;
      misused("show needs a kind and a name, found " + flags.kind,
              "ordeal show " + std::string(kind.singular) + " " + reports::shell_word(row.name),
              "ordeal show --help");
    }
  }
}

// What editors read; scenarios/schema.json holds it.
ExitCode show_schema(const Flags& flags) {
  print(play::scenario_schema(flags.repertoire.flows).dump(2) + "\n");
  return ExitCode::ok;
}

ExitCode show(const Flags& flags) {
  if (flags.kind == "schema") return show_schema(flags);
  check_kind(flags);
  if (flags.name.empty()) {
    throw play::BadInput(ExitCode::usage, "show " + flags.kind +
                                              " needs a name\n  see them all  ordeal list " +
                                              std::string(kind_named(flags.kind).plural));
  }
  const Kind& kind = kind_named(flags.kind);
  const Row row = find(kind, flags);
  if (!flags.from.empty()) {
    if (kind.singular != "machine")
      throw play::BadInput(ExitCode::usage, "--from goes with show machine, found show " + flags.kind);
    return show_edges_taken(row.name, find_run(flags.from, flags.output.out), flags.output);
  }
  if (flags.output.json) {
    nlohmann::ordered_json json{
        {"schema", "ordeal/show/1"}, {"kind", kind.singular}, {"name", row.name}, {"summary", row.line}};
    nlohmann::ordered_json& details = json["details"] = nlohmann::ordered_json::array();
    for (const auto& [what, value] : row.more) details.push_back({{"what", what}, {"value", value}});
    print(reports::json_text(json));
    return ExitCode::ok;
  }
  std::size_t width = 0;
  for (const auto& [what, value] : row.more) width = std::max(width, what.size());
  std::string out = row.name + "\n" + row.line + "\n";
  for (const auto& [what, value] : row.more)
    out += "  " + what + std::string(width + 2 - what.size(), ' ') + value + "\n";
  print(out);
  return ExitCode::ok;
}

}  // namespace

Action declare_show(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  command_line.required_word("kind", flags->kind, "KIND",
                             "one of " + kinds_in_words() + "; or schema, that of scenario files");
  command_line.word("name", flags->name, "NAME", "which one");
  add_scenarios_flag(command_line, flags->scenarios_dir);
  command_line.option(
      "--from", flags->from, "RUN",
      "of a machine: which edges that hunt took, and under which faults (a run directory, latest)");
  add_json_flag(command_line, flags->output);
  return [flags] { return show(*flags); };
}

}  // namespace ordeal::cli

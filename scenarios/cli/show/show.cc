// `ordeal show KIND NAME`: one thing, with all that is known about it.
#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "faults/suggest.h"
#include "reports/run_json.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/places.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/show/kinds.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

using scenarios::ExitCode;

struct Flags {
  std::string kind;
  std::string name;
  std::string scenarios_dir = default_scenarios_dir();
  OutputFlags output;
};

// "I-10" finds "I-10 no-oversell".
bool answers_to(const Row& row, const std::string& name) {
  return row.name == name || row.name.starts_with(name + " ");
}

Row find(const Kind& kind, const Flags& flags) {
  std::vector<Row> rows = kind.rows(flags.scenarios_dir);
  std::vector<std::string_view> names;
  for (const Row& row : rows) {
    if (answers_to(row, flags.name)) return row;
    names.push_back(row.name);
  }
  std::string message = "no " + std::string(kind.singular) + " \"" + flags.name + "\"";
  if (const auto meant = faults::nearest(flags.name, names)) message += "\n  did you mean  " + *meant;
  throw scenarios::BadInput(ExitCode::not_found,
                            message + "\n  see them all  ordeal list " + std::string(kind.plural));
}

ExitCode show(const Flags& flags) {
  const Kind& kind = kind_named(flags.kind);
  const Row row = find(kind, flags);
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

Action declare_show(CommandLine& command_line) {
  auto flags = std::make_shared<Flags>();
  command_line.required_word("kind", flags->kind, "KIND", "scenario, invariant, flaw, seam, design or fault");
  command_line.required_word("name", flags->name, "NAME", "which one");
  add_scenarios_flag(command_line, flags->scenarios_dir);
  add_json_flag(command_line, flags->output);
  return [flags] { return show(*flags); };
}

}  // namespace ordeal::cli

// `ordeal list KIND`: what there is, one line a thing.
#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "reports/run_json.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/show/duties.h"
#include "scenarios/cli/show/kinds.h"
#include "scenarios/cli/verbs.h"

namespace ordeal::cli {
namespace {

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  std::string kind = "scenarios";
  std::string scenarios_dir;
  OutputFlags output;
};

play::ExitCode list(const Flags& flags) {
  if (flags.kind == kDiskDuties) return list_disk_duties(flags.output);
  const Kind& kind = kind_named(flags.kind, kDiskDuties);
  const std::vector<Row> rows = kind.rows({flags.repertoire, flags.scenarios_dir});
  if (flags.output.json) {
    nlohmann::ordered_json json{
        {"schema", "ordeal/list/1"}, {"kind", kind.plural}, {"items", nlohmann::ordered_json::array()}};
    for (const Row& row : rows) json["items"].push_back({{"name", row.name}, {"summary", row.line}});
    print(reports::json_text(json));
    return play::ExitCode::ok;
  }
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.name.size());
  std::string out;
  for (const Row& row : rows)
    out += row.name + std::string(width + 2 - row.name.size(), ' ') + row.line + "\n";
  print(out);
  return play::ExitCode::ok;
}

}  // namespace

Action declare_list(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  command_line.word("kind", flags->kind, "KIND", kinds_in_words() + " or disk-duties (scenarios)");
  add_scenarios_flag(command_line, flags->scenarios_dir);
  add_json_flag(command_line, flags->output);
  return [flags] { return list(*flags); };
}

}  // namespace ordeal::cli

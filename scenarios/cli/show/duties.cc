#include "scenarios/cli/show/duties.h"

#include <nlohmann/json.hpp>

#include "reports/run_json.h"
#include "scenarios/duties/disk_duties.h"

namespace ordeal::cli {
namespace {

using scenarios::DiskOutcome;
using scenarios::DutyCell;

nlohmann::ordered_json json_of(const DutyCell& cell) {
  const DiskOutcome declared = scenarios::worst_declared(cell.kind, cell.setting);
  nlohmann::ordered_json runs = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < cell.runs.size(); ++i)
    runs[std::string(scenarios::name_of(static_cast<DiskOutcome>(i)))] = cell.runs[i];
  return {{"fault", faults::name_of(cell.kind)},
          {"journal_mode", sim::name_of(cell.setting.journal)},
          {"synchronous", scenarios::name_of(cell.setting.synchronous)},
          {"duty", scenarios::name_of(scenarios::duty_for(declared))},
          {"declared_worst", scenarios::name_of(declared)},
          {"worst", scenarios::name_of(cell.worst())},
          {"points", cell.points},
          {"runs", std::move(runs)}};
}

}  // namespace

scenarios::ExitCode list_disk_duties(const OutputFlags& flags) {
  const std::vector<DutyCell> cells = scenarios::play_all_duties();
  const std::vector<std::string> broken = scenarios::broken_duties(cells);
  if (flags.json) {
    nlohmann::ordered_json json{
        {"schema", "ordeal/list/1"}, {"kind", kDiskDuties}, {"items", nlohmann::ordered_json::array()}};
    for (const DutyCell& cell : cells) json["items"].push_back(json_of(cell));
    json["broken"] = broken;
    print(reports::json_text(json));
  } else {
    print(scenarios::duties_markdown(cells));
    for (const std::string& line : broken) print("broken duty: " + line + "\n");
  }
  return broken.empty() ? scenarios::ExitCode::ok : scenarios::ExitCode::expectation;
}

}  // namespace ordeal::cli

#include "scenarios/cli/show/duties.h"

#include <nlohmann/json.hpp>

#include "reports/run_json.h"
#include "scenarios/duties/disk_duties.h"

namespace ordeal::cli {
namespace {

using duties::DutyCell;
using play::DiskOutcome;

nlohmann::ordered_json json_of(const DutyCell& cell) {
  const DiskOutcome declared = play::worst_declared(cell.kind, cell.setting);
  nlohmann::ordered_json runs = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < cell.runs.size(); ++i)
    runs[std::string(play::name_of(static_cast<DiskOutcome>(i)))] = cell.runs[i];
  return {{"fault", faults::name_of(cell.kind)},
          {"journal_mode", sim::name_of(cell.setting.journal)},
          {"synchronous", duties::name_of(cell.setting.synchronous)},
          {"duty", play::name_of(play::duty_for(declared))},
          {"declared_worst", play::name_of(declared)},
          {"worst", play::name_of(cell.worst())},
          {"points", cell.points},
          {"runs", std::move(runs)}};
}

}  // namespace

play::ExitCode list_disk_duties(const OutputFlags& flags) {
  const std::vector<DutyCell> cells = duties::play_all_duties();
  const std::vector<std::string> broken = duties::broken_duties(cells);
  if (flags.json) {
    nlohmann::ordered_json json{
        {"schema", "ordeal/list/1"}, {"kind", kDiskDuties}, {"items", nlohmann::ordered_json::array()}};
    for (const DutyCell& cell : cells) json["items"].push_back(json_of(cell));
    json["broken"] = broken;
    print(reports::json_text(json));
  } else {
    print(duties::duties_markdown(cells));
    for (const std::string& line : broken) print("broken duty: " + line + "\n");
  }
  return broken.empty() ? play::ExitCode::ok : play::ExitCode::expectation;
}

}  // namespace ordeal::cli

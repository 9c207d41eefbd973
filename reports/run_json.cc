#include "reports/run_json.h"

#include <nlohmann/json.hpp>

#include "reports/words.h"

namespace ordeal::reports {

using Json = nlohmann::ordered_json;

namespace {

Json counts_json(const FaultCounts& counts) {
  return {{"armed", counts.armed},
          {"reached", counts.reached},
          {"effective", counts.effective},
          {"hits", counts.hits}};
}

}  // namespace

Json faults_json(const FaultReport& faults) {
  Json json = counts_json(faults.total());
  Json& by_kind = json["by_kind"] = Json::object();
  for (const auto& [kind, counts] : faults.by_kind) by_kind[kind] = counts_json(counts);
  return json;
}

Json finding_json(const sim::Finding& finding) {
  Json evidence = Json::object();
  for (const auto& [name, value] : finding.evidence) {
    std::string key = name;  // evidence may name one thing twice; an object may not
    for (int n = 2; evidence.contains(key); ++n) key = name + " (" + std::to_string(n) + ")";
    evidence[key] = value;
  }
  return {{"invariant", finding.invariant},
          {"kind", name_of(finding.kind)},
          {"at_ns", finding.at_ns},
          {"message", finding.message},
          {"evidence", std::move(evidence)}};
}

Json run_json(const RunReport& report) {
  Json json;
  json["schema"] = "ordeal/run/1";
  json["engine"] = report.setting.engine;
  json["scenario"] = report.setting.scenario;
  json["seed"] = report.seed;
  json["design"] = Json(report.setting.designs);
  json["flaws"] = report.setting.flaws;
  json["order"] = report.order;
  json["verdict"] = report.broken ? "broken" : sim::name_of(report.verdict);
  json["exit_code"] = report.exit_code;
  json["trace_hash"] = report.trace_hash;
  json["events"] = report.events;
  json["virtual_ns"] = report.virtual_ns;
  json["wall_ns"] = report.wall_ns;
  json["settled"] = report.settled;
  json["played_twice"] = report.played_twice;
  Json& findings = json["findings"] = Json::array();
  for (const sim::Finding& finding : report.findings) findings.push_back(finding_json(finding));
  json["faults"] = faults_json(report.faults);
  json["faults"]["mode"] = report.setting.faults;
  json["faults"]["plan"] = report.plan;
  json["sometimes"] = Json(report.sometimes);
  json["not_reached"] = report.not_reached;
  json["counts"] = Json(report.counts);
  json["repro"] = report.repro ? Json(*report.repro) : Json(nullptr);
  if (report.broken) json["broken"] = *report.broken;
  if (report.expectation_missed) json["expectation_missed"] = *report.expectation_missed;
  return json;
}

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string json_text(const RunReport& report) { return json_text(run_json(report)); }

}  // namespace ordeal::reports

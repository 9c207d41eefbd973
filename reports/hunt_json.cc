#include "reports/hunt_json.h"

#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "faults/text.h"
#include "reports/run_json.h"
#include "reports/shrink_report.h"
#include "reports/words.h"

namespace ordeal::reports {

using Json = nlohmann::ordered_json;

namespace {

// One decimal: more would be noise.
double rounded(double value) { return std::round(value * 10.0) / 10.0; }

Json first_failures(const HuntReport& report) {
  Json list = Json::array();
  for (const FirstFailure& first : report.first_failures) {
    list.push_back({{"seed", first.seed},
                    {"invariant", first.invariant},
                    {"kind", name_of(first.kind)},
                    {"message", first.message},
                    {"repro", first.repro.empty() ? Json(nullptr) : Json(first.repro)}});
  }
  return list;
}

Json faults_of(const HuntReport& report) {
  Json json = faults_json(report.faults);
  json["mode"] = report.setting.faults;
  json["never_effective"] = report.never_effective;
  json["rates_judged"] = report.rates_judged;
  Json& off = json["rates_off"] = Json::array();
  for (const RateOff& rate : report.rates_off) {
    off.push_back({{"kind", rate.kind},
                   {"asked", faults::text(rate.asked)},
                   {"tries", rate.tries},
                   {"hits", rate.hits}});
  }
  return json;
}

Json missing_json(const MissingSeeds& missing) {
  return {{"count", missing.count}, {"first", missing.first}, {"shards", missing.shards}};
}

Json machines_json(const HuntReport& report) {
  Json machines = Json::object();
  for (const auto& [machine, edges] : report.machines) {
    Json& json = machines[machine] = Json::object();
    for (const auto& [edge, taken] : edges)
      json[edge] = {{"trials", taken.trials}, {"under", Json(taken.under)}};
  }
  return machines;
}

}  // namespace

Json hunt_json(const HuntReport& report) {
  const auto orders = report.counts.find(kOrdersPlaced);
  const std::int64_t placed = orders == report.counts.end() ? 0 : orders->second;
  const auto pace = [&](std::uint64_t count) { return rounded(per_second(count, report.wall_ns)); };
  Json json;
  json["schema"] = "ordeal/hunt/1";
  json["engine"] = report.setting.engine;
  json["scenario"] = report.setting.scenario;
  json["design"] = Json(report.setting.designs);
  json["flaws"] = report.setting.flaws;
  json["order"] = report.setting.order;
  json["seeds"] = {{"first", report.first_seed}, {"last", report.last_seed}};
  if (report.shard) json["shard"] = *report.shard;
  if (report.missing_seeds.any()) json["missing_seeds"] = missing_json(report.missing_seeds);
  json["exit_code"] = report.exit_code;
  json["trials"] = report.trials;
  json["passed"] = report.passed;
  json["failed"] = report.failed;
  json["by_verdict"] = Json(report.by_verdict);
  json["by_invariant"] = Json(report.by_invariant);
  json["trials_per_second"] = pace(report.trials - report.before.trials);
  json["orders_per_second"] = pace(static_cast<std::uint64_t>(placed - report.before.orders));
  json["events_per_second"] = pace(report.events - report.before.events);
  json["events"] = report.events;
  json["virtual_ns"] = report.virtual_ns;
  json["wall_ns"] = report.wall_ns;
  json["reruns"] = report.reruns;
  json["mismatches"] = report.mismatches;
  json["traces_hash"] = report.traces_hash;
  json["first_failures"] = first_failures(report);
  Json& small = json["findings"] = Json::array();
  for (const SmallFailure& one : report.small) small.push_back(small_json(one));
  json["looked_into"] = Json(report.looked_into);
  if (report.corpus) {
    json["corpus"] = {{"replayed", report.corpus->replayed},
                      {"as_expected", report.corpus->as_expected},
                      {"otherwise", report.corpus->otherwise}};
  }
  if (report.remembered) {
    json["remembered"] = {{"replayed", report.remembered->replayed},
                          {"again", report.remembered->again},
                          {"mended", report.remembered->mended},
                          {"unclear", report.remembered->unclear}};
  }
  json["sometimes"] = Json(report.sometimes);
  json["not_reached"] = report.not_reached;
  json["missed"] = report.missed;
  json["faults"] = faults_of(report);
  json["counts"] = Json(report.counts);
  json["machines"] = machines_json(report);
  json["came_to_nothing"] = report.came_to_nothing;
  json["stopped_because"] = report.stopped_because;
  json["run_directory"] = report.run_directory.empty() ? Json(nullptr) : Json(report.run_directory);
  Json& bugs = json["our_bugs"] = Json::array();
  for (const OurBug& bug : report.our_bugs) bugs.push_back({{"seed", bug.seed}, {"what", bug.what}});
  if (report.expected) json["expected"] = *report.expected;
  if (report.expectation_missed) json["expectation_missed"] = *report.expectation_missed;
  return json;
}

namespace {

// What depends on the machine, the hour and the way to the directory.
constexpr std::array kOfHere{"trials_per_second", "orders_per_second", "events_per_second", "wall_ns",
                             "run_directory"};

void name_alone(Json& path) {
  if (!path.is_string()) return;
  const std::string text = path;
  path = text.substr(text.find_last_of('/') + 1);
}

}  // namespace

Json lasting_json(const HuntReport& report) {
  Json json = hunt_json(report);
  for (const char* key : kOfHere) json.erase(key);
  json.erase("remembered");
  for (Json& first : json.at("first_failures")) name_alone(first.at("repro"));
  for (Json& small : json.at("findings")) name_alone(small.at("repro"));
  if (report.corpus) {
    for (Json& otherwise : json.at("corpus").at("otherwise")) {
      const std::string text = otherwise;
      otherwise = text.substr(0, text.find(": "));
      name_alone(otherwise);
    }
  }
  return json;
}

Json timing_json(const HuntReport& report) {
  const Json whole = hunt_json(report);
  Json json{{"schema", "ordeal/timing/1"}};
  for (const char* key : kOfHere) json[key] = whole.at(key);
  json["played_before"] = report.before.trials;
  if (report.merged_from != 0) json["merged_from"] = report.merged_from;
  if (report.corpus) json["corpus_otherwise"] = report.corpus->otherwise;
  if (report.remembered) json["remembered"] = whole.at("remembered");
  return json;
}

std::string json_text(const HuntReport& report) { return json_text(hunt_json(report)); }

}  // namespace ordeal::reports

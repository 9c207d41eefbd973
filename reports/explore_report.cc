#include "reports/explore_report.h"

#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/run_json.h"
#include "reports/words.h"

namespace ordeal::reports {

using Json = nlohmann::ordered_json;

namespace {

std::set<std::uint64_t> seeds_of(const ExploreReport& report) {
  std::set<std::uint64_t> seeds;
  for (const ExploreWorld& world : report.worlds) seeds.insert(world.seed);
  return seeds;
}

Json worlds_json(const ExploreReport& report) {
  Json worlds = Json::array();
  for (const ExploreWorld& world : report.worlds) {
    worlds.push_back({{"seed", world.seed},
                      {"journal_mode", world.journal_mode},
                      {"actors", world.actors},
                      {"candidates", world.candidates},
                      {"left_out", world.left_out}});
  }
  return worlds;
}

template <class... Args>
void add(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

std::string listed(const Named<std::uint64_t>& named) {
  std::string out;
  for (const auto& [name, count] : named) out += (out.empty() ? "" : " · ") + name + " " + grouped(count);
  return out.empty() ? "none" : out;
}

std::string command(const ExploreReport& report, const ExploreFailure& failure, const Style& style) {
  std::string out = shell_word(style.program) + " explore " + shell_word(report.setting.scenario) +
                    " --faults " + std::to_string(report.depth) + " --actors " +
                    std::to_string(failure.actors) + " --seed " + std::to_string(failure.seed) +
                    " --journal-mode " + failure.journal_mode;
  for (const std::string& flaw : report.setting.flaws) out += " --flaw " + flaw;
  for (const auto& [seam, design] : report.setting.designs) out += " --design " + seam + "=" + design;
  return out;
}

std::string seeds_text(const ExploreReport& report) {
  std::string out;
  for (const std::uint64_t seed : seeds_of(report)) out += (out.empty() ? "" : ", ") + std::to_string(seed);
  return (seeds_of(report).size() == 1 ? "seed " : "seeds ") + out;
}

// A line for each journal mode; the worlds one by one are in the JSON.
void worlds_text(std::string& out, const ExploreReport& report) {
  if (report.worlds.size() < 2) return;
  Named<ExploreWorld> of_mode;
  for (const ExploreWorld& world : report.worlds) {
    of_mode[world.journal_mode].candidates += world.candidates;
    of_mode[world.journal_mode].left_out += world.left_out;
  }
  for (const auto& [mode, sum] : of_mode) {
    add(out, "  journal   {}: {} single faults, {} of them left out\n", mode, grouped(sum.candidates),
        grouped(sum.left_out));
  }
}

void failures_text(std::string& out, const ExploreReport& report, const Style& style) {
  for (const ExploreFailure& first : report.first_failures) {
    const auto found = report.by_invariant.find(first.invariant);
    const std::uint64_t times = found == report.by_invariant.end() ? 0 : found->second;
    add(out, "{} {}  {} of {} trials\n", painted(style.color, Paint::bad, "✗"),
        painted(style.color, Paint::bold, first.invariant), grouped(times), grouped(report.explored));
    add(out, "    {}\n", first.message);
    if (first.faults.empty()) add(out, "    it takes no fault\n");
    for (const std::string& fault : first.faults) add(out, "    {}\n", fault);
    if (first.repro.empty()) {
      add(out, "    again  {}\n", command(report, first, style));
    } else {
      add(out, "    again  {}\n", replay_line(first.repro, style));
    }
  }
  for (const std::string& bug : report.our_bugs) {
    add(out, "{} {}\n", painted(style.color, Paint::bad, "✗ our bug:"), bug);
  }
}

}  // namespace

Json explore_json(const ExploreReport& report) {
  Json json;
  json["schema"] = "ordeal/explore/1";
  json["engine"] = report.setting.engine;
  json["scenario"] = report.setting.scenario;
  json["scenario_hash"] = report.scenario_hash;
  json["seed"] = report.worlds.empty() ? Json(nullptr) : Json(report.worlds.front().seed);
  json["worlds"] = worlds_json(report);
  json["actors"] = report.actors;
  json["design"] = Json(report.setting.designs);
  json["flaws"] = report.setting.flaws;
  json["faults_at_once"] = report.depth;
  json["exit_code"] = report.exit_code;
  json["sites"] = Json(report.sites);
  json["strikes"] = Json(report.strikes);
  json["candidates"] = report.candidates;
  json["explored"] = report.explored;
  json["pruned"] = Json(report.pruned);
  json["pruned_checked"] = report.pruned_checked;
  json["pruned_wrong"] = report.pruned_wrong;
  json["passed"] = report.passed;
  json["failed"] = report.failed;
  json["by_verdict"] = Json(report.by_verdict);
  json["by_invariant"] = Json(report.by_invariant);
  json["mismatches"] = report.mismatches;
  Json& first = json["first_failures"] = Json::array();
  for (const ExploreFailure& one : report.first_failures) {
    first.push_back({{"invariant", one.invariant},
                     {"kind", name_of(one.kind)},
                     {"message", one.message},
                     {"seed", one.seed},
                     {"actors", one.actors},
                     {"journal_mode", one.journal_mode},
                     {"faults", one.faults},
                     {"repro", one.repro.empty() ? Json(nullptr) : Json(one.repro)}});
  }
  json["certificate"] = report.certificate ? Json(*report.certificate) : Json(nullptr);
  json["stopped_because"] = report.stopped_because;
  json["events"] = report.events;
  json["wall_ns"] = report.wall_ns;
  json["trials_per_second"] = std::round(per_second(report.explored, report.wall_ns) * 10.0) / 10.0;
  json["run_directory"] = report.run_directory.empty() ? Json(nullptr) : Json(report.run_directory);
  json["our_bugs"] = report.our_bugs;
  if (report.expected) json["expected"] = *report.expected;
  if (report.expectation_missed) json["expectation_missed"] = *report.expectation_missed;
  return json;
}

std::string explore_text(const ExploreReport& report, const Style& style) {
  std::string out;
  const std::string things = report.depth == 1 ? "single faults" : "faults and pairs of faults";
  if (!style.quiet) {
    std::string title = report.setting.scenario;
    for (const std::string& flaw : report.setting.flaws) title += "  flaw " + flaw;
    for (const auto& [seam, design] : report.setting.designs) title += "  " + seam + "=" + design;
    const bool also_alone = !report.worlds.empty() && report.worlds.front().actors != report.actors;
    add(out, "{}  {}  {} actors{}  scenario {}\n", title, seeds_text(report), report.actors,
        also_alone ? ", and the first of them alone" : "", report.scenario_hash);
    worlds_text(out, report);
    add(out, "  sites     {}\n", listed(report.sites));
    add(out, "  strikes   {}\n", listed(report.strikes));
    for (const auto& [why, count] : report.pruned) add(out, "  pruned    {}: {}\n", grouped(count), why);
    if (report.pruned_checked != 0) {
      add(out, "  checked   {} of the pruned were played all the same, {} of them ended differently\n",
          grouped(report.pruned_checked), grouped(report.pruned_wrong));
    }
    add(out, "  {} trials in {}: {:.0f} a second\n", grouped(report.explored), wall_text(report.wall_ns),
        per_second(report.explored, report.wall_ns));
    if (!report.run_directory.empty()) add(out, "  saved in  {}\n", report.run_directory);
  }
  failures_text(out, report, style);
  if (report.expectation_missed)
    add(out, "{} {}\n", painted(style.color, Paint::bad, "✗"), *report.expectation_missed);
  if (!report.certificate) {
    add(out, "{} {} of {} explored: stopped because {}; no certificate\n",
        painted(style.color, Paint::warn, "!"), grouped(report.explored + report.pruned_total()),
        report.candidates == 0 ? "an unknown number" : grouped(report.candidates), report.stopped_because);
    return out;
  }
  const bool green = report.failed == 0 && report.our_bugs.empty() && report.pruned_wrong == 0;
  add(out, "certificate {}  {} {}, {} played, {} pruned\n", *report.certificate, grouped(report.candidates),
      things, grouped(report.explored), grouped(report.pruned_total()));
  add(out, "{}\n",
      painted(style.color, green ? Paint::good : Paint::bad,
              fmt::format("{} {} of {} explored, {} failed", green ? "✓" : "✗",
                          grouped(report.explored + report.pruned_total()), grouped(report.candidates),
                          grouped(report.failed))));
  return out;
}

std::string json_text(const ExploreReport& report) { return json_text(explore_json(report)); }

}  // namespace ordeal::reports

#include "reports/page/hunt_view.h"

#include <algorithm>
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "reports/text.h"

namespace ordeal::reports {
namespace {

using Json = nlohmann::ordered_json;

struct Row {
  std::uint64_t seed = 0;
  int verdict = 0;
  std::vector<std::pair<std::string, std::string>> findings;  // law, message
};

std::optional<Row> row_of(const std::string& line, HuntView& view) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  try {
    Row row;
    row.seed = json.at("seed").get<std::uint64_t>();
    row.verdict = json.at("verdict").get<int>();
    for (const Json& finding : json.at("findings"))
      row.findings.emplace_back(finding.at(0).get<std::string>(), finding.at(2).get<std::string>());
    if (!view.cut_off) return row;
    for (const auto& [mark, count] : json.at("marks").items()) view.marks[mark] += count.get<std::uint64_t>();
    for (const auto& [kind, counts] : json.at("faults").items()) {
      view.faults.by_kind[kind] +=
          FaultCounts{counts.at(0).get<std::uint64_t>(), counts.at(1).get<std::uint64_t>(),
                      counts.at(2).get<std::uint64_t>(), counts.at(3).get<std::uint64_t>()};
    }
    return row;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

std::vector<Row> rows_of(const std::string& text, HuntView& view) {
  std::map<std::uint64_t, Row> by_seed;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (auto row = row_of(line, view)) {
      by_seed[row->seed] = std::move(*row);
    } else {
      ++view.unreadable;
    }
  }
  std::vector<Row> rows;
  for (auto& [seed, row] : by_seed) rows.push_back(std::move(row));
  return rows;
}

void count_laws(const std::vector<Row>& rows, HuntView& view) {
  std::uint64_t trials = 0;
  std::map<std::string, std::size_t> at;
  for (const Row& row : rows) {
    ++trials;
    for (const auto& [law, message] : row.findings) {
      const auto [known, is_new] = at.try_emplace(law, view.laws.size());
      if (is_new) view.laws.push_back({law, {}, trials, message});
      auto& seeds = view.laws[known->second].seeds;
      if (seeds.empty() || seeds.back() != row.seed) seeds.push_back(row.seed);
    }
  }
}

void read_summary(const Json& json, const std::string& program, HuntView& view) {
  view.engine = json.at("engine").get<std::string>();
  view.scenario = json.at("scenario").get<std::string>();
  view.flaws = json.at("flaws").get<std::vector<std::string>>();
  view.first_seed = json.at("seeds").at("first").get<std::uint64_t>();
  view.last_seed = json.at("seeds").at("last").get<std::uint64_t>();
  view.trials = json.at("trials").get<std::uint64_t>();
  view.passed = json.at("passed").get<std::uint64_t>();
  view.exit_code = json.at("exit_code").get<int>();
  view.stopped_because = json.at("stopped_because").get<std::string>();
  view.not_reached = json.at("not_reached").get<std::vector<std::string>>();
  for (const auto& [mark, count] : json.at("sometimes").items())
    view.marks[mark] = count.get<std::uint64_t>();
  for (const auto& [kind, counts] : json.at("faults").at("by_kind").items()) {
    view.faults.by_kind[kind] = {
        counts.at("armed").get<std::uint64_t>(), counts.at("reached").get<std::uint64_t>(),
        counts.at("effective").get<std::uint64_t>(), counts.at("hits").get<std::uint64_t>()};
  }
  for (const Json& finding : json.at("findings")) {
    FoundCause cause;
    cause.law = finding.at("invariant").get<std::string>();
    cause.cause = finding.at("cause").get<std::string>();
    cause.seed = finding.at("seed").get<std::uint64_t>();
    cause.count = finding.at("count").get<std::uint64_t>();
    cause.takes = finding.at("takes").get<std::vector<std::string>>();
    const std::string repro = finding.value("repro", "");
    if (!repro.empty()) cause.replay = replay_line(repro, {.program = program});
    view.causes.push_back(std::move(cause));
  }
}

}  // namespace

Result<HuntView, std::string> hunt_view(const HuntFiles& files, const std::string& program) {
  HuntView view;
  view.cut_off = !files.hunt.has_value();
  const std::vector<Row> rows = rows_of(files.lines, view);
  if (files.hunt) {
    try {
      read_summary(Json::parse(*files.hunt), program, view);
    } catch (const nlohmann::json::exception& error) {
      return Err{std::string(error.what())};
    }
  } else {
    view.trials = rows.size();
    view.passed = static_cast<std::uint64_t>(
        std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.verdict == 0; }));
    if (!rows.empty()) {
      view.first_seed = rows.front().seed;
      view.last_seed = rows.back().seed;
    }
  }
  count_laws(rows, view);
  return view;
}

}  // namespace ordeal::reports

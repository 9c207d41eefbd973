#include "scenarios/cli/compare/seed_line.h"

#include <nlohmann/json.hpp>

namespace ordeal::cli {
namespace {

using Json = nlohmann::json;

SeedLine::Outcome outcome_of(const play::Played& played, const std::vector<play::Measured>& measured) {
  SeedLine::Outcome outcome;
  outcome.verdict = played.trial.verdict;
  if (!played.trial.findings.empty()) outcome.invariant = played.trial.findings.front().invariant;
  for (const play::Measured& one : measured) outcome.samples.emplace(std::string(one.row->name), one.samples);
  return outcome;
}

}  // namespace

SeedLine play_with_each(const std::vector<std::unique_ptr<play::Stage>>& stages, std::uint64_t seed,
                        play::FaultMode faults, bool one_plan) {
  SeedLine line;
  line.seed = seed;
  play::PlayOptions options;
  options.seed = seed;
  options.faults = faults;
  options.ordering = std::nullopt;
  for (const auto& stage : stages) {
    std::vector<play::Measured> measured;
    const play::Played played = stage->play(options, measured);
    if (played.trial.broken) {
      line.our_bug = *played.trial.broken;
      return line;
    }
    line.outcomes.push_back(outcome_of(played, measured));
    if (one_plan && faults != play::FaultMode::none) {
      options.faults = play::FaultMode::plan;
      options.plan = played.plan;
    }
  }
  return line;
}

std::string to_text(const SeedLine& line) {
  Json outcomes = Json::array();
  for (const SeedLine::Outcome& one : line.outcomes)
    outcomes.push_back({static_cast<int>(one.verdict), one.invariant, one.samples});
  Json json{{"seed", line.seed}, {"outcomes", std::move(outcomes)}};
  if (line.our_bug) json["our_bug"] = *line.our_bug;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<SeedLine> seed_line_from(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    SeedLine line;
    line.seed = json.at("seed");
    for (const Json& one : json.at("outcomes")) {
      line.outcomes.push_back({static_cast<sim::Verdict>(one.at(0).get<int>()), one.at(1).get<std::string>(),
                               one.at(2).get<std::map<std::string, std::vector<std::int64_t>>>()});
    }
    if (json.contains("our_bug")) line.our_bug = json.at("our_bug").get<std::string>();
    return line;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace ordeal::cli

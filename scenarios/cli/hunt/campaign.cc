#include "scenarios/cli/hunt/campaign.h"

#include <memory>
#include <utility>

#include "faults/plan/plan_json.h"
#include "faults/text.h"
#include "reports/run_json.h"
#include "scenarios/cli/engine.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/loader.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::cli {
namespace {

using play::BadInput;
using play::ExitCode;
using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "ordeal/campaign/1";

std::string text_of(const Patience& patience) {
  if (patience.time) return faults::text(*patience.time);
  return patience.trials != 0 ? std::to_string(patience.trials) : "";
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
std::string text_from(const Json& json) { return json.is_null() ? "" : json.get<std::string>(); }

// Runs what reads members; a member that is missing or of another type is told with the file.
template <class Read>
auto read_from(const std::string& file, const Read& read) {
  try {
    return read();
  } catch (const Json::exception& error) {
    throw BadInput(ExitCode::data, file + ": is not what a hunt has written there: " + error.what());
  } catch (const BadInput& error) {
    if (error.code() == ExitCode::data) throw;
    throw BadInput(ExitCode::data, file + ": " + error.what());
  }
}

}  // namespace

Campaign campaign_of(const Production& production, const HuntOrder& order) {
  const reports::Setting& setting = production.setting;
  Json json;
  json["schema"] = kSchema;
  json["engine"] = setting.engine;
  json["scenario"] = setting.scenario;
  json["design"] = Json(setting.designs);
  json["flaws"] = setting.flaws;
  json["faults"] = setting.faults;
  json["plan"] = production.options.faults == play::FaultMode::plan
                     ? faults::plan_to_json(production.options.plan)
                     : Json(nullptr);
  json["order"] = setting.order;
  json["seeds"] = {{"first", order.seeds.first}, {"last", order.seeds.last}};
  json["rerun_share"] = faults::text(order.rerun_share);
  json["budget"] = order.budget ? Json(faults::text(*order.budget)) : Json(nullptr);
  json["until_stale"] = text_or_null(text_of(order.patience));
  json["max_failures"] = order.max_failures;
  json["expected"] = order.expected;
  json["shrink_budget"] = order.shrink_budget ? Json(faults::text(*order.shrink_budget)) : Json(nullptr);
  json["corpus"] = text_or_null(order.corpus);
  json["scenario_file"] = Json::parse(production.stage->scenario().source);
  return {std::move(json), order.shard};
}

std::string to_text(const Campaign& campaign) {
  Json json = campaign.common;
  if (!campaign.shard.whole()) json["shard"] = campaign.shard.text();
  return reports::json_text(json);
}

Campaign read_campaign(const std::filesystem::path& directory) {
  const std::string file = (directory / kCampaignFile).string();
  Json json = play::parse_strictly(play::read_text_file(file), file);
  return read_from(file, [&] {
    const std::string schema = json.at("schema");
    if (schema != kSchema) play::Place{file, "$.schema"}.fail(std::string("\"") + kSchema + "\"", schema);
    Shard shard;
    if (json.contains("shard")) shard = parse_shard("$.shard", json.at("shard").get<std::string>());
    json.erase("shard");
    return Campaign{std::move(json), shard};
  });
}

std::optional<std::string> difference(const Campaign& one, const Campaign& other) {
  for (const auto& [key, value] : one.common.items()) {
    const auto found = other.common.find(key);
    if (found == other.common.end() || *found != value) {
      return key + " is " + play::shown(value) + " in one and " +
             (found == other.common.end() ? "missing" : play::shown(*found)) + " in the other";
    }
  }
  for (const auto& [key, value] : other.common.items()) {
    if (!one.common.contains(key))
      return key + " is missing in one and " + play::shown(value) + " in the other";
  }
  return std::nullopt;
}

void check_engine(const Campaign& campaign, const std::filesystem::path& directory) {
  const Json& engine = campaign.common.at("engine");
  if (engine == kEngine) return;
  throw BadInput(ExitCode::merge,
                 directory.string() + " was hunted by " + play::shown(engine) + ", this is " +
                     std::string(kEngine) +
                     ": their results may not agree\n  hunt anew with one of them, or use the other");
}

Production production_of(const play::Flows& flows, const Campaign& campaign, const std::string& file) {
  return read_from(file, [&] {
    const Json& json = campaign.common;
    play::Cast cast;
    for (const auto& [seam, design] : json.at("design").items())
      cast.designs.insert(parse_design(flows, seam + "=" + design.get<std::string>()));
    for (const Json& flaw : json.at("flaws"))
      cast.flaws.push_back(parse_flaw(flows, flaw.get<std::string>()));
    play::Scenario scenario = play::read_scenario(flows, json.at("scenario_file"), {file, "$.scenario_file"});

    Production production;
    const std::string faults = json.at("faults");
    production.options.faults = faults == "none"     ? play::FaultMode::none
                                : faults == "swarm"  ? play::FaultMode::swarm
                                : faults == "slight" ? play::FaultMode::slight
                                                     : play::FaultMode::plan;
    production.setting = {.engine = std::string(kEngine),
                          .scenario = json.at("scenario"),
                          .summary = scenario.summary,
                          .designs = cast.designs,
                          .flaws = cast.flaws,
                          .faults = faults,
                          .order = json.at("order")};
    production.options.ordering = parse_order("$.order", production.setting.order);
    production.stage = std::make_unique<play::Stage>(flows, std::move(scenario), std::move(cast));
    if (production.options.faults != play::FaultMode::plan) return production;
    const auto plan = faults::plan_from_json(json.at("plan"), "$.plan");
    if (!plan) throw BadInput(ExitCode::data, file + ": " + plan.error().text());
    production.options.plan = *plan;
    check_plan(production.options.plan, *production.stage, file, "$.plan");
    return production;
  });
}

HuntOrder order_of(const play::Flows& flows, const Campaign& campaign, const std::string& file) {
  return read_from(file, [&] {
    const Json& json = campaign.common;
    HuntOrder order;
    order.seeds = {json.at("seeds").at("first"), json.at("seeds").at("last")};
    if (order.seeds.last < order.seeds.first)
      play::Place{file, "$.seeds"}.fail("a range whose end is not before its start",
                                        play::shown(json.at("seeds")));
    order.shard = campaign.shard;
    order.rerun_share = parse_share("$.rerun_share", text_from(json.at("rerun_share")));
    if (!json.at("budget").is_null()) order.budget = parse_budget(text_from(json.at("budget")));
    if (!json.at("until_stale").is_null())
      order.patience = parse_patience("$.until_stale", text_from(json.at("until_stale")));
    order.max_failures = json.at("max_failures");
    order.expected =
        parse_invariants(flows, "$.expected", json.at("expected").get<std::vector<std::string>>());
    order.shrink_budget.reset();
    if (!json.at("shrink_budget").is_null())
      order.shrink_budget = parse_budget(text_from(json.at("shrink_budget")));
    order.corpus = text_from(json.at("corpus"));
    return order;
  });
}

}  // namespace ordeal::cli

// Writing, and whole texts. Reading is in plan_json_read.cc.
#include "faults/plan/plan_json.h"

#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "faults/text.h"

namespace ordeal::faults {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kHealText = "heal";

Json value(Duration v) { return text(v); }
Json value(Ratio v) { return text(v); }
Json value(std::int64_t v) { return v; }
Json value(const std::string& v) { return v; }
Json value(const std::vector<std::string>& v) { return v; }
Json value(Partition::Cut v) { return std::string(name_of(v)); }
Json value(MessageHold::Release v) { return std::string(name_of(v)); }
Json value(CrashPoints v) {
  Json out = Json::array();
  for (const CrashPointName& row : crash_point_names()) {
    if (v.has(row.point)) out.push_back(std::string(row.name));
  }
  return out;
}

template <class Variant>
void write_fields(Json& json, const Variant& variant) {
  std::visit(
      [&](const auto& v) {
        v.fields(v, [&](const Parameter& parameter, const auto& field) {
          json[std::string(parameter.key)] = value(field);
        });
      },
      variant);
}

Json window_to_json(const Window& window) {
  Json json{{"id", window.id}, {"fault", std::string(name_of(kind_of(window.fault)))}};
  write_fields(json, window.fault);
  json["from"] = text(window.from);
  json["until"] = window.until == kUntilHeal ? std::string(kHealText) : text(window.until);
  Json scope = Json::object();
  if (!window.scope.hosts.empty()) scope["hosts"] = window.scope.hosts;
  if (!window.scope.from.empty()) scope["from"] = window.scope.from;
  if (!window.scope.to.empty()) scope["to"] = window.scope.to;
  if (!window.scope.file.empty()) scope["file"] = window.scope.file;
  if (!scope.empty()) json["scope"] = std::move(scope);
  return json;
}

}  // namespace

std::string PlanError::text() const {
  std::string out = path + ": expected " + expected;
  if (!found.empty()) out += ", found " + found;
  if (!suggestion.empty()) out += "; did you mean \"" + suggestion + "\"?";
  return out;
}

nlohmann::ordered_json strike_to_json(const Strike& strike) {
  Json json{{"site", strike.site},
            {"occurrence", strike.occurrence},
            {"action", std::string(info(strike.action).name)}};
  write_fields(json, strike.action);
  json["readable"] = readable(strike);
  return json;
}

nlohmann::ordered_json plan_to_json(const Plan& plan) {
  Json json = Json::object();
  json["heal_at"] = text(plan.heal_at);
  json["windows"] = Json::array();
  for (const Window& window : plan.windows) json["windows"].push_back(window_to_json(window));
  json["strikes"] = Json::array();
  for (const Strike& strike : plan.strikes) json["strikes"].push_back(strike_to_json(strike));
  if (!plan.never_returning.empty()) json["never_returning"] = plan.never_returning;
  for (const auto& [name, setting] : plan.knobs) json["knobs"][name] = setting;
  return json;
}

std::string window_to_text(const Window& window) { return window_to_json(window).dump(); }

std::string plan_to_text(const Plan& plan) { return plan_to_json(plan).dump(2) + "\n"; }

Result<Plan, PlanError> plan_from_text(std::string_view whole) {
  std::vector<std::set<std::string>> open;  // the keys of every object that is not closed yet
  std::string repeated;
  const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key && !open.back().insert(parsed.get<std::string>()).second) {
      repeated = parsed.get<std::string>();
    }
    return true;
  };
  Json json;
  try {
    json = Json::parse(whole, watch);
  } catch (const nlohmann::json::parse_error& error) {
    return Err{PlanError{"$", "JSON", error.what(), ""}};
  }
  if (!repeated.empty()) return Err{PlanError{"$", "each key once", "\"" + repeated + "\" twice", ""}};
  return plan_from_json(json);
}

}  // namespace ordeal::faults

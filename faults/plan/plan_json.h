// A fault plan as JSON and back. Strict: an unknown key, kind or unit, a missing field, a rate above one is
// an error that says where it stands, what was expected and what was probably meant; nothing is filled in
// silently except what has a default.
//
//   { "heal_at": "24h",
//     "windows": [ { "id": "message_loss-1", "fault": "message_loss", "rate": "3/100", "from": "0s", "until":
//     "30m",
//                    "scope": { "hosts": ["order"] } } ],
//     "strikes": [ { "site": "shopper-1 › send order.place", "occurrence": 0, "action": "drop", "readable":
//     "…" } ], "never_returning": ["channel"], "knobs": { "database.page_size": "512" } }
//
// `readable` is for people; readers ignore it. Round trip: plan_from_json(plan_to_json(p)) == p for every
// valid plan.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.h"
#include "faults/plan/plan.h"

namespace ordeal::faults {

struct PlanError {
  std::string path;        // "$.windows[2].rate"
  std::string expected;    // "a chance such as \"3/100\", not more than 1"
  std::string found;       // what stood there
  std::string suggestion;  // empty when nothing is near
  std::string text() const;
};

nlohmann::ordered_json plan_to_json(const Plan& plan);
nlohmann::ordered_json strike_to_json(const Strike& strike);
// `path` is where the value stands in its file.
Result<Plan, PlanError> plan_from_json(const nlohmann::ordered_json& json, std::string path = "$");
Result<Strike, PlanError> strike_from_json(const nlohmann::ordered_json& json, std::string path);

// Whole texts. A plan's text ends with a line feed. Broken JSON and repeated keys are errors too.
std::string plan_to_text(const Plan& plan);
// In one line.
std::string window_to_text(const Window& window);
Result<Plan, PlanError> plan_from_text(std::string_view text);

}  // namespace ordeal::faults

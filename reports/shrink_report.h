// A failure made small, for people and as one JSON object, schema "ordeal/shrink/1": how big it was and is,
// what it takes, and the but-for table (take this away: does it still break?). Of messages people are shown
// those that it takes; the JSON has every row.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "reports/model.h"
#include "reports/text.h"

namespace ordeal::reports {

nlohmann::ordered_json shrink_json(const ShrinkReport& report);
std::string json_text(const ShrinkReport& report);
std::string shrink_text(const ShrinkReport& report, const Style& style);

// Parts that other reports share.
nlohmann::ordered_json small_json(const SmallFailure& small);
nlohmann::ordered_json but_for_json(const ButForTable& table);
std::string but_for_text(const ButForTable& table, const Style& style);
// "2 strikes, 1 actor": what is not there is not named.
std::string sizes_text(const Sizes& sizes);

}  // namespace ordeal::reports

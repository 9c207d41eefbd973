// A campaign as one JSON object, schema "ordeal/hunt/1" (design section 9). Same seeds give the same object
// for any number of workers, but for wall times, the rates made from them, and paths. Later versions add keys
// and leave these as they are.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "reports/model.h"

namespace ordeal::reports {

nlohmann::ordered_json hunt_json(const HuntReport& report);
// What a run directory keeps as hunt.json: the same without what depends on the machine, the hour and the place; repros by
// their names in the directory. Shards that were merged have it byte for byte as the hunt that was not split.
nlohmann::ordered_json lasting_json(const HuntReport& report);
// What was left out of that, schema "ordeal/timing/1": wall times and paths.
nlohmann::ordered_json timing_json(const HuntReport& report);
std::string json_text(const HuntReport& report);

}  // namespace ordeal::reports

// One trial as one JSON object, schema "ordeal/run/1" (design section 9). Keys stand in a fixed order; what
// does not depend on the seed alone is `wall_ns` and `repro`. Later versions add keys and leave these as they
// are.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "reports/model.h"

namespace ordeal::reports {

nlohmann::ordered_json run_json(const RunReport& report);
std::string json_text(const RunReport& report);

// Parts that other reports share.
nlohmann::ordered_json faults_json(const FaultReport& faults);
nlohmann::ordered_json finding_json(const sim::Finding& finding);
// One object as text with a line feed at its end. Bytes that are not UTF-8 become U+FFFD.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace ordeal::reports

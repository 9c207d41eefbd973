// The JSON Schema of scenario files, made from the rows of the flows: what `ordeal show schema` prints and
// scenarios/schema.json holds. It says all that a schema can say; the loader checks the rest.
#pragma once

#include "scenarios/play/flows.h"
#include "scenarios/play/strict_json.h"

namespace ordeal::play {

Json scenario_schema(const Flows& flows);

}  // namespace ordeal::play

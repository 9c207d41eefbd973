// What lending costs, in figures, for comparing designs.
#pragma once

#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::lending {

std::vector<play::MeasureRow> measure_rows();

}  // namespace ordeal::lending

// What a trial at a marketplace cost, in figures.
#pragma once

#include <vector>

#include "scenarios/play/measuring.h"

namespace ordeal::marketplace {

std::vector<play::MeasureRow> measure_rows();

}  // namespace ordeal::marketplace

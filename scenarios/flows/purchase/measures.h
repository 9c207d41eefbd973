// What a purchase costs, in figures: how long shoppers and closings wait, what is not sold though it was there, what is sold
// twice. For comparing designs (scenarios/play/measuring.h).
#pragma once

#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::purchase {

std::vector<play::MeasureRow> measure_rows();
std::vector<play::ComparisonRow> comparison_rows();

}  // namespace ordeal::purchase

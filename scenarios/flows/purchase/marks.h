// The marks that code and parties of a purchase reach now and then (env::Log::sometimes, Simulation::mark), as rows.
#pragma once

#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::purchase {

std::vector<play::MarkRow> mark_rows();

}  // namespace ordeal::purchase

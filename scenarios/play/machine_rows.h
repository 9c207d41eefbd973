// The rows of the machine room itself: knobs, choices, marks, fault points and measures that every flow has, because every
// flow runs on hosts, disks and a network, and is made with the modules of the core that services share.
#pragma once

#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::play {

const std::vector<KnobRow>& machine_knobs();
const std::vector<const SeamRow*>& machine_seams();
const std::vector<MarkRow>& machine_marks();
const std::vector<PointRow>& machine_points();
const std::vector<MeasureRow>& machine_measures();

// How a caller picks one of several instances of a service (sim/simulation.h).
const Choice& route_choice();

}  // namespace ordeal::play

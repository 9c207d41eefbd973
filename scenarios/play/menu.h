// The menu of faults of a scenario: who may suffer what, and which forks, points and knobs there are, from its hosts and
// from the rows of what it uses.
#pragma once

#include "faults/search/swarm.h"
#include "scenarios/play/designer.h"

namespace ordeal::play {

faults::Menu menu_of(const Flows& flows, const Scenario& scenario, const Designer& designer);

}  // namespace ordeal::play

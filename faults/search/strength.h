// How strong a fault of a swarm is: every parameter drawn as its description says (Parameter::draw), over orders of
// magnitude up to what the menu allows; what is no question of more or less (the shape of a cut, the points of a crash)
// is drawn for its kind by hand.
#pragma once

#include "faults/kinds/menu.h"
#include "faults/search/draws.h"

namespace ordeal::faults {

Fault strength(FaultKind kind, const Draws& draw, const Menu& menu);

// A little of it, for everything_slightly: rates of 1/300, or the kind's strongest if that is less; the smallest errors
// that matter.
Fault slight_strength(FaultKind kind);

}  // namespace ordeal::faults

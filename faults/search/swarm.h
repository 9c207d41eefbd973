// Swarm testing (Groce et al., "Swarm Testing", ISSTA 2012): each trial gets a random subset of the kinds of
// faults, each with a strength of its own over orders of magnitude, over the whole storm or a part of it. A
// trial in which everything is slightly on hides what a single strong fault would show.
//
// Beside the faults a trial may get knobs, each by itself with chance 1/4, and fault points, each armed with chance 1/4.
//
// Every draw is keyed by its kind ("swarm/message_loss"), so a menu with one kind less gives the same plan
// without that kind (as long as the cap on windows does not bite). Integers only.
#pragma once

#include <map>
#include <string>

#include "faults/kinds/menu.h"
#include "faults/plan/plan.h"
#include "sim/choice.h"

namespace ordeal::faults {

Plan swarm(const sim::Choices& choices, const Menu& menu);

// The knobs of a trial, which are no faults: what people do meets small batches and short times, too.
std::map<std::string, std::string> turned_knobs(const sim::Choices& choices, const Menu& menu);

}  // namespace ordeal::faults

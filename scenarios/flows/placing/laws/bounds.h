// The inconsistency window that each way of being consistent is held to, from the healing of the faults, or from the order where that is later.
// Where nothing stood in the way it is seconds; only comparing has a period, and takes it.
#pragma once

#include "scenarios/play/laws/rest.h"

namespace ordeal::placing {

// tcc           the global timeout; outbox: its longest back-off; half_message: twice the time after which it asks itself;
// reconcile     twice its period. All: a nap of a worker (10 min), and two minutes for the work.
Duration bound_of(const play::Rest& rest);
Duration calm_bound_of(const play::Rest& rest);

}  // namespace ordeal::placing

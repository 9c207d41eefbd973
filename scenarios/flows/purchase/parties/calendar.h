// The days of a channel, for its own book and for the laws: cut by a rule of its own. With the core's a mistake there would be
// made on both sides.
#pragma once

#include "core/channel/day.h"

namespace ordeal::purchase {

// Of a time in this century.
channel::Day day_of(Instant at, channel::Zone zone);
Instant midnight_before(channel::Day day, channel::Zone zone);

}  // namespace ordeal::purchase

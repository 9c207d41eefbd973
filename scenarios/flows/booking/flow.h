// Booking a venue: asked for, kept under a lock, paid or cancelled in time.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::booking {

const play::Flow& flow();

}  // namespace ordeal::booking

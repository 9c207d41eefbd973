// The decision of booking that a scenario may take otherwise.
#pragma once

#include "core/booking/keeper.h"
#include "scenarios/play/seam.h"

namespace ordeal::booking {

const play::Seam<SlotKeeper>& slot_keeper();

}  // namespace ordeal::booking

// The decisions of clearing and settlement that a scenario may take otherwise.
#pragma once

#include "core/clearing/sharing.h"
#include "core/clearing/trigger.h"
#include "core/settlement/below_zero.h"
#include "core/settlement/route.h"
#include "scenarios/play/seam.h"

namespace ordeal::settlement {

const play::Seam<clearing::Trigger>& trigger();
const play::Seam<clearing::Sharing>& sharing();
const play::Seam<BelowZero>& below_zero();
const play::Seam<Route>& route();

}  // namespace ordeal::settlement

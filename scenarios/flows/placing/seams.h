// The decisions of placing that a scenario may take otherwise.
#pragma once

#include "core/placing/consistency.h"
#include "core/placing/fence.h"
#include "scenarios/play/seam.h"

namespace ordeal::placing {

const play::Seam<Consistency>& consistency();
const play::Seam<Fence>& fence();

}  // namespace ordeal::placing

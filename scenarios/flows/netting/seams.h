// The decisions of netting that a scenario may take otherwise.
#pragma once

#include "core/jobs/once.h"
#include "core/netting/cover.h"
#include "core/netting/scheme.h"
#include "scenarios/play/seam.h"

namespace ordeal::netting {

const play::Seam<Scheme>& scheme();
const play::Seam<Cover>& cover();
const play::Seam<jobs::Once>& once();

}  // namespace ordeal::netting

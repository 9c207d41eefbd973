// The decision of lending that a scenario may take otherwise.
#pragma once

#include "scenarios/play/seam.h"
#include "tests/flows/lending/library/hand_out.h"

namespace ordeal::lending {

const play::Seam<HandOut>& hand_out();

}  // namespace ordeal::lending

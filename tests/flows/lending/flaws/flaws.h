// The planted bugs of lending: one readable file each, with its row.
#pragma once

#include <vector>

#include "scenarios/play/seam.h"

namespace ordeal::lending {

std::vector<const play::FlawRow*> flaw_rows();

}  // namespace ordeal::lending

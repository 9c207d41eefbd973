// Paying out: a code made, an account chosen, its quota occupied, and used or free again.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::payout {

const play::Flow& flow();

}  // namespace ordeal::payout

// Clearing and settlement: trades that are paid, lines that are picked up, who is owed what of them, and who is paid when.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::settlement {

const play::Flow& flow();

}  // namespace ordeal::settlement

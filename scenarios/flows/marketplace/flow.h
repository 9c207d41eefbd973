// A marketplace: many sellers, orders on shards by their buyers, numbers that never repeat, and how a seller finds his orders. The flow
// of seller_desk and reshard_day.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::marketplace {

const play::Flow& flow();

}  // namespace ordeal::marketplace

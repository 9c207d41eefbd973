// Placing an order over three databases: the order's, the storeroom's and loyalty's.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::placing {

const play::Flow& flow();

}  // namespace ordeal::placing

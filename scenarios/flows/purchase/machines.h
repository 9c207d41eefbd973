// The state machines of a purchase, as rows: their edges are those of core/order/state.h and core/payment/state.h, and of
// what inventory and refunds do without a table.
#pragma once

#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::purchase {

std::vector<play::MachineRow> machine_rows();

}  // namespace ordeal::purchase

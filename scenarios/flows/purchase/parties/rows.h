// Who is around the trade system in a purchase, as rows: channels and merchants, and the crowds that shop.
#pragma once

#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::purchase {

std::vector<play::PartyRow> party_rows();
std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::purchase

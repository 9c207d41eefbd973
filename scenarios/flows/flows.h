// The one list of flows that the program plays. A new flow is a folder beside this file and a line in flows.cc.
#pragma once

#include "scenarios/play/flows.h"

namespace ordeal {

const play::Flows& all_flows();

}  // namespace ordeal

// Netting: what banks owe each other is collected, closed at a cut-off, netted, paid, and confirmed, by a job that two nodes fire.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::netting {

const play::Flow& flow();

}  // namespace ordeal::netting

// After the sale: money that goes back in parts, by a refund or by a payout, and money that a buyer's bank takes back.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::aftersale {

const play::Flow& flow();

}  // namespace ordeal::aftersale

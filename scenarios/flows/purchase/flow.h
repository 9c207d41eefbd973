// An order's life: placed, paid through a channel, or closed in time; booked, told to the merchant; money that came for
// nothing goes back. The flow of first_sale, flash_sale and day_end.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::purchase {

const play::Flow& flow();

}  // namespace ordeal::purchase

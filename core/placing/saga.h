// A saga by outbox: nobody waits, and nobody freezes. The wish is an event of the transaction that writes the order; each participant takes its
// part at once and answers by an event of its own transaction. When all have had what was wanted the order is PLACED. The first "no" makes it
// REJECTED and calls it off, which gives back what was taken, and leaves a row where nothing was: the wish may still be on its way there.
//
// Events come at least once, in any order and late (core/outbox/outbox.h), so a participant that is down delays an order and never decides it.
#pragma once

#include "core/placing/consistency.h"

namespace ordeal::placing {

std::unique_ptr<Consistency> make_outbox_saga();

}  // namespace ordeal::placing

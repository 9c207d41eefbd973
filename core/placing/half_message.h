// A saga by a broker with half messages (A18, E23): the wish lies at the broker before the order is written, and is seen by the participants if
// and only if the order was. The broker asks about a half message that nobody ended; whoever is asked looks for the order's row. An order
// that is called off tells so in the same way.
//
// Checks end after 15, and a broker may lose what it had not flushed (core/env/broker.h); so ten minutes after, an order that nobody decided is
// asked about directly, and one that was decided is compared (comparing.h).
#pragma once

#include "core/placing/consistency.h"

namespace ordeal::placing {

// Longer than 15 checks, 30 s apart, take.
inline constexpr Duration kAskAfter{600'000'000'000};

std::unique_ptr<Consistency> make_half_message();

}  // namespace ordeal::placing

// The scripts of limits, beside those of stock (core/cache/scripts.h): one moment each, so that two who look at once do not both
// get the last of something.
#pragma once

#include <vector>

#include "core/env/cache.h"

namespace ordeal::limits {

// take_token(key; rate, interval in milliseconds): 1 when fewer than `rate` were taken since the interval of the key began, else 0.
// The interval begins with its first token, as the server's expiry has it.
env::CacheScript take_token();

// acquire_permit(slot keys…; holder, lease in milliseconds): the number of the slot that is the holder's now, from 1; 0: none is free.
// A slot is free when nobody holds it or its lease ran out: a holder that died holds nothing for long (I-68).
env::CacheScript acquire_permit();

// release_permit(slot key; holder): 1 when the slot was this holder's and is free now.
env::CacheScript release_permit();

std::vector<env::CacheScript> all_scripts();

}  // namespace ordeal::limits

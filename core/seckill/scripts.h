// The scripts of a flash sale, beside those of stock (core/cache/scripts.h).
#pragma once

#include <cstdint>
#include <vector>

#include "core/env/cache.h"

namespace ordeal::seckill {

inline constexpr std::int64_t kNoneLeft = -1;
inline constexpr std::int64_t kNoCount = -2;

// win_unit(count key, mark key; life of the mark in milliseconds): takes one unit, once for each mark, whoever repeats it (E5, F-03).
// 1: taken now; 0: taken before; kNoneLeft; kNoCount when there is no count: a cache that forgot is no shop that sold out.
env::CacheScript win_unit();

// return_unit(count key, mark key): what the mark took goes back, once: 1; 0 when nothing was taken under it. A count that is not
// there is not made up from a return.
env::CacheScript return_unit();

// claim_token(key; token, claimant): 1 when the token is this claimant's from now on, or was already; 0 when it is another's, spent
// or unknown. The token is not removed: whoever claimed it and failed after that may claim it again (E17, E18).
env::CacheScript claim_token();

std::vector<env::CacheScript> all_scripts();

}  // namespace ordeal::seckill

// The scripts that the trade core runs inside the cache, each in Lua for a real server and as its twin for a simulated one. They
// exist because two commands in a row are two moments: somebody else gets between a GET and a DEL.
//
// Numbers are left to Redis's own commands: Lua's tonumber reads "0x10", and its numbers are doubles, so that a reply above 2^53 is
// not exact.
#pragma once

#include <vector>

#include "core/env/cache.h"

namespace ordeal::cache {

// deduct_stock(stock key; amount): what is left; -1 when there is not enough, -2 when the key is not there (never a 0: a cache that
// forgot is not a shop that sold out).
inline constexpr std::int64_t kNotEnough = -1;
inline constexpr std::int64_t kNotThere = -2;
env::CacheScript deduct_stock();

// take_stock(mark key, stock keys…; the mark's life in milliseconds, an amount for each stock key): all or none, and once for each
// mark, whoever repeats it (F-03, F-25). 1: taken now; 0: taken before; -1 when one of them is not enough, -2 when one is not there.
env::CacheScript take_stock();

// restore_stock(stock key; amount): what is there now; -2 when the key is not there, for a key made up from a return would be a
// stock of one.
env::CacheScript restore_stock();

// compare_and_delete(key; value): 1 when the key held this value and is gone now. How a lock is let go of by nobody but its owner.
env::CacheScript compare_and_delete();

// compare_and_expire(key; value, milliseconds): 1 when the key held this value and lives on so long. How an owner renews a lock.
env::CacheScript compare_and_expire();

std::vector<env::CacheScript> all_scripts();

}  // namespace ordeal::cache

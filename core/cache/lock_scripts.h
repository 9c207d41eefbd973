// The scripts of a lock as Redisson has it. A lock is a hash with one field, its owner, whose value says how often the owner has
// taken it; it expires, so that an owner who died holds nobody up for ever. Beside it stands the counter of its fencing tokens, which
// never expires. Both live in a cache, and a failover takes back what it likes of either.
#pragma once

#include <vector>

#include "core/env/cache.h"

namespace ordeal::cache {

// acquire_lock(lock key, token key; owner, lease in milliseconds, step): the token (above 0) when the lock is the owner's now; else the
// milliseconds that are left to its holder, below 0. An owner who has it already takes it once more, with the token that it has (B20).
// A new holder's token is `step` above the last one: 1, or more after the store has seen tokens that the cache has forgotten.
env::CacheScript acquire_lock();

// renew_lock(lock key; owner, lease in milliseconds): 1 when the owner still had it.
env::CacheScript renew_lock();

// release_lock(lock key; owner): how often the owner still holds it; -1 when it was not the owner's, and nothing is done (F-10).
inline constexpr std::int64_t kNotHeld = -1;
env::CacheScript release_lock();

std::vector<env::CacheScript> lock_scripts();

}  // namespace ordeal::cache

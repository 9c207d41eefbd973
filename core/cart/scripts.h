// The script of carts, beside those of stock (core/cache/scripts.h).
#pragma once

#include <vector>

#include "core/env/cache.h"

namespace ordeal::cart {

// put_newer(key; text, its life in milliseconds): 1 when the text is there now, 0 when what was there is as new or newer. The first
// sixteen characters of a text are its version, with leading zeros: they are compared as texts, for Lua's numbers are doubles.
env::CacheScript put_newer();

std::vector<env::CacheScript> all_scripts();

}  // namespace ordeal::cart

// Compiled for processors with AVX2, which is why nothing else is in this file: an inline function of another header could
// end up in the program as it was compiled here.
#include "sim/xxh3_avx2.h"

#ifdef __AVX2__
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace ordeal::sim {

std::uint64_t xxh3_avx2(const void* data, std::size_t bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(data, bytes, seed);
}

void xxh3_add_avx2(void* state, const void* data, std::size_t bytes) {
  XXH3_128bits_update(static_cast<XXH3_state_t*>(state), data, bytes);
}

}  // namespace ordeal::sim
#endif

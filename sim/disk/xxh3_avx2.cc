// Compiled for processors with AVX2, which is why nothing else is in this file: an inline function of another header could
// end up in the program as it was compiled here.
#include "sim/disk/xxh3_avx2.h"

#ifdef __AVX2__
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace ordeal::sim {

std::uint64_t xxh3_avx2(const void* data, std::size_t bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(data, bytes, seed);
}

}  // namespace ordeal::sim
#endif

#include "sim/disk/xxh3.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sim/disk/xxh3_avx2.h"

namespace ordeal::sim {

std::uint64_t xxh3(std::span<const std::byte> data, std::uint64_t seed) {
#ifdef ORDEAL_XXH3_AVX2
  static const bool wide = __builtin_cpu_supports("avx2") != 0;
  if (wide) return xxh3_avx2(data.data(), data.size(), seed);
#endif
  return XXH3_64bits_withSeed(data.data(), data.size(), seed);
}

}  // namespace ordeal::sim

// Private to xxh3.cc. Whether it is there, the build says (ORDEAL_XXH3_AVX2).
#pragma once

#include <cstddef>
#include <cstdint>

namespace ordeal::sim {

std::uint64_t xxh3_avx2(const void* data, std::size_t bytes, std::uint64_t seed);

}  // namespace ordeal::sim

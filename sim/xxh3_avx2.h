// Private to xxh3.cc. Whether it is there, the build says (ORDEAL_XXH3_AVX2).
#pragma once

#include <cstddef>
#include <cstdint>

namespace ordeal::sim {

std::uint64_t xxh3_avx2(const void* data, std::size_t bytes, std::uint64_t seed);
// `state` is an XXH3_state_t.
void xxh3_add_avx2(void* state, const void* data, std::size_t bytes);

}  // namespace ordeal::sim

#include "sim/xxh3.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sim/xxh3_avx2.h"

namespace ordeal::sim {
namespace {

#ifdef ORDEAL_XXH3_AVX2
bool is_wide() {
  static const bool wide = __builtin_cpu_supports("avx2") != 0;
  return wide;
}
#endif

}  // namespace

std::uint64_t xxh3(std::span<const std::byte> data, std::uint64_t seed) {
#ifdef ORDEAL_XXH3_AVX2
  if (is_wide()) return xxh3_avx2(data.data(), data.size(), seed);
#endif
  return XXH3_64bits_withSeed(data.data(), data.size(), seed);
}

struct Xxh3Stream::State {
  XXH3_state_t state;
};

Xxh3Stream::Xxh3Stream() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->state); }
Xxh3Stream::~Xxh3Stream() = default;

void Xxh3Stream::add(std::span<const std::byte> data) {
#ifdef ORDEAL_XXH3_AVX2
  if (is_wide()) return xxh3_add_avx2(&state_->state, data.data(), data.size());
#endif
  XXH3_128bits_update(&state_->state, data.data(), data.size());
}

Xxh3Stream::Value Xxh3Stream::value() const {
  const XXH128_hash_t digest = XXH3_128bits_digest(&state_->state);
  return {digest.high64, digest.low64};
}

}  // namespace ordeal::sim

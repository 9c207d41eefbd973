// XXH3-64 of bytes (xxhash.com), the sum of whatever a disk holds. A trial sums a thousand pages and frames, so it is done
// eight lanes at a time where the processor has AVX2; the value is the same everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ordeal::sim {

std::uint64_t xxh3(std::span<const std::byte> data, std::uint64_t seed = 0);

}  // namespace ordeal::sim

// The sum of the disk is XXH3-64 as the library has it, whatever the processor can do.
#include "sim/xxh3.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace ordeal::sim {
namespace {

TEST(Xxh3, IsTheSumOfTheLibraryForEveryLength) {
  std::vector<std::byte> bytes(9000);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * i * 7 + i / 3);
  const std::span<const std::byte> all(bytes);
  for (std::size_t size = 0; size <= bytes.size(); size += size < 2200 ? 1 : 67) {
    EXPECT_EQ(xxh3(all.first(size)), XXH3_64bits(bytes.data(), size)) << size;
    EXPECT_EQ(xxh3(all.last(size), 5), XXH3_64bits_withSeed(bytes.data() + bytes.size() - size, size, 5))
        << size;
  }
}

}  // namespace
}  // namespace ordeal::sim

// XXH3 of bytes (xxhash.com): of 64 bits the sum of whatever a disk holds, of 128 the hash of a trace. A trial sums a thousand
// pages and frames, so it is done eight lanes at a time where the processor has AVX2; the value is the same everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace ordeal::sim {

std::uint64_t xxh3(std::span<const std::byte> data, std::uint64_t seed = 0);

// The 128 bits of all that was added.
class Xxh3Stream {
 public:
  struct Value {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
  };

  Xxh3Stream();
  ~Xxh3Stream();
  Xxh3Stream(const Xxh3Stream&) = delete;
  Xxh3Stream& operator=(const Xxh3Stream&) = delete;

  void add(std::span<const std::byte> data);
  Value value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ordeal::sim

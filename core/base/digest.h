// Digest: an order-sensitive 64-bit hash over typed fields, equal on every compiler and platform.
// Used for payload hashes in the trace and for request fingerprints (F-89). Not cryptographic: forgery is not
// its duty.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace ordeal {

// The 64-bit finaliser of MurmurHash3 (public domain): full avalanche in five steps.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  x ^= x >> 33;
  return x;
}

class Digest {
 public:
  constexpr Digest() = default;
  constexpr explicit Digest(std::uint64_t seed) : state_(seed) {}

  constexpr Digest& add(std::uint64_t word) {
    state_ = mix64(state_ ^ word) + 0x9e3779b97f4a7c15ULL;
    return *this;
  }
  Digest& add(std::string_view text) {
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; at += 8, left -= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, 8);
      add(word);
    }
    std::uint64_t tail = 0;
    if (left != 0) std::memcpy(&tail, at, left);
    add(tail);
    return add(static_cast<std::uint64_t>(text.size()));
  }
  constexpr std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0x6f726465616cULL;
};

inline std::uint64_t digest_of(std::string_view text) { return Digest().add(text).value(); }

}  // namespace ordeal

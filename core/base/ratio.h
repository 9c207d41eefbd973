// An exact chance or share, "3/100". No floating point reaches a decision.
#pragma once

#include <cstdint>

namespace ordeal {

struct Ratio {
  std::int64_t num = 0;
  std::int64_t den = 1;

  constexpr bool operator==(const Ratio&) const = default;
  constexpr bool is_zero() const { return num == 0; }
  static constexpr Ratio zero() { return {0, 1}; }
  static constexpr Ratio one() { return {1, 1}; }
};

}  // namespace ordeal

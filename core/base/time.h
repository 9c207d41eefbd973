// Duration and Instant: int64 nanoseconds, never floating point (design section 4).
// An Instant counts from 1970-01-01T00:00:00Z on the clock it was read from; instants of two hosts need not
// agree.
#pragma once

#include <compare>
#include <cstdint>

namespace ordeal {

struct Duration {
  std::int64_t ns = 0;

  constexpr auto operator<=>(const Duration&) const = default;
  constexpr Duration operator+(Duration other) const { return {ns + other.ns}; }
  constexpr Duration operator-(Duration other) const { return {ns - other.ns}; }
  constexpr Duration operator-() const { return {-ns}; }
  constexpr Duration operator*(std::int64_t times) const { return {ns * times}; }
  constexpr Duration operator/(std::int64_t parts) const { return {ns / parts}; }
  constexpr Duration& operator+=(Duration other) { return ns += other.ns, *this; }

  static constexpr Duration max() { return {INT64_MAX}; }
};

struct Instant {
  std::int64_t ns = 0;

  constexpr auto operator<=>(const Instant&) const = default;
  constexpr Instant operator+(Duration d) const { return {ns + d.ns}; }
  constexpr Instant operator-(Duration d) const { return {ns - d.ns}; }
  constexpr Duration operator-(Instant other) const { return {ns - other.ns}; }

  static constexpr Instant max() { return {INT64_MAX}; }
};

namespace literals {
constexpr Duration operator""_ns(unsigned long long n) { return {static_cast<std::int64_t>(n)}; }
constexpr Duration operator""_us(unsigned long long n) { return {static_cast<std::int64_t>(n) * 1'000}; }
constexpr Duration operator""_ms(unsigned long long n) { return {static_cast<std::int64_t>(n) * 1'000'000}; }
constexpr Duration operator""_s(unsigned long long n) {
  return {static_cast<std::int64_t>(n) * 1'000'000'000};
}
constexpr Duration operator""_min(unsigned long long n) {
  return {static_cast<std::int64_t>(n) * 60'000'000'000};
}
constexpr Duration operator""_h(unsigned long long n) {
  return {static_cast<std::int64_t>(n) * 3'600'000'000'000};
}
}  // namespace literals

}  // namespace ordeal

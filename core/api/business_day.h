// The business day of quotas, bills and cycles: it begins at midnight in Beijing, wherever a clock stands.
#pragma once

#include <cstdint>

#include "core/base/time.h"

namespace ordeal::api {

inline constexpr std::int64_t kDayNs = 86'400'000'000'000;
inline constexpr std::int64_t kBeijingNs = 8 * 3'600'000'000'000;  // ahead of UTC
// Days since 1970-01-01 in Beijing.
constexpr std::int64_t business_day(Instant at) {
  const std::int64_t ns = at.ns + kBeijingNs;
  return ns / kDayNs - (ns % kDayNs < 0 ? 1 : 0);
}
constexpr Instant begin_of(std::int64_t business_day) { return {business_day * kDayNs - kBeijingNs}; }

}  // namespace ordeal::api

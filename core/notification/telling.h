// Seam notification::Telling: when a merchant is told again who has not understood.
//
// Contract: as often as the schedule says and no oftener (I-87), and nobody gives up before it is over (F-71): a merchant's machines may
// be down for hours. What is given up stays visible by its row, and the merchant can ask (I-80).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace ordeal::notification {

// Between two tries. The first six tries are jeepay's (0, 30, 60, 90, 120, 150 s, domain F-71); the rest is
// the long tail it lacks.
inline constexpr std::array<Duration, 10> kGaps{{{30'000'000'000},
                                                 {60'000'000'000},
                                                 {90'000'000'000},
                                                 {120'000'000'000},
                                                 {150'000'000'000},
                                                 {600'000'000'000},
                                                 {1'800'000'000'000},
                                                 {3'600'000'000'000},
                                                 {7'200'000'000'000},
                                                 {21'600'000'000'000}}};

class Telling {
 public:
  virtual ~Telling() = default;
  // After one more that failed, `tries` having failed before it. Nothing: it was the last.
  virtual std::optional<Duration> again_in(std::int64_t tries) const = 0;
};

// "long_tail": all of kGaps. Null for an unknown name.
std::unique_ptr<Telling> make_telling(std::string_view name);

}  // namespace ordeal::notification

// How durations and ratios are written in plans and scenarios, and back, exactly: every value survives the
// round trip.
//
//   duration   "30m"  "1h30m"  "250ms"  "5us"  "7ns"  "-2s"  "0s"  "never"     units d h m s ms us ns,
//   largest first, no fractions ratio      "3/100"  "0"  "1"
//
// A reader that fails says what it expected; it never guesses a unit.
#pragma once

#include <string>
#include <string_view>

#include "core/base/ratio.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace ordeal::faults {

std::string text(Duration duration);
std::string text(Ratio ratio);

// The error is what was expected and what was there, as one sentence.
Result<Duration, std::string> parse_duration(std::string_view text);
// Any numerator and a positive denominator; whether it is a probability is the caller's question.
Result<Ratio, std::string> parse_ratio(std::string_view text);

// 0 <= ratio <= 1.
constexpr bool is_probability(Ratio ratio) {
  return ratio.den > 0 && ratio.num >= 0 && ratio.num <= ratio.den;
}

}  // namespace ordeal::faults

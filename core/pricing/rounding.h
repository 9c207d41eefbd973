// How a share of an amount becomes whole minor units. Each rule that takes a share says which way it rounds; nothing
// here is ever a floating point number (F-40). What is rounded is the price that is left to pay, not the discount:
// 80 % of 0.99 is 0.792, half up 0.79, so the discount is 0.20.
#pragma once

#include <cstdint>

#include "core/base/ratio.h"

namespace ordeal::pricing {

enum class Rounding { half_up, down, up };

// The finest share of a rule: a hundredth of a percent, as channels state theirs (domain 2.2, max_ratio).
inline constexpr std::int64_t kMaxDenominator = 10'000;

// A share from nothing to all, not finer than the finest.
bool is_share(Ratio share);

// amount * share. 0 <= amount <= Money::kMaxMinor and is_share(share), so that the product stays far below 2^63.
std::int64_t share_of(std::int64_t amount_minor, Ratio share, Rounding rounding);

}  // namespace ordeal::pricing

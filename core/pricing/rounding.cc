#include "core/pricing/rounding.h"

#include "core/base/check.h"
#include "core/base/money.h"

namespace ordeal::pricing {

bool is_share(Ratio share) {
  return share.den > 0 && share.den <= kMaxDenominator && share.num >= 0 && share.num <= share.den;
}

std::int64_t share_of(std::int64_t amount_minor, Ratio share, Rounding rounding) {
  ORDEAL_CHECK(amount_minor >= 0 && amount_minor <= Money::kMaxMinor && is_share(share));
  const std::int64_t product = amount_minor * share.num;
  const std::int64_t whole = product / share.den;
  const std::int64_t rest = product % share.den;
  switch (rounding) {
    case Rounding::down:
      return whole;
    case Rounding::up:
      return whole + (rest > 0 ? 1 : 0);
    case Rounding::half_up:
      return whole + (2 * rest >= share.den ? 1 : 0);
  }
  check_failed(__FILE__, __LINE__, "a known rounding");
}

}  // namespace ordeal::pricing

#include "core/pricing/quote.h"

#include <algorithm>

#include "core/base/digest.h"

namespace ordeal::pricing {
namespace {

void add(Digest& digest, std::int64_t number) { digest.add(static_cast<std::uint64_t>(number)); }

void add(Digest& digest, const QuotedLine& line) {
  add(digest, line.sku.value);
  add(digest, line.shop.value);
  add(digest, line.units);
  add(digest, line.unit.minor);
  add(digest, static_cast<std::int64_t>(line.discounts.size()));
  for (const Discount& discount : line.discounts) {
    add(digest, discount.rule.value);
    add(digest, discount.coupon.value);
    add(digest, discount.off.minor);
    add(digest, discount.promo_units);
  }
  add(digest, line.pay.minor);
  add(digest, line.freight.minor);
  add(digest, line.points);
}

}  // namespace

std::uint64_t digest_of(const Quote& quote) {
  Digest digest;
  digest.add(quote.total.currency.text());
  add(digest, static_cast<std::int64_t>(quote.lines.size()));
  for (const QuotedLine& line : quote.lines) add(digest, line);
  add(digest, quote.freight.minor);
  add(digest, quote.total.minor);
  add(digest, quote.points);
  return digest.value();
}

const QuotedLine* Quote::line(SkuId sku) const {
  const auto at =
      std::find_if(lines.begin(), lines.end(), [&](const QuotedLine& one) { return one.sku == sku; });
  return at == lines.end() ? nullptr : &*at;
}

}  // namespace ordeal::pricing

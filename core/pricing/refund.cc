#include "core/pricing/refund.h"

#include "core/base/check.h"

namespace ordeal::pricing {
namespace {

// Of `total` that belongs to the first `units` of the line; exact in 128 bits (portion).
std::int64_t up_to(const PaidLine& line, std::int64_t total, std::int64_t units) {
  return portion({total, {}}, units, line.units).minor;
}

std::int64_t between(const PaidLine& line, std::int64_t total, std::int64_t from, std::int64_t to) {
  return up_to(line, total, to) - up_to(line, total, from);
}

}  // namespace

PaidLine paid(const QuotedLine& line) {
  return {.sku = line.sku,
          .units = line.units,
          .goods = line.pay,
          .freight = line.freight,
          .points = line.points};
}

Refund refundable(const PaidLine& line, std::int64_t units, FreightBack freight) {
  ORDEAL_CHECK(line.units > 0 && line.returned >= 0 && line.returned <= line.units);
  ORDEAL_CHECK(units >= 0 && units <= line.units - line.returned, "more units than were bought");
  const std::int64_t to = line.returned + units;
  const std::int64_t fee =
      freight == FreightBack::returned ? between(line, line.freight.minor, line.returned, to) : 0;
  return {.goods = {between(line, line.goods.minor, line.returned, to), line.goods.currency},
          .freight = {fee, line.freight.currency},
          .points = between(line, line.points, line.returned, to)};
}

Result<PriceFall, NotOwed> price_fall(const PaidLine& line, Instant ordered_at, Instant now, Money unit_now,
                                      const Protection& terms) {
  ORDEAL_CHECK(unit_now.is_price());
  if (now < ordered_at || now - ordered_at > terms.window) return Err{NotOwed::expired};
  const std::int64_t kept = line.units - line.returned;
  if (kept == 0) return Err{NotOwed::kept_none};
  const Refund all = refundable(line, kept, FreightBack::returned);
  const Money costs_now = unit_now * kept;
  if (costs_now.minor >= all.goods.minor) return Err{NotOwed::no_fall};
  return PriceFall{
      .owed = all.goods - costs_now,
      .rest = {
          .sku = line.sku, .units = kept, .goods = costs_now, .freight = all.freight, .points = all.points}};
}

}  // namespace ordeal::pricing

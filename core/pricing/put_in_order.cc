#include <algorithm>

#include "core/pricing/counter.h"

namespace ordeal::pricing {
namespace {

using Problem = std::optional<BasketProblem>;

bool within(std::int64_t value, std::int64_t least, std::int64_t most) {
  return least <= value && value <= most;
}

Problem wrong_with(const Line& line, Currency currency) {
  const auto wrong = [&](BasketFault fault) { return BasketProblem{.fault = fault, .sku = line.sku}; };
  if (line.unit.currency != currency) return wrong(BasketFault::currency);
  if (!line.unit.is_price()) return wrong(BasketFault::unit_price);
  if (!within(line.units, 1, kMaxUnits)) return wrong(BasketFault::units);
  if (!within(line.grams, 0, kMaxSize) || !within(line.cm3, 0, kMaxSize) || line.stock < 0)
    return wrong(BasketFault::size);
  return {};
}

bool differ_in_units_alone(Line a, const Line& b) {
  a.units = b.units;
  return a == b;
}

// Lines of one sku, which stand side by side, become one. All contradictions come before the first sum, so that it does
// not matter which of the lines came first.
Problem merge(std::vector<Line>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i - 1].sku == lines[i].sku && !differ_in_units_alone(lines[i - 1], lines[i]))
      return BasketProblem{.fault = BasketFault::contradiction, .sku = lines[i].sku};
  }
  std::size_t kept = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].sku != lines[kept].sku) {
      lines[++kept] = lines[i];
      continue;
    }
    lines[kept].units += lines[i].units;
    if (lines[kept].units > kMaxUnits) return BasketProblem{.fault = BasketFault::units, .sku = lines[i].sku};
  }
  lines.resize(kept + 1);
  return {};
}

Problem wrong_with_coupons(const Basket& basket, const Rulebook& book) {
  std::vector<HeldCoupon> held = basket.coupons;
  std::sort(held.begin(), held.end(), [](const HeldCoupon& a, const HeldCoupon& b) {
    return std::pair(a.coupon, a.rule) < std::pair(b.coupon, b.rule);
  });
  for (std::size_t i = 0; i < held.size(); ++i) {
    const CouponId id = held[i].coupon;
    if (i != 0 && held[i - 1].coupon == id)
      return BasketProblem{.fault = BasketFault::coupon_twice, .coupon = id};
    if (!id || !book.takes_coupons(held[i].rule))
      return BasketProblem{.fault = BasketFault::coupon_unknown, .coupon = id};
  }
  return {};
}

}  // namespace

Problem put_in_order(const Basket& basket, const Rulebook& book, std::vector<Line>& lines) {
  if (basket.lines.empty()) return BasketProblem{.fault = BasketFault::empty};
  if (basket.lines.size() > kMaxLines) return BasketProblem{.fault = BasketFault::too_many_lines};
  lines = basket.lines;
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.sku < b.sku; });
  // The first of equal skus may be any of them: each is looked at for one fault before the next.
  for (const BasketFault fault :
       {BasketFault::currency, BasketFault::unit_price, BasketFault::units, BasketFault::size}) {
    for (const Line& line : lines) {
      const Problem found = wrong_with(line, book.currency());
      if (found && found->fault == fault) return found;
    }
  }
  if (const Problem found = merge(lines)) return found;
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.shop < b.shop; });
  if (!within(basket.points, 0, kMaxPoints)) return BasketProblem{.fault = BasketFault::points};
  if (const Problem found = wrong_with_coupons(basket, book)) return found;
  std::int64_t gross = 0;  // kMaxLines * kMaxUnits * Money::kMaxMinor < 2^63
  for (const Line& line : lines) gross += line.unit.minor * line.units;
  if (gross > Money::kMaxMinor) return BasketProblem{.fault = BasketFault::total};
  return {};
}

}  // namespace ordeal::pricing

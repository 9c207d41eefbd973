#include "scenarios/flows/purchase/laws/rest_discounts.h"

#include <algorithm>
#include <map>
#include <set>

#include "scenarios/flows/purchase/promotions.h"

namespace ordeal::purchase {
namespace {

constexpr env::Sql kPrices{"select order_id, rules_version, gone from order_price order by order_id"};
constexpr env::Sql kLines{"select order_id, sku, pay, points from order_line_price order by order_id, sku"};
constexpr env::Sql kDiscounts{
    "select order_id, sku, rule, coupon, off, promo_units from order_discount "
    "order by order_id, sku, rule, coupon"};
constexpr env::Sql kCoupons{"select id, user_id, rule, state, coalesce(order_id, 0) from coupon order by id"};
constexpr env::Sql kPoints{"select user_id, available, frozen, spent, granted from points order by user_id"};
constexpr env::Sql kUnits{"select rule, available, held, used, quota from promo_units order by rule"};
constexpr env::Sql kHolds{"select order_id, user_id, points, state from discount_hold order by order_id"};
constexpr env::Sql kHoldUnits{
    "select order_id, rule, units from discount_hold_units order by order_id, rule"};

void read_prices(env::Connection& from, RestDiscounts& rest) {
  for (auto rows = from.query(kPrices); rows.next();)
    rest.prices.push_back({rows.get<OrderId>(0), rows.get<std::int64_t>(1), rows.get<bool>(2)});
  for (auto rows = from.query(kLines); rows.next();)
    rest.lines.push_back(
        {rows.get<OrderId>(0), rows.get<SkuId>(1), rows.get<std::int64_t>(2), rows.get<std::int64_t>(3)});
  for (auto rows = from.query(kDiscounts); rows.next();)
    rest.discounts.push_back({rows.get<OrderId>(0), rows.get<SkuId>(1), rows.get<RuleId>(2),
                              rows.get<CouponId>(3), rows.get<std::int64_t>(4), rows.get<std::int64_t>(5)});
}

void read_promotion(env::Connection& from, RestDiscounts& rest) {
  for (auto rows = from.query(kCoupons); rows.next();)
    rest.coupons.push_back({rows.get<CouponId>(0), rows.get<UserId>(1), rows.get<RuleId>(2),
                            rows.get<promotion::CouponState>(3), rows.get<OrderId>(4)});
  for (auto rows = from.query(kPoints); rows.next();)
    rest.points.push_back({rows.get<UserId>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2),
                           rows.get<std::int64_t>(3), rows.get<std::int64_t>(4)});
  for (auto rows = from.query(kUnits); rows.next();)
    rest.units.push_back({rows.get<RuleId>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2),
                          rows.get<std::int64_t>(3), rows.get<std::int64_t>(4)});
  for (auto rows = from.query(kHolds); rows.next();)
    rest.holds.push_back(
        {rows.get<OrderId>(0), rows.get<UserId>(1), rows.get<std::int64_t>(2), rows.get<api::HoldState>(3)});
  for (auto rows = from.query(kHoldUnits); rows.next();)
    rest.hold_units.push_back({rows.get<OrderId>(0), rows.get<RuleId>(1), rows.get<std::int64_t>(2)});
}

// Rows of one order, of those that are sorted by it.
template <class Row>
std::span<const Row> of(const std::vector<Row>& rows, OrderId order) {
  const auto by_order = [](const Row& row, OrderId id) { return row.order < id; };
  const auto begin = std::lower_bound(rows.begin(), rows.end(), order, by_order);
  auto end = begin;
  while (end != rows.end() && end->order == order) ++end;
  return {begin, end};
}

}  // namespace

RestDiscounts::RestDiscounts(const play::Rest& rest) : world(rest) {
  if (!rest.scenario().setting<PromotionsSpec>().any()) return;
  rest.read("order", [this](env::Connection& from) { read_prices(from, *this); });
  rest.read("promotion", [this](env::Connection& from) { read_promotion(from, *this); });
}

const RestPriced* RestDiscounts::price(OrderId order) const {
  const auto rows = of(prices, order);
  return rows.empty() ? nullptr : &rows.front();
}
const RestHold* RestDiscounts::hold(OrderId order) const {
  const auto rows = of(holds, order);
  return rows.empty() ? nullptr : &rows.front();
}
std::span<const RestLinePrice> RestDiscounts::lines_of(OrderId order) const { return of(lines, order); }
std::span<const RestDiscount> RestDiscounts::discounts_of(OrderId order) const {
  return of(discounts, order);
}
std::span<const RestHoldUnits> RestDiscounts::units_of(OrderId order) const { return of(hold_units, order); }

std::vector<CouponId> RestDiscounts::coupons_of(OrderId order) const {
  std::vector<CouponId> mine;
  for (const RestCoupon& coupon : coupons) {
    if (coupon.order == order) mine.push_back(coupon.id);
  }
  return mine;
}

api::HoldDiscounts RestDiscounts::wanted_by(OrderId order) const {
  api::HoldDiscounts wanted;
  wanted.order = order;
  std::set<CouponId> shown;
  std::map<RuleId, std::int64_t> counted;
  for (const RestDiscount& discount : discounts_of(order)) {
    if (discount.coupon) shown.insert(discount.coupon);
    if (discount.units > 0) counted[discount.rule] += discount.units;
  }
  wanted.coupons.assign(shown.begin(), shown.end());
  for (const auto& [rule, count] : counted) wanted.units.push_back({rule, count});
  for (const RestLinePrice& line : lines_of(order)) wanted.points += line.points;
  return wanted;
}

}  // namespace ordeal::purchase

#include "core/order/prices.h"

namespace ordeal::order {
namespace {

constexpr env::Sql kPrice{"insert into order_price(order_id, rules_version, gone) values(?, ?, 0)"};
constexpr env::Sql kLine{"insert into order_line_price(order_id, sku, pay, points) values(?, ?, ?, ?)"};
constexpr env::Sql kDiscount{
    "insert into order_discount(order_id, sku, rule, coupon, off, promo_units) values(?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kCoupons{
    "select distinct coupon from order_discount where order_id = ? and coupon <> 0 order by coupon"};
constexpr env::Sql kPoints{"select coalesce(sum(points), 0) from order_line_price where order_id = ?"};
constexpr env::Sql kUnits{
    "select rule, sum(promo_units) from order_discount where order_id = ? and promo_units > 0 group by rule "
    "order by rule"};
constexpr env::Sql kGone{"update order_price set gone = 1 where order_id = ?"};
constexpr env::Sql kWasGone{"select gone from order_price where order_id = ?"};

}  // namespace

void insert_price(env::Tx& tx, OrderId order, const pricing::Quote& quote) {
  tx.exec(kPrice, order, quote.rules_version);
  for (const pricing::QuotedLine& line : quote.lines) {
    tx.exec(kLine, order, line.sku, line.pay.minor, line.points);
    for (const pricing::Discount& discount : line.discounts)
      tx.exec(kDiscount, order, line.sku, discount.rule, discount.coupon, discount.off.minor,
              discount.promo_units);
  }
}

api::HoldDiscounts to_hold(env::Connection& connection, OrderId order, UserId user) {
  api::HoldDiscounts wanted{order, user, {}, 0, {}};
  for (auto rows = connection.query(kCoupons, order); rows.next();)
    wanted.coupons.push_back(rows.get<CouponId>(0));
  if (auto rows = connection.query(kPoints, order); rows.next()) wanted.points = rows.get<std::int64_t>(0);
  for (auto rows = connection.query(kUnits, order); rows.next();)
    wanted.units.push_back({rows.get<RuleId>(0), rows.get<std::int64_t>(1)});
  return wanted;
}

void note_gone(env::Tx& tx, OrderId order) { tx.exec(kGone, order); }

bool was_gone(env::Connection& connection, OrderId order) {
  auto rows = connection.query(kWasGone, order);
  return rows.next() && rows.get<bool>(0);
}

}  // namespace ordeal::order

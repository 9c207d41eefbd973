#include "core/promotion/holdings.h"

#include "core/api/facts.h"

namespace ordeal::promotion {
namespace {

using api::HoldState;
using api::PromoUnits;

constexpr env::Sql kIssue{"insert into coupon(id, user_id, rule, state) values(?, ?, ?, 0)"};
constexpr env::Sql kGrant{
    "insert into points(user_id, available, frozen, spent, granted) values(?1, ?2, 0, 0, ?2)"};
constexpr env::Sql kOpen{
    "insert into promo_units(rule, available, held, used, quota) values(?1, ?2, 0, 0, ?2)"};

constexpr env::Sql kOwn{"select rule from coupon where id = ? and user_id = ? and state = 0"};
constexpr env::Sql kPoints{"select available from points where user_id = ?"};
constexpr env::Sql kLeft{"select rule, available from promo_units order by rule"};

constexpr env::Sql kHold{"select user_id, state, points from discount_hold where order_id = ?"};
constexpr env::Sql kCouponsOf{"select id from coupon where order_id = ? order by id"};
constexpr env::Sql kUnitsOf{"select rule, units from discount_hold_units where order_id = ? order by rule"};

constexpr env::Sql kTakeCoupon{
    "update coupon set state = 1, order_id = ?1 where id = ?2 and user_id = ?3 and state = 0"};
constexpr env::Sql kTakePoints{
    "update points set available = available - ?1, frozen = frozen + ?1 where user_id = ?2 and available >= "
    "?1"};
constexpr env::Sql kTakeUnits{
    "update promo_units set available = available - ?1, held = held + ?1 where rule = ?2 and available >= "
    "?1"};
constexpr env::Sql kPutBackCoupon{
    "update coupon set state = 0, order_id = null where id = ? and order_id = ? and state = 1"};
constexpr env::Sql kPutBackPoints{
    "update points set frozen = frozen - ?1, available = available + ?1 where user_id = ?2"};
constexpr env::Sql kPutBackUnits{
    "update promo_units set held = held - ?1, available = available + ?1 where rule = ?2"};
constexpr env::Sql kUseCoupons{"update coupon set state = 2 where order_id = ? and state = 1"};
constexpr env::Sql kUsePoints{
    "update points set frozen = frozen - ?1, spent = spent + ?1 where user_id = ?2"};
constexpr env::Sql kUseUnits{"update promo_units set held = held - ?1, used = used + ?1 where rule = ?2"};

constexpr env::Sql kInsertHold{
    "insert into discount_hold(order_id, user_id, points, state) values(?, ?, ?, 0)"};
constexpr env::Sql kInsertUnits{"insert into discount_hold_units(order_id, rule, units) values(?, ?, ?)"};
constexpr env::Sql kEndHold{"update discount_hold set state = ? where order_id = ? and state = 0"};
constexpr env::Sql kTombstone{
    "insert into discount_hold(order_id, user_id, points, state) values(?, 0, 0, 2) on conflict do nothing"};

}  // namespace

void issue_coupon(env::Tx& tx, CouponId coupon, UserId user, RuleId rule) {
  tx.exec(kIssue, coupon, user, rule);
}
void grant_points(env::Tx& tx, UserId user, std::int64_t points) { tx.exec(kGrant, user, points); }
void open_quota(env::Tx& tx, RuleId rule, std::int64_t units) { tx.exec(kOpen, rule, units); }

api::Offers offers(env::Connection& connection, const api::AskOffers& ask) {
  api::Offers offers;
  for (const CouponId coupon : ask.coupons) {
    auto rows = connection.query(kOwn, coupon, ask.user);
    if (rows.next()) offers.coupons.push_back({coupon, rows.get<RuleId>(0)});
  }
  if (auto rows = connection.query(kPoints, ask.user); rows.next()) offers.points = rows.get<std::int64_t>(0);
  for (auto rows = connection.query(kLeft); rows.next();)
    offers.units.push_back({rows.get<RuleId>(0), rows.get<std::int64_t>(1)});
  return offers;
}

std::optional<Hold> hold_of(env::Connection& connection, OrderId order) {
  auto rows = connection.query(kHold, order);
  if (!rows.next()) return std::nullopt;
  return Hold{rows.get<UserId>(0), rows.get<HoldState>(1), rows.get<std::int64_t>(2)};
}

std::vector<CouponId> coupons_of(env::Connection& connection, OrderId order) {
  std::vector<CouponId> coupons;
  for (auto rows = connection.query(kCouponsOf, order); rows.next();)
    coupons.push_back(rows.get<CouponId>(0));
  return coupons;
}

std::vector<PromoUnits> units_of(env::Connection& connection, OrderId order) {
  std::vector<PromoUnits> units;
  for (auto rows = connection.query(kUnitsOf, order); rows.next();)
    units.push_back({rows.get<RuleId>(0), rows.get<std::int64_t>(1)});
  return units;
}

std::optional<api::HoldStatus> earlier_answer(env::Connection& connection, OrderId order) {
  const auto earlier = hold_of(connection, order);
  if (!earlier) return std::nullopt;
  return earlier->state == HoldState::returned ? api::HoldStatus::refused : api::HoldStatus::held;
}

bool take_coupon(env::Tx& tx, CouponId coupon, UserId user, OrderId order) {
  return tx.exec(kTakeCoupon, order, coupon, user) == 1;
}
bool take_points(env::Tx& tx, UserId user, std::int64_t points) {
  return tx.exec(kTakePoints, points, user) == 1;
}
bool take_units(env::Tx& tx, const PromoUnits& wanted) {
  return tx.exec(kTakeUnits, wanted.units, wanted.rule) == 1;
}
void put_back_coupon(env::Tx& tx, CouponId coupon, OrderId order) { tx.exec(kPutBackCoupon, coupon, order); }
void put_back_points(env::Tx& tx, UserId user, std::int64_t points) { tx.exec(kPutBackPoints, points, user); }
void put_back_units(env::Tx& tx, const PromoUnits& units) { tx.exec(kPutBackUnits, units.units, units.rule); }
void use_coupons(env::Tx& tx, OrderId order) { tx.exec(kUseCoupons, order); }
void use_points(env::Tx& tx, UserId user, std::int64_t points) { tx.exec(kUsePoints, points, user); }
void use_units(env::Tx& tx, const PromoUnits& units) { tx.exec(kUseUnits, units.units, units.rule); }

void hold(env::Tx& tx, const api::HoldDiscounts& taken) {
  tx.exec(kInsertHold, taken.order, taken.user, taken.points);
  for (const PromoUnits& units : taken.units) tx.exec(kInsertUnits, taken.order, units.rule, units.units);
  tx.fact(env::Message::of(
      api::facts::DiscountsHeld{taken.order, taken.user, taken.coupons, taken.points, taken.units}));
}

bool end_hold(env::Tx& tx, OrderId order, HoldState as) { return tx.exec(kEndHold, as, order) == 1; }

void leave_tombstone(env::Tx& tx, OrderId order) { tx.exec(kTombstone, order); }

}  // namespace ordeal::promotion

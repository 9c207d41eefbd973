// Holdings: the tables of the promotion service and the steps that its seams are made of.
//
// A coupon is UNUSED, then HELD by an order, then USED or UNUSED again (I-24). Points of a buyer are available, frozen or
// spent, and together what was granted (I-25); units at the price of a rule are available, held or used, and together its
// quota (I-23). What an order holds is one row, HELD until it is USED (paid) or RETURNED (closed), once; what is given back
// before it was held leaves a tombstone, so that a hold that comes late is refused (I-55).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/api/promotion.h"
#include "core/env/database.h"

namespace ordeal::promotion {

enum class CouponState { unused, held, used };
constexpr auto names_of(CouponState) { return std::to_array<std::string_view>({"UNUSED", "HELD", "USED"}); }

// No CHECK stands behind the steps below: they are what is on trial.
inline constexpr const char* kSchema = R"sql(
create table coupon(
  id integer primary key,
  user_id integer not null,
  rule integer not null,
  state integer not null,
  order_id integer);
create index coupon_order on coupon(order_id) where order_id is not null;
create table points(
  user_id integer primary key,
  available integer not null,
  frozen integer not null,
  spent integer not null,
  granted integer not null);
create table promo_units(
  rule integer primary key,
  available integer not null,
  held integer not null,
  used integer not null,
  quota integer not null);
create table discount_hold(
  order_id integer primary key,
  user_id integer not null,
  points integer not null,
  state integer not null);
create table discount_hold_units(
  order_id integer not null,
  rule integer not null,
  units integer not null,
  primary key(order_id, rule)) without rowid;
)sql";

void issue_coupon(env::Tx& tx, CouponId coupon, UserId user, RuleId rule);
void grant_points(env::Tx& tx, UserId user, std::int64_t points);
void open_quota(env::Tx& tx, RuleId rule, std::int64_t units);

api::Offers offers(env::Connection& connection, const api::AskOffers& ask);

struct Hold {
  UserId user{};
  api::HoldState state{};
  std::int64_t points = 0;
};
std::optional<Hold> hold_of(env::Connection& connection, OrderId order);
std::vector<CouponId> coupons_of(env::Connection& connection, OrderId order);
std::vector<api::PromoUnits> units_of(env::Connection& connection, OrderId order);

// What an earlier hold or return of this order decides; nothing: this is the first word about it.
std::optional<api::HoldStatus> earlier_answer(env::Connection& connection, OrderId order);

// Each of these takes what is wanted if it is there; false and no change otherwise.
bool take_coupon(env::Tx& tx, CouponId coupon, UserId user, OrderId order);
bool take_points(env::Tx& tx, UserId user, std::int64_t points);
bool take_units(env::Tx& tx, const api::PromoUnits& wanted);
// They undo a take, of this transaction or an earlier one.
void put_back_coupon(env::Tx& tx, CouponId coupon, OrderId order);
void put_back_points(env::Tx& tx, UserId user, std::int64_t points);
void put_back_units(env::Tx& tx, const api::PromoUnits& units);
// What was taken will not come back.
void use_coupons(env::Tx& tx, OrderId order);
void use_points(env::Tx& tx, UserId user, std::int64_t points);
void use_units(env::Tx& tx, const api::PromoUnits& units);

// The row of what was taken, and its fact.
void hold(env::Tx& tx, const api::HoldDiscounts& taken);
// HELD becomes `as`; false when it was not HELD any more.
bool end_hold(env::Tx& tx, OrderId order, api::HoldState as);
void leave_tombstone(env::Tx& tx, OrderId order);

}  // namespace ordeal::promotion

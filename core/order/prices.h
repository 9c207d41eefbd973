// Prices: how the price of an order came to be, kept per line, so that what is given back later is what was paid, whatever
// the rules are by then (I-22, F-42, F-44); and what the order wants to use up. Only where there are promotions.
#pragma once

#include <string_view>

#include "core/api/promotion.h"
#include "core/env/database.h"
#include "core/pricing/quote.h"

namespace ordeal::order {

inline constexpr std::string_view kPriceTables = R"sql(
create table order_price(
  order_id integer primary key,
  rules_version integer not null,
  gone integer not null);
create table order_line_price(
  order_id integer not null,
  sku integer not null,
  pay integer not null,
  points integer not null,
  primary key(order_id, sku)) without rowid;
create table order_discount(
  order_id integer not null,
  sku integer not null,
  rule integer not null,
  coupon integer not null,
  off integer not null,
  promo_units integer not null,
  primary key(order_id, sku, rule, coupon)) without rowid;
)sql";

void insert_price(env::Tx& tx, OrderId order, const pricing::Quote& quote);
// What an order of this price has to hold before it is anybody's.
api::HoldDiscounts to_hold(env::Connection& connection, OrderId order, UserId user);
// That one of it was not to be had.
void note_gone(env::Tx& tx, OrderId order);
bool was_gone(env::Connection& connection, OrderId order);

}  // namespace ordeal::order

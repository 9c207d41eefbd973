// Which lines of a cart an order is made of: kept with the order, so that a line is bought once, whoever goes back to a page that still
// shows it, and told to the cart when the order stands. Only where there are carts.
#pragma once

#include <string_view>
#include <vector>

#include "core/api/cart.h"
#include "core/api/order.h"
#include "core/env/database.h"

namespace ordeal::order {

inline constexpr std::string_view kCartTables = R"sql(
create table order_cart_line(
  order_id integer not null,
  version integer not null,
  user_id integer not null,
  sku integer not null,
  qty integer not null,
  primary key(order_id, version)) without rowid;
create index order_cart_line_of on order_cart_line(user_id, version);
)sql";

// Each line once, each with units, and together just the goods that are ordered.
bool makes_up(const api::FromCart& cart, const std::vector<api::Line>& merged);
// One of them stands in an order of this buyer's that was not refused.
bool is_ordered(env::Connection& connection, UserId user, const api::FromCart& cart);
void insert_cart_lines(env::Tx& tx, OrderId order, UserId user, const api::FromCart& cart);
// What its lines may hold in stock (A23).
std::vector<OrderId> cart_holds_of(env::Connection& connection, OrderId order);
std::vector<api::CartLine> cart_lines_of(env::Connection& connection, OrderId order);

}  // namespace ordeal::order

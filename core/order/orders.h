// Orders: the tables of the order service and how rows are read. Rows are written by the seams beside this
// file.
//
// `due_at` is when somebody has to look at the order next: a DRAFT to be recovered, an UNPAID one to be
// closed. It is null in the terminal states. `close_at` is the promise to the shopper and does not move;
// `cancelled_at` is when the shopper gave it up.
// `trace` is the trace context of the request that placed it; later work on the order goes on under it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/api/order.h"
#include "core/env/database.h"
#include "core/order/state.h"

namespace ordeal::order {

inline constexpr std::string_view kTables = R"sql(
create table orders(
  id integer primary key,
  user_id integer not null,
  merchant integer not null,
  state integer not null,
  version integer not null,
  total integer not null,
  currency text not null,
  created_at integer not null,
  close_at integer,
  due_at integer,
  cancelled_at integer,
  paid_attempt integer,
  trace integer not null);
create index orders_due on orders(state, due_at) where due_at is not null;
create table order_line(
  order_id integer not null,
  sku integer not null,
  qty integer not null,
  unit_price integer not null,
  primary key(order_id, sku)) without rowid;
create table order_request(
  user_id integer not null,
  request_key text not null,
  fingerprint integer not null,
  order_id integer not null,
  primary key(user_id, request_key)) without rowid;
create table late_payment(
  attempt integer primary key,
  order_id integer not null,
  amount integer not null,
  reason integer not null);
)sql";

struct OrderRow {
  OrderId id{};
  UserId user{};
  OrderState state = OrderState::draft;
  std::int64_t version = 0;
  Money total{};
  Instant created_at{};
  std::optional<Instant> close_at{};
  std::optional<Instant> due_at{};
  std::optional<Instant> cancelled_at{};
  AttemptId paid_attempt{};  // none unless PAID
  env::TraceContext trace{};
  MerchantId merchant{};  // who sold it

  // When the time of an UNPAID order ends, or ended.
  Instant over_at() const { return std::min(close_at.value(), cancelled_at.value_or(Instant::max())); }
};

std::optional<OrderRow> find_order(env::Connection& connection, OrderId id);
std::vector<api::Line> lines_of(env::Connection& connection, OrderId id);
// Orders in `state` that somebody has to look at, the earliest first: those due at `now`, and the next one after them.
std::vector<OrderRow> by_due(env::Connection& connection, OrderState state, Instant now, std::size_t limit);

void insert_order(env::Tx& tx, const OrderRow& order, const std::vector<api::Line>& lines,
                  const std::vector<Money>& unit);
// Puts the next look off, if the order is still in the state it was seen in. Not a change of the order: the
// version stays.
void postpone(env::Tx& tx, const OrderRow& seen, Instant due_at);
// Notes that its shopper gave it up, if it is still UNPAID and nobody noted it before; somebody is to look at it at `due_at`.
bool give_up(env::Tx& tx, OrderId order, Instant at, Instant due_at);

}  // namespace ordeal::order

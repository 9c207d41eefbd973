// Stock: the tables of the inventory service and the steps every gate and handler is made of.
//
// For each sku, available + reserved + sold = initial at all times (I-11), and available is not negative (I-10). A
// reservation is HELD until it is CONSUMED (paid) or RELEASED (closed), once (I-14). A release that finds nothing leaves a
// tombstone, RELEASED with sku 0, so that a reserve that comes late is refused (empty rollback and anti-hanging, I-55).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/api/inventory.h"
#include "core/env/database.h"

namespace ordeal::inventory {

// With a second lock on the door: what the gate lets through by mistake, the table refuses.
inline constexpr const char* kSchema = R"sql(
create table stock(
  sku integer primary key,
  available integer not null check(available >= 0),
  reserved integer not null,
  sold integer not null,
  initial integer not null);
create table reservation(
  order_id integer not null,
  sku integer not null,
  qty integer not null,
  state integer not null,
  primary key(order_id, sku)) without rowid;
)sql";

void put_stock(env::Tx& tx, SkuId sku, std::int64_t initial);
std::optional<std::int64_t> available(env::Connection& connection, SkuId sku);

// The state the order's reservation is in; all its lines move together.
std::optional<api::ReservationState> reservation(env::Connection& connection, OrderId order);

// What an earlier reserve or release of this order decides; nothing: this is the first word about it.
std::optional<api::ReserveStatus> earlier_answer(env::Connection& connection, OrderId order);

// available -= qty, reserved += qty if there is enough; false and no change otherwise.
bool take_if_available(env::Tx& tx, const api::Line& line);
// The same without asking; for gates that have made sure by other means.
void take(env::Tx& tx, const api::Line& line);
// Undoes a take of the same transaction.
void put_back(env::Tx& tx, const api::Line& line);
// The reservation row of a line that was taken, and its fact.
void hold(env::Tx& tx, OrderId order, const api::Line& line);

// HELD lines become CONSUMED or RELEASED with their counters and facts; lines in another state stay. Returns
// those that moved.
std::vector<api::Line> consume(env::Tx& tx, OrderId order);
std::vector<api::Line> release(env::Tx& tx, OrderId order);
void leave_tombstone(env::Tx& tx, OrderId order);

}  // namespace ordeal::inventory

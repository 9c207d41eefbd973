#include "core/inventory/stock.h"

#include <vector>

#include "core/api/facts.h"

namespace ordeal::inventory {
namespace {

using api::ReservationState;

constexpr env::Sql kPut{
    "insert into stock(sku, available, reserved, sold, initial) values(?1, ?2, 0, 0, ?2)"};
constexpr env::Sql kAvailable{"select available from stock where sku = ?"};
constexpr env::Sql kState{"select state from reservation where order_id = ? limit 1"};
constexpr env::Sql kTakeIfAvailable{
    "update stock set available = available - ?1, reserved = reserved + ?1 where sku = ?2 and available >= "
    "?1"};
constexpr env::Sql kTake{
    "update stock set available = available - ?1, reserved = reserved + ?1 where sku = ?2"};
constexpr env::Sql kHold{"insert into reservation(order_id, sku, qty, state) values(?, ?, ?, 0)"};
constexpr env::Sql kHeld{"select sku, qty from reservation where order_id = ? and state = 0"};
constexpr env::Sql kEnd{"update reservation set state = ? where order_id = ? and state = 0"};
constexpr env::Sql kSell{"update stock set reserved = reserved - ?1, sold = sold + ?1 where sku = ?2"};
constexpr env::Sql kGiveBack{
    "update stock set reserved = reserved - ?1, available = available + ?1 where sku = ?2"};
constexpr env::Sql kTombstone{
    "insert into reservation(order_id, sku, qty, state) values(?, 0, 0, 2) on conflict do nothing"};

std::vector<api::Line> held_lines(env::Connection& connection, OrderId order) {
  std::vector<api::Line> lines;
  auto rows = connection.query(kHeld, order);
  while (rows.next()) lines.push_back({rows.get<SkuId>(0), rows.get<std::int64_t>(1)});
  return lines;
}

}  // namespace

void put_stock(env::Tx& tx, SkuId sku, std::int64_t initial) { tx.exec(kPut, sku, initial); }

std::optional<std::int64_t> available(env::Connection& connection, SkuId sku) {
  auto rows = connection.query(kAvailable, sku);
  if (!rows.next()) return std::nullopt;
  return rows.get<std::int64_t>(0);
}

std::optional<ReservationState> reservation(env::Connection& connection, OrderId order) {
  auto rows = connection.query(kState, order);
  if (!rows.next()) return std::nullopt;
  return rows.get<ReservationState>(0);
}

std::optional<api::ReserveStatus> earlier_answer(env::Connection& connection, OrderId order) {
  const auto state = reservation(connection, order);
  if (!state) return std::nullopt;
  return *state == api::ReservationState::released ? api::ReserveStatus::refused
                                                   : api::ReserveStatus::reserved;
}

bool take_if_available(env::Tx& tx, const api::Line& line) {
  return tx.exec(kTakeIfAvailable, line.qty, line.sku) == 1;
}

void take(env::Tx& tx, const api::Line& line) { tx.exec(kTake, line.qty, line.sku); }

void put_back(env::Tx& tx, const api::Line& line) { tx.exec(kGiveBack, line.qty, line.sku); }

void hold(env::Tx& tx, OrderId order, const api::Line& line) {
  tx.exec(kHold, order, line.sku, line.qty);
  tx.fact(env::Message::of(api::facts::StockReserved{order, line.sku, line.qty}));
}

std::vector<api::Line> consume(env::Tx& tx, OrderId order) {
  auto lines = held_lines(tx, order);
  if (lines.empty()) return lines;
  tx.exec(kEnd, ReservationState::consumed, order);
  for (const api::Line& line : lines) {
    tx.exec(kSell, line.qty, line.sku);
    tx.fact(env::Message::of(api::facts::StockConsumed{order, line.sku, line.qty}));
  }
  return lines;
}

std::vector<api::Line> release(env::Tx& tx, OrderId order) {
  auto lines = held_lines(tx, order);
  if (lines.empty()) return lines;
  tx.exec(kEnd, ReservationState::released, order);
  for (const api::Line& line : lines) {
    put_back(tx, line);
    tx.fact(env::Message::of(api::facts::StockReleased{order, line.sku, line.qty}));
  }
  return lines;
}

void leave_tombstone(env::Tx& tx, OrderId order) { tx.exec(kTombstone, order); }

}  // namespace ordeal::inventory

#include "core/order/cart_lines.h"

#include <algorithm>
#include <set>

#include "core/api/cart_stock.h"
#include "core/order/state.h"

namespace ordeal::order {
namespace {

constexpr env::Sql kOrdered{
    "select 1 from order_cart_line join orders on orders.id = order_cart_line.order_id "
    "where order_cart_line.user_id = ? and order_cart_line.version = ? and orders.state <> ?"};
constexpr env::Sql kInsert{
    "insert into order_cart_line(order_id, version, user_id, sku, qty) values(?, ?, ?, ?, ?)"};
constexpr env::Sql kLines{
    "select sku, qty, version from order_cart_line where order_id = ? order by version"};

constexpr env::Sql kHolders{
    "select user_id, version from order_cart_line where order_id = ? order by version"};

}  // namespace

bool makes_up(const api::FromCart& cart, const std::vector<api::Line>& merged) {
  std::set<std::int64_t> versions;
  std::vector<api::Line> lines;
  for (const api::CartLine& line : cart.lines) {
    if (line.version <= 0 || line.qty <= 0 || !versions.insert(line.version).second) return false;
    lines.push_back({line.sku, line.qty});
  }
  return api::merged(lines) == merged;
}

bool is_ordered(env::Connection& connection, UserId user, const api::FromCart& cart) {
  return std::any_of(cart.lines.begin(), cart.lines.end(), [&](const api::CartLine& line) {
    return connection.query(kOrdered, user, line.version, OrderState::rejected).next();
  });
}

void insert_cart_lines(env::Tx& tx, OrderId order, UserId user, const api::FromCart& cart) {
  for (const api::CartLine& line : cart.lines)
    tx.exec(kInsert, order, line.version, user, line.sku, line.qty);
}

std::vector<OrderId> cart_holds_of(env::Connection& connection, OrderId order) {
  std::vector<OrderId> holds;
  for (auto rows = connection.query(kHolders, order); rows.next();)
    holds.push_back(api::cart_hold(rows.get<UserId>(0), rows.get<std::int64_t>(1)));
  return holds;
}

std::vector<api::CartLine> cart_lines_of(env::Connection& connection, OrderId order) {
  std::vector<api::CartLine> lines;
  for (auto rows = connection.query(kLines, order); rows.next();)
    lines.push_back({rows.get<SkuId>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)});
  return lines;
}

}  // namespace ordeal::order

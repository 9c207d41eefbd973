#include "core/order/orders.h"

#include "core/api/facts.h"

namespace ordeal::order {
namespace {

#define ORDEAL_ORDER_COLUMNS                                                                                 \
  "select id, user_id, state, version, total, currency, created_at, close_at, due_at, paid_attempt, trace, " \
  "merchant, cancelled_at from orders "
constexpr env::Sql kFind{ORDEAL_ORDER_COLUMNS "where id = ?"};
constexpr env::Sql kByDue{ORDEAL_ORDER_COLUMNS
                          "where state = ? and due_at is not null order by due_at limit ?"};
#undef ORDEAL_ORDER_COLUMNS

constexpr env::Sql kLines{"select sku, qty from order_line where order_id = ?"};
constexpr env::Sql kInsert{
    "insert into orders(id, user_id, state, version, total, currency, created_at, due_at, trace, merchant) "
    "values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kInsertLine{"insert into order_line(order_id, sku, qty, unit_price) values(?, ?, ?, ?)"};
constexpr env::Sql kGiveUp{
    "update orders set cancelled_at = ?1, due_at = ?2 where id = ?3 and state = 1 and cancelled_at is null"};
constexpr env::Sql kPostpone{"update orders set due_at = ? where id = ? and state = ?"};

OrderRow row_of(const env::Rows& rows) {
  const auto currency = Currency::parse(rows.get<std::string_view>(5));
  OrderRow row;
  row.id = rows.get<OrderId>(0);
  row.user = rows.get<UserId>(1);
  row.state = rows.get<OrderState>(2);
  row.version = rows.get<std::int64_t>(3);
  row.total = {rows.get<std::int64_t>(4), currency.value_or(Currency{})};
  row.created_at = rows.get<Instant>(6);
  if (!rows.is_null(7)) row.close_at = rows.get<Instant>(7);
  if (!rows.is_null(8)) row.due_at = rows.get<Instant>(8);
  if (!rows.is_null(9)) row.paid_attempt = rows.get<AttemptId>(9);
  row.trace = rows.get<env::TraceContext>(10);
  row.merchant = rows.get<MerchantId>(11);
  if (!rows.is_null(12)) row.cancelled_at = rows.get<Instant>(12);
  return row;
}

}  // namespace

std::optional<OrderRow> find_order(env::Connection& connection, OrderId id) {
  auto rows = connection.query(kFind, id);
  if (!rows.next()) return std::nullopt;
  return row_of(rows);
}

std::vector<api::Line> lines_of(env::Connection& connection, OrderId id) {
  std::vector<api::Line> lines;
  auto rows = connection.query(kLines, id);
  while (rows.next()) lines.push_back({rows.get<SkuId>(0), rows.get<std::int64_t>(1)});
  return lines;
}

std::vector<OrderRow> by_due(env::Connection& connection, OrderState state, Instant now, std::size_t limit) {
  std::vector<OrderRow> out;
  auto rows = connection.query(kByDue, state, static_cast<std::int64_t>(limit));
  while (rows.next()) {
    out.push_back(row_of(rows));
    if (*out.back().due_at > now) break;
  }
  return out;
}

void insert_order(env::Tx& tx, const OrderRow& order, const std::vector<api::Line>& lines,
                  const std::vector<Money>& unit) {
  tx.exec(kInsert, order.id, order.user, order.state, order.version, order.total.minor,
          order.total.currency.text(), order.created_at, order.due_at, order.trace, order.merchant);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    tx.exec(kInsertLine, order.id, lines[i].sku, lines[i].qty, unit[i].minor);
  }
}

void postpone(env::Tx& tx, const OrderRow& seen, Instant due_at) {
  tx.exec(kPostpone, due_at, seen.id, seen.state);
}

bool give_up(env::Tx& tx, OrderId order, Instant at, Instant due_at) {
  if (tx.exec(kGiveUp, at, due_at, order) == 0) return false;
  tx.fact(env::Message::of(api::facts::OrderCancelled{order, at}));
  return true;
}

}  // namespace ordeal::order

#include "core/placing/orders.h"

namespace ordeal::placing {
namespace {

#define ORDEAL_ORDER_COLUMNS \
  "o.id, o.user_id, o.request_key, o.fingerprint, o.sku, o.qty, o.points, o.state, o.lack, o.trace "
constexpr env::Sql kPutMember{"insert into member(id) values(?)"};
constexpr env::Sql kPutThing{"insert into thing(id) values(?)"};
constexpr env::Sql kMember{"select 1 from member where id = ?"};
constexpr env::Sql kThing{"select 1 from thing where id = ?"};
constexpr env::Sql kOrder{"select " ORDEAL_ORDER_COLUMNS "from placed_order o where o.id = ?"};
constexpr env::Sql kRequest{"select " ORDEAL_ORDER_COLUMNS
                            "from placed_order o where o.user_id = ? and o.request_key = ?"};
constexpr env::Sql kDue{"select " ORDEAL_ORDER_COLUMNS
                        ", l.phase from transaction_log l join placed_order o on o.id = l.order_id "
                        "where l.next_at <= ? order by l.next_at, l.order_id limit ?"};
#undef ORDEAL_ORDER_COLUMNS
constexpr env::Sql kWrite{
    "insert into placed_order(id, user_id, request_key, fingerprint, sku, qty, points, trace) "
    "values(?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kDecide{"update placed_order set state = ?1, lack = ?2 where id = ?3 and state = 0"};
constexpr env::Sql kLog{"insert into transaction_log(order_id, phase, next_at) values(?, ?, ?)"};
constexpr env::Sql kMovePhase{
    "update transaction_log set phase = ?1, next_at = ?2 where order_id = ?3 and phase = ?4"};
constexpr env::Sql kClose{"delete from transaction_log where order_id = ? and phase = ?"};
constexpr env::Sql kNext{"select min(next_at) from transaction_log"};
constexpr env::Sql kNote{
    "insert into difference(order_id, service, tries, state) values(?1, ?2, 1, 0) on conflict(order_id, "
    "service) "
    "do update set tries = tries + 1 where state <> 1"};
constexpr env::Sql kTries{"select tries from difference where order_id = ? and service = ?"};
constexpr env::Sql kMoveDifference{
    "update difference set state = ?1 where order_id = ?2 and service = ?3 and state <> ?1 and state <> 1"};
constexpr env::Sql kAnswer{
    "insert into branch_answer(order_id, service, had) values(?, ?, ?) on conflict do nothing"};
constexpr env::Sql kHad{"select count(*) from branch_answer where order_id = ? and had = 1"};

Order order_of(const env::Rows& rows) {
  Order o;
  o.id = rows.get<OrderId>(0);
  o.user = rows.get<UserId>(1);
  o.request_key = rows.get<std::string>(2);
  o.fingerprint = static_cast<std::uint64_t>(rows.get<std::int64_t>(3));
  o.sku = rows.get<SkuId>(4);
  o.qty = rows.get<std::int64_t>(5);
  o.points = rows.get<std::int64_t>(6);
  o.state = rows.get<api::PlacedState>(7);
  o.lack = rows.get<api::Lack>(8);
  o.cause = rows.get<env::TraceContext>(9);
  return o;
}

std::optional<Order> first_of(env::Rows rows) {
  if (!rows.next()) return std::nullopt;
  return order_of(rows);
}

}  // namespace

void put_member(env::Tx& tx, UserId user) { tx.exec(kPutMember, user); }
void put_thing(env::Tx& tx, SkuId sku) { tx.exec(kPutThing, sku); }
bool is_member(env::Connection& from, UserId user) { return from.query(kMember, user).next(); }
bool is_thing(env::Connection& from, SkuId sku) { return from.query(kThing, sku).next(); }

PoolId pool_of(SkuId sku) { return {sku.value}; }
PoolId pool_of(UserId user) { return {user.value}; }

std::vector<api::Part> parts_of(const Order& order) {
  std::vector<api::Part> parts{{std::string(kStoreroom), pool_of(order.sku), order.qty}};
  if (order.points > 0) parts.push_back({std::string(kLoyalty), pool_of(order.user), order.points});
  return parts;
}

api::Lack lack_at(std::string_view service) {
  return service == kStoreroom ? api::Lack::stock : api::Lack::points;
}

api::PlacingReply answer_of(const Order& order) {
  return {api::PlacingStatus::order, api::PlacingProblem::none, order.id, order.state, order.lack};
}

std::optional<Order> find_order(env::Connection& from, OrderId order) {
  return first_of(from.query(kOrder, order));
}

std::optional<api::PlacingReply> known_answer(env::Connection& from, const Order& wanted) {
  const auto known = first_of(from.query(kRequest, wanted.user, wanted.request_key));
  if (!known) return std::nullopt;
  if (known->fingerprint != wanted.fingerprint) return api::PlacingReply{api::PlacingStatus::conflict};
  return answer_of(*known);
}

void write_order(env::Tx& tx, const Order& o) {
  tx.exec(kWrite, o.id, o.user, o.request_key, static_cast<std::int64_t>(o.fingerprint), o.sku, o.qty,
          o.points, o.cause);
  tx.fact(env::Message::of(api::facts::PlacingBegun{o.id, o.user, o.sku, o.qty, o.points}));
}

bool decide(env::Tx& tx, OrderId order, api::PlacedState state, api::Lack lack) {
  if (tx.exec(kDecide, state, lack, order) == 0) return false;
  tx.fact(env::Message::of(api::facts::PlacingDecided{order, state, lack}));
  return true;
}

void log_phase(env::Tx& tx, OrderId order, Phase phase, Instant next_at) {
  tx.exec(kLog, order, phase, next_at);
}

bool move_phase(env::Tx& tx, OrderId order, Phase from, Phase to, Instant next_at) {
  return tx.exec(kMovePhase, to, next_at, order, from) == 1;
}

void close_log(env::Tx& tx, OrderId order, Phase phase) { tx.exec(kClose, order, phase); }

std::vector<Logged> due_in_log(env::Connection& from, Instant now, std::int64_t most) {
  std::vector<Logged> due;
  for (auto rows = from.query(kDue, now, most); rows.next();)
    due.push_back({order_of(rows), rows.get<Phase>(10)});
  return due;
}

std::optional<Instant> next_in_log(env::Connection& from) {
  auto rows = from.query(kNext);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<Instant>(0);
}

void note_difference(env::Tx& tx, OrderId order, std::string_view service, bool too_much,
                     std::int64_t in_suspense_after) {
  using api::facts::DifferenceMoved;
  using api::facts::DifferenceState;
  if (tx.exec(kNote, order, service) == 0) return;
  auto rows = tx.query(kTries, order, service);
  rows.next();
  const auto tries = rows.get<std::int64_t>(0);
  const auto said = [&](DifferenceState to) {
    tx.fact(env::Message::of(DifferenceMoved{order, std::string(service), too_much, to}));
  };
  if (tries == 1) said(DifferenceState::open);
  if (tries > in_suspense_after && tx.exec(kMoveDifference, DifferenceState::suspense, order, service) == 1)
    said(DifferenceState::suspense);
}

void close_difference(env::Tx& tx, OrderId order, std::string_view service, bool too_much) {
  using api::facts::DifferenceState;
  if (tx.exec(kMoveDifference, DifferenceState::repaired, order, service) == 0) return;
  tx.fact(env::Message::of(
      api::facts::DifferenceMoved{order, std::string(service), too_much, DifferenceState::repaired}));
}

std::int64_t write_answer(env::Tx& tx, const api::Answered& answered) {
  tx.exec(kAnswer, answered.order, answered.service, answered.had);
  auto rows = tx.query(kHad, answered.order);
  rows.next();
  return rows.get<std::int64_t>(0);
}

}  // namespace ordeal::placing

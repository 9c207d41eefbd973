#include "core/inventory/cart_holds.h"

#include <vector>

#include "core/api/facts.h"

namespace ordeal::inventory {
namespace {

using api::ReserveStatus;

constexpr env::Sql kNote{"insert into hold_until(hold, until) values(?, ?) on conflict do nothing"};
constexpr env::Sql kForget{"delete from hold_until where hold = ?"};
constexpr env::Sql kDue{"select hold, until from hold_until order by until limit ?"};
constexpr env::Sql kHeld{"select sku, qty from reservation where order_id = ? and state = 0"};
// The counters stay: what it held is held by another from then on.
constexpr env::Sql kHandOver{"update reservation set state = 2 where order_id = ? and state = 0"};
constexpr std::int64_t kBatch = 32;

struct Due {
  OrderId hold;
  Instant until;
};

std::vector<Due> due(env::Connection& connection) {
  std::vector<Due> rows;
  for (auto found = connection.query(kDue, kBatch + 1); found.next();)
    rows.push_back({found.get<OrderId>(0), found.get<Instant>(1)});
  return rows;
}

std::vector<api::Line> held_lines(env::Connection& connection, OrderId hold) {
  std::vector<api::Line> lines;
  for (auto rows = connection.query(kHeld, hold); rows.next();)
    lines.push_back({rows.get<SkuId>(0), rows.get<std::int64_t>(1)});
  return lines;
}

void hand_over(env::Tx& tx, OrderId hold) {
  for (const api::Line& line : held_lines(tx, hold))
    tx.fact(env::Message::of(api::facts::StockReleased{hold, line.sku, line.qty}));
  tx.exec(kHandOver, hold);
  tx.exec(kForget, hold);
}

}  // namespace

CartHolds::CartHolds(env::Env& env, env::Database& db, Gate& gate)
    : env_(env), db_(db), gate_(gate), worker_(env, "cart holds", [this] { return pass(); }) {}

void CartHolds::start() {
  env_.rpc.on<api::HoldForCart>("hold_for_cart",
                                [this](const api::HoldForCart& request) { return hold(request); });
  env_.rpc.on<api::ReserveOfCart>("reserve_of_cart",
                                  [this](const api::ReserveOfCart& request) { return reserve(request); });
  env_.rpc.on<api::LetGo>("let_go", [this](const api::LetGo& request) { return let_go(request.holds); });
  worker_.start();
}

api::ReserveReply CartHolds::hold(const api::HoldForCart& request) {
  env::in_transaction(db_, "inventory.hold_until", [&](env::Tx& tx) {
    tx.exec(kNote, request.hold, request.until);
    tx.wake(worker_, request.until);
  });
  const std::vector<api::Line> lines{request.line};
  if (!request.instead_of.empty()) {
    if (const auto status = take_over(request.hold, lines, request.instead_of)) return {*status};
    let_go(request.instead_of);
  }
  return {gate_.reserve(db_, request.hold, lines)};
}

api::ReserveReply CartHolds::reserve(const api::ReserveOfCart& request) {
  const auto lines = api::merged(request.lines);
  if (const auto status = take_over(request.order, lines, request.holds)) return {*status};
  env_.log.sometimes("a cart held less than was ordered of it");
  let_go(request.holds);
  const ReserveStatus status = gate_.reserve(db_, request.order, lines);
  if (status == ReserveStatus::out_of_stock) env_.log.sometimes("out of stock");
  return {status};
}

std::optional<ReserveStatus> CartHolds::take_over(OrderId by, const std::vector<api::Line>& lines,
                                                  std::span<const OrderId> holds) {
  return env::in_transaction(db_, "inventory.take_over", [&](env::Tx& tx) -> std::optional<ReserveStatus> {
    if (const auto earlier = earlier_answer(tx, by)) return earlier;
    std::vector<api::Line> held;
    for (const OrderId hold : holds) {
      const auto of_one = held_lines(tx, hold);
      held.insert(held.end(), of_one.begin(), of_one.end());
    }
    if (api::merged(held) != lines) return std::nullopt;
    for (const OrderId hold : holds) hand_over(tx, hold);
    for (const api::Line& line : lines) inventory::hold(tx, by, line);
    env_.log.sometimes("an order took what its cart held");
    return ReserveStatus::reserved;
  });
}

api::Ack CartHolds::let_go(std::span<const OrderId> holds) {
  for (const OrderId hold : holds) {
    const auto free = env::in_transaction(db_, "inventory.let_go", [&](env::Tx& tx) {
      tx.exec(kForget, hold);
      auto lines = release(tx, hold);
      if (lines.empty() && !reservation(tx, hold)) leave_tombstone(tx, hold);
      return lines;
    });
    if (!free.empty()) gate_.given_back(free);
  }
  return {true};
}

std::optional<Instant> CartHolds::pass() {
  const auto rows =
      env::in_read(db_, "inventory.holds", [&](env::Connection& connection) { return due(connection); });
  const Instant now = env_.clock.wall_now();
  for (const Due& row : rows) {
    if (row.until > now || &row == rows.data() + kBatch) return row.until;
    const OrderId hold = row.hold;
    let_go({&hold, 1});
    env_.log.sometimes("the time of a cart's hold was over");
  }
  return std::nullopt;
}

}  // namespace ordeal::inventory

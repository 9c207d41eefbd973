// The order's own database: orders, and the transaction log of whoever has to bring an order and its branches together.
//
// An order row is never removed: it answers the request that comes again (I-01). A row of the log is there as long as something is left to do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/placing.h"
#include "core/env/database.h"
#include "core/outbox/outbox.h"

namespace ordeal::placing {

inline constexpr std::string_view kOrderTables = R"sql(
create table member(id integer primary key);
create table thing(id integer primary key);
create table placed_order(
  id integer primary key,
  user_id integer not null,
  request_key text not null,
  fingerprint integer not null,
  sku integer not null,
  qty integer not null,
  points integer not null,
  state integer not null default 0,
  lack integer not null default 0,
  trace integer not null,
  unique(user_id, request_key));
create table transaction_log(
  order_id integer primary key,
  phase integer not null,
  next_at integer not null);
create table difference(
  order_id integer not null,
  service text not null,
  tries integer not null,
  state integer not null,
  primary key(order_id, service)) without rowid;
create table branch_answer(
  order_id integer not null,
  service text not null,
  had integer not null,
  primary key(order_id, service)) without rowid;
)sql";
inline constexpr const char* kOrderSchema = outbox::Joined<kOrderTables, outbox::kTable>::kText;

inline constexpr std::string_view kStoreroom = "storeroom";
inline constexpr std::string_view kLoyalty = "loyalty";

struct Order {
  OrderId id{};
  UserId user{};
  std::string request_key{};
  std::uint64_t fingerprint = 0;  // of the whole request
  SkuId sku{};
  std::int64_t qty = 0;
  std::int64_t points = 0;
  api::PlacedState state = api::PlacedState::pending;
  api::Lack lack = api::Lack::none;
  env::TraceContext cause{};
};

// What is left to do: until its participants have answered; or to tell them how it ended.
enum class Phase : std::uint8_t { trying, confirming, cancelling };

struct Logged {
  Order order{};
  Phase phase = Phase::trying;
};

void put_member(env::Tx& tx, UserId user);
void put_thing(env::Tx& tx, SkuId sku);
bool is_member(env::Connection& from, UserId user);
bool is_thing(env::Connection& from, SkuId sku);

PoolId pool_of(SkuId sku);
PoolId pool_of(UserId user);
// What the order wants, in the order in which it is asked for; nothing of which it wants none.
std::vector<api::Part> parts_of(const Order& order);
api::Lack lack_at(std::string_view service);

api::PlacingReply answer_of(const Order& order);
std::optional<Order> find_order(env::Connection& from, OrderId order);
// What an earlier request of the same user and key came to: its order, or a conflict.
std::optional<api::PlacingReply> known_answer(env::Connection& from, const Order& wanted);
// PENDING.
void write_order(env::Tx& tx, const Order& order);
// False, and nothing is written: it is not PENDING any more.
bool decide(env::Tx& tx, OrderId order, api::PlacedState state, api::Lack lack);

void log_phase(env::Tx& tx, OrderId order, Phase phase, Instant next_at);
// From one phase to another, or to a later look within it. False: another one was faster.
bool move_phase(env::Tx& tx, OrderId order, Phase from, Phase to, Instant next_at);
void close_log(env::Tx& tx, OrderId order, Phase phase);
std::vector<Logged> due_in_log(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_in_log(env::Connection& from);

// A difference that was found, and then its repair. `in_suspense_after` tries that did not repair it, it is in suspense.
void note_difference(env::Tx& tx, OrderId order, std::string_view service, bool too_much,
                     std::int64_t in_suspense_after);
void close_difference(env::Tx& tx, OrderId order, std::string_view service, bool too_much);

// How many of the participants have had what was wanted, this answer included.
std::int64_t write_answer(env::Tx& tx, const api::Answered& answered);

}  // namespace ordeal::placing

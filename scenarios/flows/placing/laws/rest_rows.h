// What the three databases hold at rest, and how laws name it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/placing/orders.h"
#include "core/placing/pools.h"
#include "scenarios/flows/placing/parties/books.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::placing {

struct PoolRow {
  std::int64_t free = 0;
  std::int64_t frozen = 0;
  std::int64_t used = 0;
};
struct BranchRow {
  PoolId pool{};
  std::int64_t amount = 0;
  api::BranchState state = api::BranchState::tried;
};
struct StoreRows {
  std::map<PoolId, PoolRow> pools;
  std::map<OrderId, BranchRow> branches;
};

struct RestRows {
  explicit RestRows(const play::Rest& rest);

  const Order* order(OrderId id) const;
  // Null when there is none.
  const Order* request(UserId user, const std::string& key) const;
  // Null where nobody came.
  const Diary* diary() const { return world.books_if_any<Diary>(); }

  const play::Rest& world;
  std::map<OrderId, Order> orders;
  std::map<std::pair<UserId, std::string>, OrderId> requests;
  std::map<OrderId, Phase> log;
  std::map<std::pair<OrderId, std::string>, api::facts::DifferenceState> differences;
  std::map<std::string, StoreRows, std::less<>> stores;  // by service
};

inline bool is_held(api::BranchState state) {
  return state == api::BranchState::tried || state == api::BranchState::confirmed ||
         state == api::BranchState::taken;
}
inline bool is_used(api::BranchState state) {
  return state == api::BranchState::confirmed || state == api::BranchState::taken;
}

// {"order", id}, {"customer", name}, {"thing", name}, {"state", text}
play::Evidence about(const play::Scenario& scenario, const Order& order);

}  // namespace ordeal::placing

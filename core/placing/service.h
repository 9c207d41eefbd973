// The placing service: takes orders, refuses what none can be made of, and leaves the rest to its Consistency.
#pragma once

#include "core/placing/consistency.h"

namespace ordeal::placing {

inline constexpr std::size_t kKeyMost = 64;
inline constexpr std::int64_t kQtyMost = 99;
inline constexpr std::int64_t kPointsMost = 1'000'000;

class Service {
 public:
  Service(env::Env& env, env::Database& db, Consistency& consistency);

  void start();
  api::PlacingReply place(const api::Place& request);

 private:
  // What can be said without asking anybody else.
  std::optional<api::PlacingReply> look(env::Connection& from, const Order& wanted) const;

  env::Env& env_;
  env::Database& db_;
  Consistency& consistency_;
};

}  // namespace ordeal::placing

// Reconcile only: no freeze, no cancel, no message (A10). An order asks its participants to take, once, and is decided by what they say; what was
// taken of an order that is rejected stays taken. A minute later a worker compares: it looks at each branch, and what does not agree with
// the order is a difference, which is written down and repaired by the participant's own steps. So a repair meets a late step, or a second
// repair, at the fence row, and is done once (I-78, F-74).
//
// What it costs is a window: until the comparison somebody's stock or points are gone for an order that is none. `ordeal compare
// order.consistency` measures it.
//
// Comparing is also what stands behind a broker (half_message.h): it asks itself where no answer came.
#pragma once

#include "core/placing/consistency.h"
#include "core/worker/due_worker.h"

namespace ordeal::placing {

inline constexpr Duration kComparePeriod{60'000'000'000};
// A difference that so many tries have not repaired is in suspense.
inline constexpr std::int64_t kInSuspenseAfter = 10;

class Comparing : public Consistency {
 public:
  // From a decision to the comparison, and from one to the next where somebody was silent.
  explicit Comparing(Duration period) : period_(period) {}
  void start(env::Env& env, env::Database& db) override;

 protected:
  // Asks each participant to take, until one says no. time: one said nothing.
  api::Lack take_all(const Order& order);
  // The decision, if nobody took it before, and when it will be compared.
  bool settle(env::Tx& tx, OrderId order, api::Lack lack);
  Instant next_look() const { return env_->clock.wall_now() + period_; }

  env::Env* env_ = nullptr;
  env::Database* db_ = nullptr;
  std::unique_ptr<worker::DueWorker> worker_;

 private:
  std::optional<Instant> run_due();
  void ask_again(const Order& order);
  // True: it agrees now.
  bool compare(const Logged& one, const api::Part& part);
  void close_or_look_again(const Logged& one, bool agrees);

  const Duration period_;
};

std::unique_ptr<Consistency> make_reconcile();

}  // namespace ordeal::placing

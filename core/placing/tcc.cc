#include "core/placing/tcc.h"

#include "core/worker/due_worker.h"

namespace ordeal::placing {
namespace {

using api::BranchStatus;
using api::Lack;
using api::PlacedState;

constexpr std::int64_t kAtOnce = 16;

class Tcc final : public Consistency {
 public:
  void start(env::Env& env, env::Database& db) override {
    env_ = &env;
    db_ = &db;
    worker_ = std::make_unique<worker::DueWorker>(env, "tcc-coordinator", [this] { return run_due(); });
    worker_->start();
  }

  api::PlacingReply place(const Order& wanted) override {
    const auto known = env::in_transaction(*db_, "placing.begin", [&](env::Tx& tx) {
      auto answer = known_answer(tx, wanted);
      if (answer) return answer;
      const Instant timeout = env_->clock.wall_now() + kGlobalTimeout;
      write_order(tx, wanted);
      log_phase(tx, wanted.id, Phase::trying, timeout);
      tx.wake(*worker_, timeout);
      return answer;
    });
    return known ? *known : end_of_phase_one(wanted, try_all(wanted));
  }

 private:
  Lack try_all(const Order& order) {
    for (const api::Part& part : parts_of(order)) {
      const BranchStatus status = ask_branch(*env_, "try", order, part);
      if (status == BranchStatus::lacking) return lack_at(part.service);
      if (status != BranchStatus::done) return Lack::time;
    }
    return Lack::none;
  }

  // Whoever moves the log row decides: the request, or the worker when the time is over.
  api::PlacingReply end_of_phase_one(const Order& order, Lack lack) {
    return env::in_transaction(*db_, "placing.decide", [&](env::Tx& tx) {
      const bool all = lack == Lack::none;
      if (move_phase(tx, order.id, Phase::trying, all ? Phase::confirming : Phase::cancelling,
                     env_->clock.wall_now())) {
        decide(tx, order.id, all ? PlacedState::placed : PlacedState::rejected, lack);
      } else {
        env_->log.sometimes("the coordinator had given up on an order");
      }
      tx.wake(*worker_);
      return answer_of(*find_order(tx, order.id));
    });
  }

  std::optional<Instant> run_due() {
    const Instant now = env_->clock.wall_now();
    const auto due = env::in_read(*db_, "placing.due",
                                  [&](env::Connection& from) { return due_in_log(from, now, kAtOnce); });
    for (const Logged& one : due) {
      const env::TraceScope scope(env_->tasks, one.order.cause, "placing.second phase");
      if (one.phase == Phase::trying) {
        env_->log.sometimes("nobody decided in time, so an order is cancelled");
        end_of_phase_one(one.order, Lack::time);
      } else {
        second_phase(one);
      }
    }
    return env::in_read(*db_, "placing.next", [](env::Connection& from) { return next_in_log(from); });
  }

  void second_phase(const Logged& one) {
    const char* step = one.phase == Phase::confirming ? "confirm" : "cancel";
    bool all = true;
    for (const api::Part& part : parts_of(one.order))
      all = ask_branch(*env_, step, one.order, part) == BranchStatus::done && all;
    // As after a crash behind the last answer: the step is done once more.
    if (env_->points.unlucky("placing: a coordinator forgets who has answered")) all = false;
    env::in_transaction(*db_, "placing.told", [&](env::Tx& tx) {
      if (all) return close_log(tx, one.order.id, one.phase);
      env_->log.sometimes("a second phase is tried again");
      move_phase(tx, one.order.id, one.phase, one.phase, env_->clock.wall_now() + kRetryPeriod);
    });
  }

  env::Env* env_ = nullptr;
  env::Database* db_ = nullptr;
  std::unique_ptr<worker::DueWorker> worker_;
};

}  // namespace

api::BranchStatus ask_branch(env::Env& env, std::string_view step, const Order& order,
                             const api::Part& part) {
  const auto reply = env.rpc.call<api::BranchReply>(
      part.service, step, api::Branch{order.id, part.pool, part.amount}, kBranchDeadline);
  return reply ? reply->status : BranchStatus::unknown;
}

std::unique_ptr<Consistency> make_tcc() { return std::make_unique<Tcc>(); }

}  // namespace ordeal::placing

#include "core/placing/comparing.h"

#include "core/placing/tcc.h"

namespace ordeal::placing {
namespace {

using api::BranchState;
using api::BranchStatus;
using api::Lack;
using api::PlacedState;

constexpr std::int64_t kAtOnce = 16;

class Reconcile final : public Comparing {
 public:
  Reconcile() : Comparing(kComparePeriod) {}

  api::PlacingReply place(const Order& wanted) override {
    const auto known = env::in_transaction(*db_, "placing.begin", [&](env::Tx& tx) {
      auto answer = known_answer(tx, wanted);
      if (answer) return answer;
      write_order(tx, wanted);
      log_phase(tx, wanted.id, Phase::trying, next_look());
      tx.wake(*worker_, next_look());
      return answer;
    });
    if (known) return *known;
    const Lack lack = take_all(wanted);
    return env::in_transaction(*db_, "placing.decide", [&](env::Tx& tx) {
      if (!settle(tx, wanted.id, lack)) env_->log.sometimes("comparing had decided an order");
      return answer_of(*find_order(tx, wanted.id));
    });
  }
};

}  // namespace

void Comparing::start(env::Env& env, env::Database& db) {
  env_ = &env;
  db_ = &db;
  worker_ = std::make_unique<worker::DueWorker>(env, "compare-orders", [this] { return run_due(); });
  worker_->start();
}

Lack Comparing::take_all(const Order& order) {
  for (const api::Part& part : parts_of(order)) {
    const BranchStatus status = ask_branch(*env_, "take", order, part);
    if (status == BranchStatus::unknown) return Lack::time;
    if (status != BranchStatus::done) return lack_at(part.service);
  }
  return Lack::none;
}

bool Comparing::settle(env::Tx& tx, OrderId order, Lack lack) {
  const bool all = lack == Lack::none;
  if (!move_phase(tx, order, Phase::trying, all ? Phase::confirming : Phase::cancelling, next_look()))
    return false;
  tx.wake(*worker_, next_look());
  return decide(tx, order, all ? PlacedState::placed : PlacedState::rejected, lack);
}

std::optional<Instant> Comparing::run_due() {
  const Instant now = env_->clock.wall_now();
  const auto due = env::in_read(*db_, "placing.due",
                                [&](env::Connection& from) { return due_in_log(from, now, kAtOnce); });
  for (const Logged& one : due) {
    const env::TraceScope scope(env_->tasks, one.order.cause, "placing.compare");
    if (one.phase == Phase::trying) {
      ask_again(one.order);
      continue;
    }
    bool agrees = true;
    for (const api::Part& part : parts_of(one.order)) agrees = compare(one, part) && agrees;
    close_or_look_again(one, agrees);
  }
  return env::in_read(*db_, "placing.next", [](env::Connection& from) { return next_in_log(from); });
}

// Nobody decided: its request died, or its messages did. What was taken is taken once, so asking again only completes it.
void Comparing::ask_again(const Order& order) {
  env_->log.sometimes("comparing found an order that nobody had decided");
  const Lack lack = take_all(order);
  env::in_transaction(*db_, "placing.decide", [&](env::Tx& tx) {
    if (lack == Lack::time) {
      move_phase(tx, order.id, Phase::trying, Phase::trying, next_look());
    } else {
      settle(tx, order.id, lack);
    }
  });
}

bool Comparing::compare(const Logged& one, const api::Part& part) {
  const api::Branch branch{one.order.id, part.pool, part.amount};
  const auto look = env_->rpc.call<api::BranchLook>(part.service, "look", branch, kBranchDeadline);
  if (!look) return false;
  const bool wants = one.phase == Phase::confirming;
  const bool has = look->known && look->state == BranchState::taken;
  if (wants == has) {
    // Nothing is there, and nothing may come any more.
    return has || look->known || ask_branch(*env_, "cancel", one.order, part) == BranchStatus::done;
  }
  env_->log.sometimes("comparing found a difference");
  env::in_transaction(*db_, "placing.difference", [&](env::Tx& tx) {
    note_difference(tx, one.order.id, part.service, has, kInSuspenseAfter);
  });
  return ask_branch(*env_, has ? "cancel" : "take", one.order, part) == BranchStatus::done;
}

void Comparing::close_or_look_again(const Logged& one, bool agrees) {
  if (env_->points.unlucky("placing: orders are compared once more")) agrees = false;
  env::in_transaction(*db_, "placing.compared", [&](env::Tx& tx) {
    if (!agrees) {
      move_phase(tx, one.order.id, one.phase, one.phase, next_look());
      return;
    }
    // Whoever repaired it: this worker, one that died behind its repair, or another instance.
    for (const api::Part& part : parts_of(one.order))
      close_difference(tx, one.order.id, part.service, one.phase == Phase::cancelling);
    close_log(tx, one.order.id, one.phase);
  });
}

std::unique_ptr<Consistency> make_reconcile() { return std::make_unique<Reconcile>(); }

}  // namespace ordeal::placing

#include "core/placing/participant.h"

#include <utility>

#include "core/wire/names.h"

namespace ordeal::placing {

using api::Branch;
using api::BranchReply;
using api::BranchStatus;

Participant::Participant(env::Env& env, env::Database& db, Fence& fence, std::string name)
    : env_(env),
      db_(db),
      fence_(fence),
      name_(std::move(name)),
      relay_(env, db, outbox::Routes{{&api::Answered::type(), {{"placing", "on_answered"}}}}) {}

void Participant::start() {
  env_.rpc.on<Branch>("try", [this](const Branch& branch) { return try_it(branch); });
  env_.rpc.on<Branch>("take", [this](const Branch& branch) { return take(branch); });
  env_.rpc.on<Branch>("confirm", [this](const Branch& branch) { return confirm(branch); });
  env_.rpc.on<Branch>("cancel", [this](const Branch& branch) { return cancel(branch); });
  env_.rpc.on<Branch>("look", [this](const Branch& branch) { return look(branch); });
  env_.rpc.on<api::Wanted>("on_wanted", [this](const api::Wanted& wanted) { return on_wanted(wanted); });
  env_.rpc.on<api::CalledOff>("on_called_off",
                              [this](const api::CalledOff& off) { return on_called_off(off); });
  if (env_.broker_if_any != nullptr) {
    const auto consumed = [](const api::Ack& ack) {
      return ack.done ? env::Consumed::done : env::Consumed::later;
    };
    env_.broker().subscribe({name_, std::string(kWantedTopic)}, [this, consumed](const env::Incoming& in) {
      return consumed(on_wanted(in.body.as<api::Wanted>()));
    });
    env_.broker().subscribe({name_, std::string(kCalledOffTopic)}, [this, consumed](const env::Incoming& in) {
      return consumed(on_called_off(in.body.as<api::CalledOff>()));
    });
  }
  relay_.start();
}

BranchReply Participant::try_it(const Branch& branch) { return do_it("try", &Fence::try_it, branch); }
BranchReply Participant::take(const Branch& branch) { return do_it("take", &Fence::take, branch); }
BranchReply Participant::confirm(const Branch& branch) { return do_it("confirm", &Fence::confirm, branch); }
BranchReply Participant::cancel(const Branch& branch) { return do_it("cancel", &Fence::cancel, branch); }

BranchReply Participant::do_it(std::string_view name, Step step, const Branch& branch) {
  const BranchReply reply{env::in_transaction(db_, name_ + "." + std::string(name), [&](env::Tx& tx) {
    return (fence_.*step)({tx, name_, branch});
  })};
  if (reply.status == BranchStatus::refused) env_.log.sometimes("a step of a branch was refused");
  env_.log.line([&] {
    return std::string(name) + " for " + branch.order.text() + ": " +
           std::string(wire::name_of(reply.status));
  });
  return reply;
}

api::BranchLook Participant::look(const Branch& branch) {
  const auto state = env::in_read(db_, name_ + ".look",
                                  [&](env::Connection& from) { return find_branch(from, branch.order); });
  return {state.has_value(), state.value_or(api::BranchState::tried)};
}

// The answer is a row of the same transaction; a wish that comes again was answered.
api::Ack Participant::on_wanted(const api::Wanted& wanted) {
  for (const api::Part& part : wanted.parts) {
    if (part.service != name_) continue;
    env::in_transaction(db_, name_ + ".wanted", [&](env::Tx& tx) {
      const Branch branch{wanted.order, part.pool, part.amount};
      if (find_branch(tx, wanted.order)) return env_.log.sometimes("a wish came again");
      const bool had = fence_.take({tx, name_, branch}) == BranchStatus::done;
      relay_.write(tx, env::Message::of(api::Answered{wanted.order, name_, had}));
    });
  }
  return {true};
}

api::Ack Participant::on_called_off(const api::CalledOff& called_off) {
  for (const api::Part& part : called_off.parts) {
    if (part.service != name_) continue;
    const Branch branch{called_off.order, part.pool, part.amount};
    if (cancel(branch).status != BranchStatus::done) return {false};
  }
  return {true};
}

}  // namespace ordeal::placing

// A participant: the storeroom or loyalty. It does its branch of an order in one transaction, and knows nothing of the other branches.
#pragma once

#include <string>

#include "core/api/ack.h"
#include "core/env/env.h"
#include "core/outbox/outbox.h"
#include "core/placing/fence.h"

namespace ordeal::placing {

inline constexpr std::string_view kWantedTopic = "placing-wanted";
inline constexpr std::string_view kCalledOffTopic = "placing-called-off";

class Participant {
 public:
  // `name`: of its service, and in the parts of an order. Where there is a broker it hears of orders from it, too.
  Participant(env::Env& env, env::Database& db, Fence& fence, std::string name);

  void start();
  api::BranchReply try_it(const api::Branch& branch);
  api::BranchReply take(const api::Branch& branch);
  api::BranchReply confirm(const api::Branch& branch);
  api::BranchReply cancel(const api::Branch& branch);
  api::BranchLook look(const api::Branch& branch);
  api::Ack on_wanted(const api::Wanted& wanted);
  api::Ack on_called_off(const api::CalledOff& called_off);
  outbox::Relay& relay() { return relay_; }

 private:
  using Step = api::BranchStatus (Fence::*)(const Steps&);
  api::BranchReply do_it(std::string_view name, Step step, const api::Branch& branch);

  env::Env& env_;
  env::Database& db_;
  Fence& fence_;
  const std::string name_;
  outbox::Relay relay_;
};

}  // namespace ordeal::placing

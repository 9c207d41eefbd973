// Looks after refunds: has the merchant pay for what waits, asks the channel for what is paid for, and goes on asking until it is known what
// became of it. Each has its next look in the table; the channel's notice only makes it come sooner, for a notice proves nothing.
//
// What ends a refund also gives back what it had reserved, in one transaction: who dies in between finds it as it was, and asks again.
#pragma once

#include <optional>
#include <string>

#include "core/aftersale/channel.h"
#include "core/aftersale/router.h"
#include "core/aftersale/wishes.h"
#include "core/worker/due_worker.h"

namespace ordeal::aftersale {

class Sender {
 public:
  struct Parts {
    Router& router;
    Numbering& numbering;
    Channel& channel;
  };
  Sender(env::Env& env, env::Database& db, Parts parts, std::int64_t batch);

  void start() { worker_.start(); }
  // Whom a transaction wakes that has something to look after.
  env::Wakeable& worker() { return worker_; }
  std::optional<Instant> look_at_due();
  // The channel says that there is news of this number.
  void hear_of(const std::string& number);

 private:
  void step(Back back);
  void step_waiting(const Back& back);
  // False when it is not to be done now, or not by this one.
  bool begin(Back& back, const Payment& payment, bool sends);
  void ask(Back back, const Payment& payment, bool sends);
  bool gives_up(const Back& back, const std::optional<api::GiveBackAnswer>& heard) const;
  void settle(const Back& back, const std::optional<api::GiveBackAnswer>& heard);
  void finish(const Back& back, api::BackState as);
  void take_the_other_route(const Back& back);
  void ask_later(const Back& back);

  env::Env& env_;
  env::Database& db_;
  Parts parts_;
  std::int64_t batch_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::aftersale

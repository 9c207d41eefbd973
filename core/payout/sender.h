// Sends what was claimed, and goes on asking until it is known what became of it (Doubt). Each transfer has its next look in the table;
// the channel's notice only makes it come sooner, for a notice proves nothing.
//
// PAID and "used" are one transaction, and so are FAILED and "released" (D5, D6): who dies in between finds it as it was, and asks again.
#pragma once

#include <optional>
#include <string>

#include "core/payout/channel.h"
#include "core/payout/doubt.h"
#include "core/payout/keeper.h"
#include "core/worker/due_worker.h"

namespace ordeal::payout {

class Sender {
 public:
  struct Parts {
    QuotaKeeper& keeper;
    Doubt& doubt;
    Channel& channel;
  };
  Sender(env::Env& env, env::Database& db, Parts parts, std::int64_t batch);

  void start() { worker_.start(); }
  // Whom a transaction wakes that makes a payout PAYING.
  env::Wakeable& worker() { return worker_; }
  std::optional<Instant> send_due();
  // The channel says that there is news of this number.
  void hear_of(const std::string& number);

 private:
  void step(Payout payout);
  // False when somebody else is at it.
  bool begin(Payout& payout, bool sends);
  void ask(Payout payout, const Occupation& occupation, bool first);
  void settle(const Payout& payout, const Verdict& verdict);
  bool paid_by_statement(Payout& payout, const Occupation& occupation);
  void pay(const Payout& payout);
  void fail(const Payout& payout);
  void fail_or_reroute(const Payout& payout, api::TransferFault fault);
  void ask_later(const Payout& payout);

  env::Env& env_;
  env::Database& db_;
  Parts parts_;
  std::int64_t batch_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::payout

// Settlement: the daily run. At one hour of the day it drafts a slip for each party that is owed something (预结算单); later on the same day it
// takes up what came since (调账单), fixes the slip, and has the custodian move what it pays, order after order, each under its number until it
// is done. It computes no share (C36).
//
// It fires on every instance, whenever something is due, and by hand: each step is a transaction that names what it had seen, so a run that
// comes second finds nothing to do, and one that died is taken up where it was (C31, I-72).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clearing/calendar.h"
#include "core/env/env.h"
#include "core/settlement/slips.h"
#include "core/worker/due_worker.h"

namespace ordeal::settlement {

class Settler {
 public:
  struct Config {
    Duration draft_at{};  // after midnight in Beijing
    Duration pay_at{};    // later than that, on the same day
    std::int64_t batch = 16;
    clearing::MakeUpDays make_up = clearing::MakeUpDays::are_worked;
    std::string custodian{};  // "https://HOST"
  };
  Settler(env::Env& env, env::Database& db, const BelowZero& below_zero, const Route& route, Config config);

  void start() { worker_.start(); }
  env::Wakeable& worker() { return worker_; }
  // Everything that is due now; when something is due next.
  std::optional<Instant> settle_due();

 private:
  RunDay run_day(std::int64_t day) const;
  void draft_all(Instant now);
  void fix_all(Instant now);
  void pay_all(Instant now);
  void ask(Slip slip);
  // False: it is not done yet.
  bool carried_out(const api::FundOrder& order);
  std::optional<Instant> next(Instant now);

  env::Env& env_;
  env::Database& db_;
  const BelowZero& below_zero_;
  const Route& route_;
  const Config config_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::settlement

// Clearing: collects the lines that are due, matches each with its trade and the rule that this was recorded under, computes who is owed what,
// and writes a voucher of it (C30). It moves nothing (C36). A refund after that is one more voucher; before, there is only less to clear.
//
// A line is cleared in one transaction that names the state it had seen: of two clearers one does it, and who dies has done nothing.
#pragma once

#include <cstdint>
#include <optional>

#include "core/clearing/calendar.h"
#include "core/clearing/trades.h"
#include "core/env/env.h"
#include "core/worker/due_worker.h"

namespace ordeal::clearing {

class Clearer {
 public:
  struct Config {
    std::int64_t batch = 16;
    MakeUpDays make_up = MakeUpDays::are_worked;
  };
  // `settler` is told of new vouchers.
  Clearer(env::Env& env, env::Database& db, const Sharing& sharing, env::Wakeable& settler, Config config);

  void start() { worker_.start(); }
  // Whom a transaction wakes that makes a line due.
  env::Wakeable& worker() { return worker_; }
  std::optional<Instant> clear_due();
  // What a refund of a line that is CLEARED takes back from everybody, in the same transaction; `line` is as it was before.
  void take_back(env::Tx& tx, const Line& line, std::int64_t minor, VoucherId voucher, Instant now);

 private:
  void clear_line(const Line& due);
  std::int64_t settle_day(const Party& merchant, Instant due) const;

  env::Env& env_;
  env::Database& db_;
  const Sharing& sharing_;
  env::Wakeable& settler_;
  const Config config_;
  worker::DueWorker worker_;
};

}  // namespace ordeal::clearing

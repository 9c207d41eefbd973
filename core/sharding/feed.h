// The change feed of one shard, in the manner of Canal: it reads what was committed, in the order in which it was, and hands it to the
// seller index; the position up to which the index has acknowledged is kept. It promises every change at least once, and order only
// as long as nothing fails: a batch whose answer was lost comes again, so does a late copy of it behind newer ones, and a feed that
// starts from an older position replays what was there (A32). The consumer has to look at versions.
//
// It lags by what lies between a commit and the next pass, and by as long as the index does not answer.
#pragma once

#include <cstdint>
#include <optional>

#include "core/env/env.h"
#include "core/worker/due_worker.h"

namespace ordeal::sharding {

class Feed {
 public:
  Feed(env::Env& env, env::Database& db, std::int64_t shard);

  void start() { worker_.start(); }
  // Inside of the transaction that wrote a change.
  void changed(env::Tx& tx) { tx.wake(worker_); }
  std::optional<Instant> run_due() { return worker_.run_due(); }

 private:
  std::optional<Instant> pass();

  env::Env& env_;
  env::Database& db_;
  std::int64_t shard_;
  bool first_pass_ = true;
  worker::DueWorker worker_;
};

}  // namespace ordeal::sharding

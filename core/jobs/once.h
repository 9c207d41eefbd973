// Seam jobs::Once: what makes of two nodes that run one job one effect.
//
// Contract: per (job, business date, partition) each step is done once, whoever begins the run, however often, and however many are at it
// at once (I-67). A step is what one transaction writes: `may` at its begin, `did` at its end. Who was overtaken does nothing more.
//
// What right designs have in common: the key of the step is unique, and the token of the run, a fence, is compared with the highest
// there was, in the same transaction. What differs is how much is done in vain.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/env/env.h"
#include "core/jobs/schedule.h"

namespace ordeal::jobs {

// Who has begun a run is not followed for so long (ShedLock calls it lockAtMostFor, elastic-job waits for a session to end).
inline constexpr Duration kLease{30'000'000'000};

class Once {
 public:
  virtual ~Once() = default;
  virtual void start(env::Env& env) { env_ = &env; }

  // What keeps others from working for nothing while this run lasts, if the design has such a thing: a row lock. Nothing is written when
  // it says that somebody else has it.
  virtual std::optional<std::unique_ptr<env::RowLock>> hold(env::Database& db, const Key& key);
  // Whoever works under this run may still do this step, and nobody has.
  virtual bool may(env::Tx& tx, const Run& run, std::string_view step) = 0;
  // With the step's effects. `now`: by the clock of who did it.
  virtual void did(env::Tx& tx, const Run& run, std::string_view step, Instant now) = 0;

 protected:
  env::Env* env_ = nullptr;
};

// The step's fact; every design tells it.
void tell_done(env::Tx& tx, const Run& run, std::string_view step);

// "run_key"   the keys, and each step makes the lease longer
// "row_lock"  the same, behind a row lock that is held as long as a run lasts, as Quartz has it over QRTZ_LOCKS
// Null for an unknown name.
std::unique_ptr<Once> make_once(std::string_view name);

}  // namespace ordeal::jobs

// Seam payout::Codes: what becomes of a code that nobody scans, and of the quota that it occupies (D6: the founding document has no way
// back from "occupied").
//
// Contract: a payout that is MADE when its time is over becomes EXPIRED within a bound, its occupation is released in the same transaction,
// once (I-83). Not before its time, and never one that was claimed: that may have been paid.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/env/env.h"
#include "core/payout/payouts.h"
#include "core/worker/due_worker.h"

namespace ordeal::payout {

class Codes {
 public:
  virtual ~Codes() = default;
  // At each boot; both outlive it.
  virtual void start(env::Env& env, env::Database& db, std::int64_t batch) = 0;
  // In the transaction that makes the payout.
  virtual void expect(env::Tx& tx, const Payout& payout) = 0;
};

// EXPIRED, and what it occupies is free. Nothing when it is not MADE any more.
void end_code(env::Env& env, env::Database& db, const Payout& payout);

// "deadline"  each code is ended when its time is over
// "scan"      those that are over are ended together, a minute late at most
// Null for an unknown name.
std::unique_ptr<Codes> make_codes(std::string_view name);

}  // namespace ordeal::payout

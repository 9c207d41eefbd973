// F-65: two nodes fire, one of them has the lock, "for thirty seconds, which is plenty". A bank answers slowly, the thirty seconds are over,
// the other node takes the lock and begins; the first one is still at work, with the list of payments that it read before. Nothing behind
// the lock asks whose turn it is, or whether this was paid. (Santander, 25 December 2021: 75,000 payments made twice by a scheduling issue.)
#include "scenarios/flows/netting/flaws/flaws.h"

namespace ordeal::netting::planted {
namespace {

// For people who ask in the morning what was done.
constexpr env::Sql kLog{
    "insert into job_step(job, day, partition, step, token) values(?, ?, ?, ?, ?) on conflict do nothing"};

class LockThatExpires final : public jobs::Once {
 public:
  bool may(env::Tx&, const jobs::Run&, std::string_view) override { return true; }
  void did(env::Tx& tx, const jobs::Run& run, std::string_view step, Instant) override {
    tx.exec(kLog, run.key.job, run.key.day, run.key.partition, step, run.token);
    jobs::tell_done(tx, run, step);
  }
};

}  // namespace

std::unique_ptr<jobs::Once> make_lock_that_expires() { return std::make_unique<LockThatExpires>(); }

}  // namespace ordeal::netting::planted

// F-07: the method is a transaction and unlocks in its `finally`, so the commit comes after the unlock. Whoever gets the lock in
// between looks at a court that is still free, and books it, too.
#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

class EarlyUnlock final : public SlotKeeper {
 public:
  api::BookReply keep(env::Database& db, const Wanted& wanted) override {
    auto hold = lock::Locks(*env_).try_lock(venue_day(wanted), {});
    if (!hold) return {api::BookStatus::busy};
    work_under_the_lock();
    const bool free = looks_free(db, wanted);
    (*hold)->release();
    return free ? write_down(db, wanted, {}) : api::BookReply{api::BookStatus::taken};
  }
};

}  // namespace

std::unique_ptr<SlotKeeper> make_early_unlock_keeper() { return std::make_unique<EarlyUnlock>(); }

}  // namespace ordeal::booking::planted

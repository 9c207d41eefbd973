// First the commit, then the unlock. The lock is for three seconds, so that a process that dies does not keep it.
#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

constexpr Duration kLease{3'000'000'000};

class UnlockLastWithALease final : public SlotKeeper {
 public:
  api::BookReply keep(env::Database& db, const Wanted& wanted) override {
    lock::Terms terms;
    terms.lease = kLease;
    auto hold = lock::Locks(*env_).try_lock(venue_day(wanted), terms);
    if (!hold) return {api::BookStatus::busy};
    const bool free = looks_free(db, wanted);
    work_under_the_lock();
    const api::BookReply reply =
        free ? write_down(db, wanted, (*hold)->fences()) : api::BookReply{api::BookStatus::taken};
    (*hold)->release();
    return reply;
  }
};

}  // namespace

std::unique_ptr<SlotKeeper> make_early_unlock_keeper() { return std::make_unique<UnlockLastWithALease>(); }

}  // namespace ordeal::booking::planted

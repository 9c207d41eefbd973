// F-77: everything about the lock is right: a watchdog, an owner, an unlock behind the commit. And it is all there is. The cache fails
// over to a replica that has not heard of the lock, the next one gets it, too, and both write. The counter of the tokens went the same
// way, so the two would even have the same token.
#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

class LockAlone final : public SlotKeeper {
 public:
  api::BookReply keep(env::Database& db, const Wanted& wanted) override {
    auto hold = lock::Locks(*env_).try_lock(venue_day(wanted), {});
    if (!hold) return {api::BookStatus::busy};
    const bool free = looks_free(db, wanted);
    work_under_the_lock();
    const api::BookReply reply = free ? write_down(db, wanted, {}) : api::BookReply{api::BookStatus::taken};
    (*hold)->release();
    return reply;
  }
};

}  // namespace

std::unique_ptr<SlotKeeper> make_lock_alone_keeper() { return std::make_unique<LockAlone>(); }

}  // namespace ordeal::booking::planted

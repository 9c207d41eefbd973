// One lock for the court and its day, so that intervals that overlap ask for the same key. Under it: look, then write.
#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

class DayLockAlone final : public SlotKeeper {
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

std::unique_ptr<SlotKeeper> make_exact_interval_keeper() { return std::make_unique<DayLockAlone>(); }

}  // namespace ordeal::booking::planted

// F-06: locks the very interval that is asked for. Who wants 10 to 12 and who wants 11 to 13 lock two keys, both look, both see a
// free court, and both have it from 11 to 12. Nothing stands behind the lock.
#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

class ExactInterval final : public SlotKeeper {
 public:
  api::BookReply keep(env::Database& db, const Wanted& wanted) override {
    const Booking& b = wanted.booking;
    const std::string key = "venue_booking:" + wanted.venue.id.text() + ":" + std::to_string(b.from.ns) +
                            "-" + std::to_string(b.until.ns);
    auto hold = lock::Locks(*env_).try_lock({key}, {});
    if (!hold) return {api::BookStatus::busy};
    const bool free = looks_free(db, wanted);
    work_under_the_lock();
    const api::BookReply reply = free ? write_down(db, wanted, {}) : api::BookReply{api::BookStatus::taken};
    (*hold)->release();
    return reply;
  }
};

}  // namespace

std::unique_ptr<SlotKeeper> make_exact_interval_keeper() { return std::make_unique<ExactInterval>(); }

}  // namespace ordeal::booking::planted

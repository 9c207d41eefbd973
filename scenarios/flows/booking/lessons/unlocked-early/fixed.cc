// First the commit, then the unlock. And who writes shows his token: the store refuses one that is not above all that wrote before, so
// that whoever has lost the lock without knowing it comes too late. The slots' key stands behind that.
#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

class CommitThenUnlock final : public SlotKeeper {
 public:
  api::BookReply keep(env::Database& db, const Wanted& wanted) override {
    lock::Locks locks(*env_);
    auto hold = locks.try_lock(venue_day(wanted), {});
    if (!hold) return {api::BookStatus::busy};
    work_under_the_lock();
    const lock::Fence fence = (*hold)->fences().front();
    std::optional<std::int64_t> newer;
    const auto reply = env::in_transaction(db, "booking.book", [&](env::Tx& tx) -> api::BookReply {
      const Booking& b = wanted.booking;
      if (const auto known = known_answer(tx, b)) return *known;
      if (!slots_are_free(tx, b.venue, b.from, b.until)) return {api::BookStatus::taken};
      newer = refused_by_token(tx, fence);
      if (newer) return {api::BookStatus::busy};
      take_slots(tx, wanted.venue, b);
      write_booking(tx, b, {fence}, wanted.overdue);
      return answer_of(b, b);
    });
    if (newer) locks.catch_up(fence, *newer);
    (*hold)->release();
    return reply;
  }
};

}  // namespace

std::unique_ptr<SlotKeeper> make_early_unlock_keeper() { return std::make_unique<CommitThenUnlock>(); }

}  // namespace ordeal::booking::planted

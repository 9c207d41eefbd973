// Everybody who wants something of this court on this day asks for one lock, whatever hours he wants. And the lock only keeps people
// from working for nothing: what decides is the unique key of a slot, in the transaction that writes the booking.
#include "scenarios/flows/booking/flaws/flaws.h"

namespace ordeal::booking::planted {
namespace {

class DayThenSlots final : public SlotKeeper {
 public:
  api::BookReply keep(env::Database& db, const Wanted& wanted) override {
    auto hold = lock::Locks(*env_).try_lock(venue_day(wanted), {});
    if (!hold) return {api::BookStatus::busy};
    work_under_the_lock();
    const auto reply = env::in_transaction(db, "booking.book", [&](env::Tx& tx) -> api::BookReply {
      const Booking& b = wanted.booking;
      if (const auto known = known_answer(tx, b)) return *known;
      if (!take_slots(tx, wanted.venue, b)) return {api::BookStatus::taken};
      write_booking(tx, b, {}, wanted.overdue);
      return answer_of(b, b);
    });
    (*hold)->release();
    return reply;
  }
};

}  // namespace

std::unique_ptr<SlotKeeper> make_exact_interval_keeper() { return std::make_unique<DayThenSlots>(); }

}  // namespace ordeal::booking::planted

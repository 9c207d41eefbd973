#include "scenarios/flows/booking/flaws/flaws.h"

#include "scenarios/flows/booking/seams.h"

namespace ordeal::booking {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  const play::FlawRow::Needs locked_in_cache{&slot_keeper(), "venue_day"};
  static const Flaw<SlotKeeper> f06{
      {"F-06", "lock key of the exact interval", "I-17 bookings-do-not-overlap", "court_hour",
       "Locks the interval that is asked for: who wants 10 to 12 and who wants 11 to 13 lock two keys."},
      slot_keeper(),
      planted::make_exact_interval_keeper,
      locked_in_cache};
  static const Flaw<SlotKeeper> f07{
      {"F-07", "unlocked before the commit", "I-17 bookings-do-not-overlap", "court_hour",
       "Unlocks when the method ends and commits after it: the next one looks in between and sees it free."},
      slot_keeper(),
      planted::make_early_unlock_keeper,
      locked_in_cache};
  static const Flaw<SlotKeeper> f10{
      {"F-10", "a lease ends during a pause", "I-06 no-late-write", "court_hour",
       "Believes in its lock until it unlocks: after a pause the lock is another's, and the late write is "
       "made."},
      slot_keeper(),
      planted::make_trusting_lease_keeper,
      locked_in_cache};
  static const Flaw<SlotKeeper> f77{
      {"F-77", "lock lost by a failover", "I-17 bookings-do-not-overlap", "lost_lock",
       "Has a perfect lock in the cache and nothing behind it: a failover forgets the lock, and two hold "
       "it."},
      slot_keeper(),
      planted::make_lock_alone_keeper,
      locked_in_cache};
  return {&f06, &f07, &f10, &f77};
}

}  // namespace ordeal::booking

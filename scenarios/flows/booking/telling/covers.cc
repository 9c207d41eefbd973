// What of that which was asked for booking runs, and by what (scenarios/play/coverage.h).
#include "scenarios/flows/booking/laws/laws.h"
#include "scenarios/flows/booking/telling/telling.h"

namespace ordeal::booking {

std::vector<play::CoverRow> cover_rows() {
  using enum play::CoverKind;
  return {
      {"B1",
       {{scenario, "court_hour"},
        {scenario, "venue_booking"},
        {design, "booking.lock=venue_day"},
        {law, kBookingsDoNotOverlap}}},
      {"B2", {{flaw, "F-06"}, {scenario, "court_hour"}, {law, kBookingsDoNotOverlap}}},
      {"B3", {{scenario, "court_hour"}, {law, kWaitsEnd}, {test, "Locks.WaitFiveSecondsAndThenSayBusy"}}},
      {"B4",
       {{flaw, "F-07"},
        {flaw, "F-10"},
        {test, "Locks.AreLetGoOnEveryPath"},
        {test, "Locks.LetGoOfNobodyElsesLock"}}},
      {"B5",
       {{flaw, "F-10"},
        {design, "booking.lock=venue_day_lease"},
        {law, kNoLateWrite},
        {test, "EveryKeeperWithTokens.RefusesTheLateWriterByItsToken"}}},
      {"B7",
       {{fork, "booking: nonsense"},
        {law, kBookingAnswersAreTrue},
        {test, "Bookings.RefuseWhatNoneCanBeMadeOf"}}},
      {"B15", {{scenario, "court_hour"}, {law, kSlotsFollowBookings}}},
      {"B20",
       {{design, "booking.lock=none"},
        {flaw, "F-77"},
        {scenario, "lost_lock"},
        {test, "Locks.AreTakenAgainByTheirOwner"}}},
      {"B26",
       {{scenario, "court_hour"},
        {fork, "settling: last_moment"},
        {law, kUnpaidBookingsEnd},
        {law, kBookingEndsOnce},
        {law, kSlotsFollowBookings}}},
      {"B29", {{scenario, "two_instances"}}},
      {"B36",
       {{design, "booking.lock=venue_day"},
        {design, "booking.lock=slot"},
        {design, "booking.lock=venue"},
        {test, "EveryKeeper.GivesAStretchToOneOnly"}}},
      {"B38", {{fork, "booking: nonsense"}, {test, "Bookings.RefuseWhatNoneCanBeMadeOf"}}},
  };
}

}  // namespace ordeal::booking

// Histories that break the promises of booking, and the day that breaks none.
#include <gtest/gtest.h>

#include "core/api/booking.h"
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using api::BookingState;
using api::BookProblem;
using api::BookStatus;
using api::PayBookingStatus;
using sim::FindingKind;

constexpr std::string_view kToken = "I-06 no-late-write";
constexpr std::string_view kOverlap = "I-17 bookings-do-not-overlap";
constexpr std::string_view kOne = "I-01 one-booking-per-request";
constexpr std::string_view kEnds = "I-14 booking-ends-once";
constexpr std::string_view kSlots = "I-14 slots-follow-bookings";
constexpr std::string_view kUnpaid = "I-15 unpaid-bookings-end";
constexpr std::string_view kAnswers = "I-36 booking-answers-are-true";
constexpr std::string_view kWaits = "I-65 waits-for-locks-end";
constexpr VenueId kCourt{1};
constexpr std::int64_t kStart = 1'767'225'600;  // 2026-01-01T00:00:00Z

Instant at(std::int64_t second) { return {(kStart + second) * kSecond}; }
Instant on_day_two(std::int64_t hour) { return at(86'400 + hour * 3600); }

f::VenueBooked booked(BookingId id, UserId user, std::int64_t from, std::int64_t until, std::int64_t second,
                      std::int64_t token) {
  return {
      id, user, kCourt, on_day_two(from), on_day_two(until), at(second + 900), {{"venue-day:court", token}}};
}

api::BookVenue wish(UserId user, std::int64_t from, std::int64_t until, std::string key = "wish-1") {
  return {user, kCourt, on_day_two(from), on_day_two(until), "training", std::move(key)};
}

void told(SmallWorld& world, api::BookVenue request, api::BookReply reply, std::int64_t second = 1) {
  world.guests.asked.push_back(
      {std::move(request), second * kSecond, (second + 1) * kSecond, reply, (second + 1) * kSecond});
}
void told_of_payment(SmallWorld& world, UserId user, BookingId booking, std::string key,
                     PayBookingStatus status) {
  world.guests.offered.push_back({{user, booking, std::move(key)}, 2000 * kSecond, 2001 * kSecond, {status}});
}

// The good day with one answer that is not so.
template <BookStatus Status, BookProblem Problem = BookProblem::none>
void hugo_is_told(SmallWorld& world) {
  world.court_day();
  told(world, wish(kHugo, 21, 22, "wish-9"), {Status, Problem, {}, {}, {}});
}
template <PayBookingStatus Status>
void hugo_hears(SmallWorld& world) {
  world.court_day();
  told_of_payment(world, kHugo, Status == PayBookingStatus::no_such_booking ? kHugos : kGinas, "p", Status);
}
void changed(SmallWorld& world, const char* sql) {
  world.court_day();
  world.change("booking", sql);
}
void cancelled_late(SmallWorld& world, std::int64_t second) {
  world.say(10, booked(kGinas, kGina, 18, 19, 10, 1));
  world.say(second, f::BookingCancelled{kGinas, at(second)});
}

}  // namespace

std::vector<Breach> breaches_of_bookings() {
  return {
      {"TokenThatWasSeen", kToken, FindingKind::safety, "guest-1",
       [](SmallWorld& world) {
         world.court_day();
         world.say(30, booked({503}, kHugo, 21, 22, 30, 2));
       }},
      {"TokenThatNobodyWrote", kToken, FindingKind::safety, "venue-day:court",
       [](SmallWorld& world) { changed(world, "update lock_token set token = 5"); }},
      {"OverlapAsItHappens", kOverlap, FindingKind::safety, "guest-0",
       [](SmallWorld& world) {
         world.court_day();
         world.say(30, booked({503}, kHugo, 19, 21, 30, 3));
       }},
      {"OverlapAtRest", kOverlap, FindingKind::safety, "guest-1",
       [](SmallWorld& world) {
         changed(world, "update booking set state = 1, starts = starts - 1 where id = 502");
       }},
      {"RequestAnsweredWithAnother", kOne, FindingKind::safety, "guest-0",
       [](SmallWorld& world) {
         world.court_day();
         told(world, wish(kGina, 18, 20), {BookStatus::booked, {}, kHugos, {}, at(920)}, 21);
       }},
      {"KeyTakenForAnotherRequest", kOne, FindingKind::safety, "guest-0",
       [](SmallWorld& world) {
         world.court_day();
         told(world, wish(kGina, 18, 19), {BookStatus::booked, {}, kGinas, {}, at(910)}, 21);
       }},
      {"EndedTwice", kEnds, FindingKind::safety, "guest-0",
       [](SmallWorld& world) {
         world.court_day();
         world.say(950, f::BookingCancelled{kGinas, at(950)});
       }},
      {"StandsOtherwise", kEnds, FindingKind::safety, "guest-0",
       [](SmallWorld& world) {
         changed(world, "update booking set state = 0, payment_key = null where id = 501");
       }},
      {"CancelledForNoReason", kEnds, FindingKind::safety, "guest-1",
       [](SmallWorld& world) { changed(world, "update booking set reason = null where id = 502"); }},
      {"SlotLost", kSlots, FindingKind::safety, "guest-0",
       [](SmallWorld& world) { changed(world, "delete from venue_slot where starts % 7200000000000 <> 0"); }},
      {"SlotKept", kSlots, FindingKind::safety, "guest-1",
       [](SmallWorld& world) {
         changed(world, "insert into venue_slot select venue, starts, id from booking where id = 502");
       }},
      {"NeverCancelled", kUnpaid, FindingKind::liveness, "guest-1",
       [](SmallWorld& world) {
         changed(world, "update booking set state = 0, reason = null where id = 502");
       }},
      {"CancelledTooLate", kUnpaid, FindingKind::liveness, "guest-0",
       [](SmallWorld& world) { cancelled_late(world, 910 + 31); }},
      {"CancelledTooLateAfterFaults", kUnpaid, FindingKind::liveness, "guest-0",
       [](SmallWorld& world) {
         world.calm = false;
         cancelled_late(world, 910 + 721);
       }},
      {"CancelledTooSoon", kUnpaid, FindingKind::liveness, "guest-0",
       [](SmallWorld& world) { cancelled_late(world, 909); }},
      {"TakenThatWasFree", kAnswers, FindingKind::safety, "guest-1", hugo_is_told<BookStatus::taken>},
      {"RefusedForNothing", kAnswers, FindingKind::safety, "out_of_hours",
       hugo_is_told<BookStatus::refused, BookProblem::out_of_hours>},
      {"ConflictThatIsNone", kAnswers, FindingKind::safety, "guest-1", hugo_is_told<BookStatus::conflict>},
      {"YoursOfNothing", kAnswers, FindingKind::safety, "guest-1", hugo_is_told<BookStatus::booked>},
      {"ToldToPayForWhatIsPaid", kAnswers, FindingKind::safety, "guest-0",
       [](SmallWorld& world) {
         world.court_day();
         told(world, wish(kGina, 18, 20), {BookStatus::booked, {}, kGinas, BookingState::unpaid, at(910)},
              200);
       }},
      {"AnotherTimeToPayBy", kAnswers, FindingKind::safety, "guest-0",
       [](SmallWorld& world) {
         world.court_day();
         told(world, wish(kGina, 18, 20), {BookStatus::booked, {}, kGinas, BookingState::unpaid, at(911)},
              11);
       }},
      {"GoodPaymentCalledBad", kAnswers, FindingKind::safety, "guest-1",
       hugo_hears<PayBookingStatus::bad_key>},
      {"HisBookingCalledNone", kAnswers, FindingKind::safety, "guest-1",
       hugo_hears<PayBookingStatus::no_such_booking>},
      {"TooLateThatIsNot", kAnswers, FindingKind::safety, "guest-1", hugo_hears<PayBookingStatus::too_late>},
      {"PaidByAnotherThatIsNot", kAnswers, FindingKind::safety, "guest-1",
       hugo_hears<PayBookingStatus::paid_already>},
      {"PaidThatIsNot", kAnswers, FindingKind::safety, "guest-1", hugo_hears<PayBookingStatus::paid>},
      {"BookedOutOfHours", kAnswers, FindingKind::safety, "guest-1",
       [](SmallWorld& world) {
         world.court_day();
         world.say(30, booked({503}, kHugo, 21, 23, 30, 3));
         world.change("booking",
                      "insert into booking select 503, 2, 'wish-2', 0, 1, starts + 3600000000000, ends + "
                      "7200000000000, note, 2, pay_until, null, 'none', 0 from booking where id = 502");
       }},
      {"WaitedTooLong", kWaits, FindingKind::liveness, "guest-1",
       [](SmallWorld& world) {
         world.guests.asked.push_back(
             {wish(kHugo, 20, 21), kSecond, 9 * kSecond, {BookStatus::busy, {}, {}, {}, {}}, 9 * kSecond});
       }},
      {"NeverAnswered", kWaits, FindingKind::liveness, "guest-1",
       [](SmallWorld& world) {
         world.guests.asked.push_back({wish(kHugo, 20, 21), kSecond});
       }},
      {"PutOffByALock", kWaits, FindingKind::liveness, "guest-1",
       [](SmallWorld& world) {
         told(world, wish(kHugo, 20, 21), {BookStatus::busy, {}, {}, {}, {}});
       }},
      {"PutOffForEver", kWaits, FindingKind::liveness, "guest-1",
       [](SmallWorld& world) {
         world.guests.asked.push_back({wish(kHugo, 20, 21), kSecond, std::nullopt, {}, 4 * kSecond});
         world.guests.asked.back().gave_up = true;
       }},
  };
}

void SmallWorld::court_day() {
  say(10, booked(kGinas, kGina, 18, 20, 10, 1));
  say(20, booked(kHugos, kHugo, 20, 21, 20, 2));
  say(100, f::BookingPaid{kGinas});
  say(925, f::BookingCancelled{kHugos, at(925)});
  for (const auto& [id, from, until, state, end] :
       {std::tuple{501, 18, 20, 1, "'p', null"}, std::tuple{502, 20, 21, 2, "null, 'not paid in time'"}}) {
    const std::string n = std::to_string(id);
    const auto ns = [](Instant when) { return std::to_string(when.ns); };
    texts_.push_back("insert into booking values(" + n + ", " + std::to_string(id - 500) +
                     ", 'wish-1', 0, 1, " + ns(on_day_two(from)) + ", " + ns(on_day_two(until)) +
                     ", 'training', " + std::to_string(state) + ", " + ns(at(id == 501 ? 910 : 920)) + ", " +
                     end + ", 0)");
    change("booking", texts_.back().c_str());
  }
  for (const int hour : {18, 19}) {
    texts_.push_back("insert into venue_slot values(1, " + std::to_string(on_day_two(hour).ns) + ", 501)");
    change("booking", texts_.back().c_str());
  }
  change("booking", "insert into lock_token values('venue-day:court', 2)");
  const api::BookReply gina{BookStatus::booked, {}, kGinas, BookingState::unpaid, at(910)};
  told(*this, wish(kGina, 18, 20), gina, 9);
  told(*this, wish(kGina, 18, 20), gina, 11);
  told(*this, wish(kHugo, 19, 20, "wish-0"), {BookStatus::taken, {}, {}, {}, {}}, 15);
  told(*this, wish(kHugo, 20, 21), {BookStatus::booked, {}, kHugos, BookingState::unpaid, at(920)}, 19);
  told(*this, wish(kHugo, 21, 22), {BookStatus::conflict, {}, {}, {}, {}}, 22);
  told(*this, wish(kHugo, 21, 23, "wish-3"), {BookStatus::refused, BookProblem::out_of_hours, {}, {}, {}},
       22);
  told_of_payment(*this, kGina, kGinas, "p", PayBookingStatus::paid);
  told_of_payment(*this, kGina, kGinas, "q", PayBookingStatus::paid_already);
  told_of_payment(*this, kGina, kGinas, "", PayBookingStatus::bad_key);
  told_of_payment(*this, kHugo, kGinas, "h", PayBookingStatus::no_such_booking);
  told_of_payment(*this, kHugo, kHugos, "h", PayBookingStatus::too_late);
}

namespace {

std::string findings_of(SmallWorld& world) {
  std::string all;
  for (const sim::Finding& finding : world.verdict())
    all += finding.invariant + ": " + finding.message + "\n";
  return all;
}

TEST(CourtDay, BreaksNoPromise) {
  SmallWorld world;
  world.court_day();
  EXPECT_EQ(findings_of(world), "");
}

// The neighbours of the breaches above.
TEST(CourtDay, WhatIsJustRightIsAccepted) {
  const std::vector<void (*)(SmallWorld&)> all{
      [](SmallWorld& world) { cancelled_late(world, 910 + 30); },
      [](SmallWorld& world) { cancelled_late(world, 910); },
      [](SmallWorld& world) {
        world.calm = false;
        cancelled_late(world, 910 + 720);
      },
      // Hugo's hour is free when it is cancelled, and a higher token may write.
      [](SmallWorld& world) {
        world.say(20, booked(kHugos, kHugo, 20, 21, 20, 1));
        world.say(921, f::BookingCancelled{kHugos, at(921)});
        world.say(922, booked(kGinas, kGina, 20, 22, 922, 2));
        world.change("booking", "insert into lock_token values('venue-day:court', 2)");
      },
      // It ends when another begins.
      [](SmallWorld& world) {
        world.say(20, booked(kHugos, kHugo, 18, 20, 20, 1));
        world.say(21, booked(kGinas, kGina, 20, 22, 21, 2));
        world.change("booking", "insert into lock_token values('venue-day:court', 2)");
      },
      [](SmallWorld& world) {
        world.guests.asked.push_back({wish(kHugo, 20, 21), kSecond, std::nullopt, {}, 8 * kSecond});
      },
      [](SmallWorld& world) {
        world.calm = false;
        told(world, wish(kHugo, 20, 21), {BookStatus::busy, {}, {}, {}, {}});
      },
      [](SmallWorld& world) {
        world.calm = false;
        world.guests.asked.push_back({wish(kHugo, 20, 21), kSecond});
        world.guests.asked.back().gave_up = true;
      },
      // Nobody was there to ask.
      [](SmallWorld& world) {
        world.guests.asked.push_back({wish(kHugo, 20, 21), kSecond});
        world.guests.asked.back().ended_ns = kSecond;
      },
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    SmallWorld world;
    all[i](world);
    EXPECT_EQ(findings_of(world), "") << i;
  }
}

}  // namespace
}  // namespace ordeal::test

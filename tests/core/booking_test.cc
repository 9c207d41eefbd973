// Booking: every way of keeping a slot against the same table of cases, what is refused, and the life of a booking.
#include <gtest/gtest.h>

#include "core/booking/service.h"
#include "core/wire/names.h"
#include "tests/support/fake_env.h"
#include "tests/support/local_cache.h"

namespace ordeal::booking {
namespace {

using namespace ordeal::literals;
using api::BookProblem;
using api::BookStatus;
using api::PayBookingStatus;
using support::FakeWorld;
using support::PlainDatabase;

constexpr UserId kAnn{1};
constexpr UserId kBob{2};
constexpr VenueId kCourt{1};

struct Fixture {
  explicit Fixture(const std::string& name)
      : keeper(make_keeper(name)), db(world.database(kSchema)), service(with_cache(), db, *keeper, {}) {
    db.transact("open", [](env::Tx& tx) {
      put_venue(tx, {kCourt, 9_h, 22_h, 1_h});
      put_member(tx, kAnn);
      put_member(tx, kBob);
    });
  }
  env::Env& with_cache() {
    env::Env& env = world.env("booking");
    env.cache_if_any = &cache;
    return env;
  }
  // Of tomorrow.
  Instant at(int hour) const { return day_of(world.clock.wall) + kDay + 1_h * hour; }
  api::BookVenue wish(UserId user, int from, int until, std::string key = "k") const {
    return {user, kCourt, at(from), at(until), "training", std::move(key)};
  }
  std::int64_t count(const char* sql) { return db.number(sql); }

  FakeWorld world;
  support::LocalCache cache;
  std::unique_ptr<SlotKeeper> keeper;
  PlainDatabase& db;
  Service service;
};

class EveryKeeper : public testing::TestWithParam<const char*> {
 protected:
  Fixture f{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Keepers, EveryKeeper,
                         testing::Values("venue_day", "slot", "venue", "venue_day_lease", "none"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(EveryKeeper, GivesAStretchToOneOnly) {
  EXPECT_EQ(f.service.book(f.wish(kAnn, 10, 12)).status, BookStatus::booked);
  EXPECT_EQ(f.service.book(f.wish(kBob, 11, 13)).status, BookStatus::taken);
  EXPECT_EQ(f.service.book(f.wish(kBob, 9, 11)).status, BookStatus::taken);
  EXPECT_EQ(f.service.book(f.wish(kBob, 12, 13)).status, BookStatus::booked) << "the end is open";
  EXPECT_EQ(f.count("select count(*) from venue_slot"), 3);
}

TEST_P(EveryKeeper, AnswersARepeatWithTheSameBooking) {
  const auto first = f.service.book(f.wish(kAnn, 10, 12));
  const auto again = f.service.book(f.wish(kAnn, 10, 12));
  EXPECT_EQ(again.status, BookStatus::booked);
  EXPECT_EQ(again.booking, first.booking);
  EXPECT_EQ(f.service.book(f.wish(kAnn, 12, 13)).status, BookStatus::conflict);
  EXPECT_EQ(f.service.book(f.wish(kBob, 12, 13)).status, BookStatus::booked)
      << "another's key is another key";
  EXPECT_EQ(f.db.count<api::facts::VenueBooked>(), 2);
}

TEST_P(EveryKeeper, WritesNothingOverWhatCameBetweenTheLookAndTheWrite) {
  const Wanted late{[&] {
                      Booking b;
                      b.id = {77};
                      b.user = kBob;
                      b.request_key = "late";
                      b.venue = kCourt;
                      b.from = f.at(11);
                      b.until = f.at(13);
                      return b;
                    }(),
                    {kCourt, 9_h, 22_h, 1_h},
                    *[] {
                      static struct : env::Wakeable {
                        void wake(Instant) override {}
                      } nobody;
                      return &nobody;
                    }()};
  EXPECT_EQ(f.service.book(f.wish(kAnn, 10, 12)).status, BookStatus::booked);
  EXPECT_EQ(f.keeper->keep(f.db, late).status, BookStatus::taken);
  EXPECT_EQ(f.count("select count(*) from booking"), 1);
}

TEST_P(EveryKeeper, LeavesNoLockBehind) {
  f.service.book(f.wish(kAnn, 10, 12));
  f.service.book(f.wish(kBob, 11, 13));
  EXPECT_EQ(f.service.book(f.wish(kBob, 12, 13, "other")).status, BookStatus::booked);
  EXPECT_EQ(f.world.log.marks["somebody waited for a lock"], 0);
}

TEST_P(EveryKeeper, GoesOnWithoutACacheThatDoesNotAnswer) {
  f.cache.fails = env::CacheError::timeout;
  EXPECT_EQ(f.service.book(f.wish(kAnn, 10, 12)).status, BookStatus::booked);
  EXPECT_EQ(f.service.book(f.wish(kBob, 11, 13)).status, BookStatus::taken);
}

// The cache has forgotten what it gave out; the store has not.
TEST(EveryKeeperWithTokens, RefusesTheLateWriterByItsToken) {
  for (const char* name : {"venue_day", "slot", "venue", "venue_day_lease"}) {
    Fixture f(name);
    EXPECT_EQ(f.service.book(f.wish(kAnn, 10, 11)).status, BookStatus::booked);
    f.db.transact("cancel", [](env::Tx& tx) {
      static constexpr env::Sql kGone{"delete from venue_slot"};
      tx.exec(kGone);
    });
    ASSERT_TRUE(f.cache.run({"FLUSHALL"}));
    EXPECT_EQ(f.service.book(f.wish(kBob, 10, 11)).status, BookStatus::busy) << name;
    EXPECT_EQ(f.world.log.marks["a late holder was refused by its token"], 1) << name;
    EXPECT_EQ(f.service.book(f.wish(kBob, 10, 11)).status, BookStatus::booked)
        << "the counter caught up: " << name;
    EXPECT_EQ(f.count("select max(token) from lock_token"), 2) << name;
  }
}

TEST(Bookings, RefuseWhatNoneCanBeMadeOf) {
  Fixture f("venue_day");
  struct Case {
    BookProblem problem;
    void (*make)(const Fixture&, api::BookVenue&);
  };
  using F = const Fixture&;
  using R = api::BookVenue&;
  for (const Case& one : std::initializer_list<Case>{
           {BookProblem::bad_key, [](F, R r) { r.request_key.clear(); }},
           {BookProblem::bad_key, [](F, R r) { r.request_key.assign(65, 'k'); }},
           {BookProblem::none, [](F, R r) { r.request_key.assign(64, 'k'); }},
           {BookProblem::no_such_user, [](F, R r) { r.user = {3}; }},
           {BookProblem::no_such_user, [](F, R r) { r.user = {}; }},
           {BookProblem::no_such_venue, [](F, R r) { r.venue = {-1}; }},
           {BookProblem::bad_note, [](F, R r) { r.note.clear(); }},
           {BookProblem::bad_note, [](F, R r) { r.note.assign(256, 'x'); }},
           {BookProblem::none, [](F, R r) { r.note.assign(255, 'x'); }},
           {BookProblem::none, [](F, R r) { r.note = "'); drop table booking; -- \xE5\x9C\xBA"; }},
           {BookProblem::not_a_stretch, [](F, R r) { std::swap(r.from, r.until); }},
           {BookProblem::not_a_stretch, [](F, R r) { r.until = r.from; }},
           {BookProblem::off_the_slots, [](F, R r) { r.from = r.from + 30_min; }},
           {BookProblem::off_the_slots, [](F, R r) { r.until = r.until + 1_ns; }},
           {BookProblem::out_of_hours, [](F f_, R r) { r.from = f_.at(8); }},
           {BookProblem::out_of_hours, [](F f_, R r) { r.until = f_.at(23); }},
           {BookProblem::out_of_hours, [](F, R r) { r.until = r.until + kDay; }},
           {BookProblem::none, [](F f_, R r) { r.from = f_.at(9), r.until = f_.at(22); }},
           {BookProblem::out_of_hours, [](F, R r) { r.until = Instant::max(); }},
           {BookProblem::too_soon, [](F, R r) { r.from = Instant{INT64_MIN}; }},
           {BookProblem::too_soon, [](F, R r) { r.from = r.from - kDay * 2, r.until = r.until - kDay * 2; }},
           {BookProblem::too_far, [](F, R r) { r.from = r.from + kDay * 60, r.until = r.until + kDay * 60; }},
           {BookProblem::too_far, [](F, R r) { r.from = Instant::max(), r.until = Instant::max(); }}}) {
    Fixture fresh("venue_day");
    api::BookVenue request = fresh.wish(kAnn, 10, 12);
    one.make(fresh, request);
    const auto reply = fresh.service.book(request);
    EXPECT_EQ(wire::name_of(reply.problem), wire::name_of(one.problem));
    const bool good = one.problem == BookProblem::none;
    EXPECT_EQ(reply.status, good ? BookStatus::booked : BookStatus::refused) << wire::name_of(one.problem);
    EXPECT_EQ(fresh.count("select count(*) from booking"), good ? 1 : 0);
    EXPECT_EQ(fresh.cache.asked == 0, !good) << "no lock for what is refused";
  }
}

TEST(Bookings, ArePaidOnceByWhoHasThem) {
  Fixture f("venue_day");
  const auto booking = f.service.book(f.wish(kAnn, 10, 12)).booking;
  const auto pay = [&](UserId user, BookingId id, std::string key) {
    return f.service.pay({user, id, std::move(key)}).status;
  };
  EXPECT_EQ(pay(kAnn, booking, ""), PayBookingStatus::bad_key);
  EXPECT_EQ(pay(kAnn, booking, std::string(65, 'p')), PayBookingStatus::bad_key);
  EXPECT_EQ(pay(kBob, booking, "p"), PayBookingStatus::no_such_booking);
  EXPECT_EQ(pay(kAnn, {booking.value + 1}, "p"), PayBookingStatus::no_such_booking);
  EXPECT_EQ(f.db.count<api::facts::BookingPaid>(), 0);
  EXPECT_EQ(pay(kAnn, booking, "p"), PayBookingStatus::paid);
  EXPECT_EQ(pay(kAnn, booking, "p"), PayBookingStatus::paid);
  EXPECT_EQ(pay(kAnn, booking, "q"), PayBookingStatus::paid_already);
  EXPECT_EQ(f.db.count<api::facts::BookingPaid>(), 1);
  f.world.clock.advance(1_h);
  EXPECT_FALSE(f.service.cancel_overdue());
  EXPECT_EQ(f.count("select state from booking"), 1);
}

TEST(Bookings, EndUnpaidAtTheirTimeAndTheirSlotsAreFree) {
  Fixture f("venue_day");
  const auto reply = f.service.book(f.wish(kAnn, 10, 12));
  f.world.clock.advance(15_min - 1_ns);
  EXPECT_EQ(f.service.cancel_overdue(), reply.pay_until);
  EXPECT_EQ(f.count("select state from booking"), 0);
  f.world.clock.advance(1_ns);
  EXPECT_FALSE(f.service.cancel_overdue());
  EXPECT_EQ(f.count("select state from booking"), 2);
  EXPECT_EQ(f.count("select count(*) from booking where reason is not null"), 1);
  EXPECT_EQ(f.count("select count(*) from venue_slot"), 0);
  EXPECT_EQ(f.service.pay({kAnn, reply.booking, "p"}).status, PayBookingStatus::too_late);
  EXPECT_EQ(f.service.book(f.wish(kBob, 11, 13)).status, BookStatus::booked);
  const auto again = f.service.book(f.wish(kAnn, 10, 12));
  EXPECT_EQ(again.booking, reply.booking) << "the request stays the one that it was";
  EXPECT_EQ(again.state, api::BookingState::cancelled);
}

}  // namespace
}  // namespace ordeal::booking

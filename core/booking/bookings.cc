#include "core/booking/bookings.h"

namespace ordeal::booking {
namespace {

#define ORDEAL_BOOKING_COLUMNS                                                                  \
  "select id, user_id, request_key, fingerprint, venue, starts, ends, note, state, pay_until, " \
  "coalesce(payment_key, ''), trace from booking "
constexpr env::Sql kPutVenue{"insert into venue(id, opens, closes, slot) values(?, ?, ?, ?)"};
constexpr env::Sql kPutMember{"insert into member(id) values(?)"};
constexpr env::Sql kMember{"select 1 from member where id = ?"};
constexpr env::Sql kVenue{"select id, opens, closes, slot from venue where id = ?"};
constexpr env::Sql kBooking{ORDEAL_BOOKING_COLUMNS "where id = ?"};
constexpr env::Sql kRequest{ORDEAL_BOOKING_COLUMNS "where user_id = ? and request_key = ?"};
constexpr env::Sql kOverdue{ORDEAL_BOOKING_COLUMNS
                            "where state = 0 and pay_until <= ? order by pay_until, id limit ?"};
#undef ORDEAL_BOOKING_COLUMNS
constexpr env::Sql kNextOverdue{"select min(pay_until) from booking where state = 0"};
constexpr env::Sql kSlots{"select 1 from venue_slot where venue = ? and starts >= ? and starts < ? limit 1"};
constexpr env::Sql kTakeSlot{
    "insert into venue_slot(venue, starts, booking) values(?, ?, ?) on conflict do nothing"};
constexpr env::Sql kFreeSlots{"delete from venue_slot where booking = ?"};
constexpr env::Sql kRaiseToken{
    "insert into lock_token(resource, token) values(?1, ?2) "
    "on conflict(resource) do update set token = ?2 where token < ?2"};
constexpr env::Sql kToken{"select token from lock_token where resource = ?"};
constexpr env::Sql kWrite{
    "insert into booking(id, user_id, request_key, fingerprint, venue, starts, ends, note, pay_until, trace) "
    "values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr env::Sql kPaid{"update booking set state = 1, payment_key = ?1 where id = ?2 and state = 0"};
constexpr env::Sql kCancel{
    "update booking set state = 2, reason = ?1 where id = ?2 and state = 0 and pay_until = ?3"};

Booking booking_of(const env::Rows& rows) {
  Booking b;
  b.id = rows.get<BookingId>(0);
  b.user = rows.get<UserId>(1);
  b.request_key = rows.get<std::string>(2);
  b.fingerprint = static_cast<std::uint64_t>(rows.get<std::int64_t>(3));
  b.venue = rows.get<VenueId>(4);
  b.from = rows.get<Instant>(5);
  b.until = rows.get<Instant>(6);
  b.note = rows.get<std::string>(7);
  b.state = rows.get<api::BookingState>(8);
  b.pay_until = rows.get<Instant>(9);
  b.payment_key = rows.get<std::string>(10);
  b.cause = rows.get<env::TraceContext>(11);
  return b;
}

std::optional<Booking> first_of(env::Rows rows) {
  if (!rows.next()) return std::nullopt;
  return booking_of(rows);
}

}  // namespace

void put_venue(env::Tx& tx, const Venue& venue) {
  tx.exec(kPutVenue, venue.id, venue.opens, venue.closes, venue.slot);
}

void put_member(env::Tx& tx, UserId user) { tx.exec(kPutMember, user); }

bool is_member(env::Connection& from, UserId user) { return from.query(kMember, user).next(); }

std::optional<Venue> find_venue(env::Connection& from, VenueId venue) {
  auto rows = from.query(kVenue, venue);
  if (!rows.next()) return std::nullopt;
  return Venue{rows.get<VenueId>(0), rows.get<Duration>(1), rows.get<Duration>(2), rows.get<Duration>(3)};
}

std::vector<Instant> slots_of(const Venue& venue, Instant from, Instant until) {
  std::vector<Instant> slots;
  for (Instant slot = from; slot < until; slot = slot + venue.slot) slots.push_back(slot);
  return slots;
}

std::optional<Booking> find_booking(env::Connection& from, BookingId booking) {
  return first_of(from.query(kBooking, booking));
}

std::optional<Booking> find_request(env::Connection& from, UserId user, const std::string& request_key) {
  return first_of(from.query(kRequest, user, request_key));
}

bool slots_are_free(env::Connection& from, VenueId venue, Instant starts, Instant ends) {
  return !from.query(kSlots, venue, starts, ends).next();
}

bool take_slots(env::Tx& tx, const Venue& venue, const Booking& booking) {
  if (!slots_are_free(tx, venue.id, booking.from, booking.until)) return false;
  for (const Instant slot : slots_of(venue, booking.from, booking.until))
    ORDEAL_CHECK(tx.exec(kTakeSlot, venue.id, slot, booking.id) == 1, "a free slot could not be taken");
  return true;
}

std::optional<std::int64_t> refused_by_token(env::Tx& tx, const lock::Fence& fence) {
  if (tx.exec(kRaiseToken, fence.resource, fence.token) == 1) return std::nullopt;
  auto rows = tx.query(kToken, fence.resource);
  rows.next();
  return rows.get<std::int64_t>(0);
}

void write_booking(env::Tx& tx, const Booking& b, const std::vector<lock::Fence>& under,
                   env::Wakeable& overdue) {
  tx.exec(kWrite, b.id, b.user, b.request_key, static_cast<std::int64_t>(b.fingerprint), b.venue, b.from,
          b.until, b.note, b.pay_until, b.cause);
  tx.wake(overdue, b.pay_until);
  api::facts::VenueBooked fact{b.id, b.user, b.venue, b.from, b.until, b.pay_until, {}};
  for (const lock::Fence& fence : under) fact.under.push_back({fence.resource, fence.token});
  tx.fact(env::Message::of(std::move(fact)));
}

bool mark_paid(env::Tx& tx, BookingId booking, const std::string& payment_key) {
  if (tx.exec(kPaid, payment_key, booking) == 0) return false;
  tx.fact(env::Message::of(api::facts::BookingPaid{booking}));
  return true;
}

bool cancel(env::Tx& tx, const Booking& seen, std::string_view reason, Instant now) {
  if (tx.exec(kCancel, reason, seen.id, seen.pay_until) == 0) return false;
  tx.exec(kFreeSlots, seen.id);
  tx.fact(env::Message::of(api::facts::BookingCancelled{seen.id, now}));
  return true;
}

std::vector<Booking> overdue(env::Connection& from, Instant now, std::int64_t most) {
  std::vector<Booking> due;
  for (auto rows = from.query(kOverdue, now, most); rows.next();) due.push_back(booking_of(rows));
  return due;
}

std::optional<Instant> next_overdue(env::Connection& from) {
  auto rows = from.query(kNextOverdue);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<Instant>(0);
}

}  // namespace ordeal::booking

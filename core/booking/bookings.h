// Bookings: the tables and the steps that every way of keeping a slot is made of.
//
// A slot row is there exactly as long as an active booking (UNPAID or PAID) has the slot; its key is unique, so two bookings cannot
// have it (I-17). A booking row is never removed: it answers the request that comes again (I-01).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/booking/rules.h"
#include "core/env/database.h"
#include "core/lock/locks.h"

namespace ordeal::booking {

inline constexpr const char* kSchema = R"sql(
create table venue(
  id integer primary key,
  opens integer not null,
  closes integer not null,
  slot integer not null);
create table member(id integer primary key);
create table booking(
  id integer primary key,
  user_id integer not null,
  request_key text not null,
  fingerprint integer not null,
  venue integer not null,
  starts integer not null,
  ends integer not null,
  note text not null,
  state integer not null default 0,
  pay_until integer not null,
  payment_key text,
  reason text,
  trace integer not null,
  unique(user_id, request_key));
create index booking_due on booking(pay_until) where state = 0;
create index booking_venue on booking(venue, ends);
create table venue_slot(
  venue integer not null,
  starts integer not null,
  booking integer not null,
  primary key(venue, starts)) without rowid;
create index slot_of on venue_slot(booking);
create table lock_token(
  resource text primary key,
  token integer not null) without rowid;
)sql";

struct Booking {
  BookingId id{};
  UserId user{};
  std::string request_key{};
  std::uint64_t fingerprint = 0;  // of the whole request
  VenueId venue{};
  Instant from{};
  Instant until{};
  std::string note{};
  api::BookingState state = api::BookingState::unpaid;
  Instant pay_until{};
  std::string payment_key{};
  env::TraceContext cause{};
};

void put_venue(env::Tx& tx, const Venue& venue);
void put_member(env::Tx& tx, UserId user);
bool is_member(env::Connection& from, UserId user);
std::optional<Venue> find_venue(env::Connection& from, VenueId venue);
// The beginnings of the slots of a stretch.
std::vector<Instant> slots_of(const Venue& venue, Instant from, Instant until);

std::optional<Booking> find_booking(env::Connection& from, BookingId booking);
// By what a user asked for under a key.
std::optional<Booking> find_request(env::Connection& from, UserId user, const std::string& request_key);

bool slots_are_free(env::Connection& from, VenueId venue, Instant starts, Instant ends);
// False, and nothing is written, when one of them is somebody's.
bool take_slots(env::Tx& tx, const Venue& venue, const Booking& booking);

// Is this token above all that wrote for the resource before? Then it is the highest from here on. Else the highest.
std::optional<std::int64_t> refused_by_token(env::Tx& tx, const lock::Fence& fence);

// The row and its fact. `overdue` is told to look when its time to be paid is over.
void write_booking(env::Tx& tx, const Booking& booking, const std::vector<lock::Fence>& under,
                   env::Wakeable& overdue);

// UNPAID becomes PAID; false when it is not UNPAID any more.
bool mark_paid(env::Tx& tx, BookingId booking, const std::string& payment_key);
// UNPAID and due then becomes CANCELLED, its slots are free and the reason is kept, all in one (B26).
bool cancel(env::Tx& tx, const Booking& seen, std::string_view reason, Instant now);

// UNPAID and over, the first first.
std::vector<Booking> overdue(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_overdue(env::Connection& from);

}  // namespace ordeal::booking

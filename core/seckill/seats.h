// Seats: the tables of a flash sale and the steps that everything is made of. The database is the gate: what the cache or a flag
// says only spares it (I-52).
//
//   available + held + sold = initial, all at least 0 (I-10, I-11). A seat row is never removed: it answers the request that comes
//   again. `version` of a course counts the units that came back, so that news of a return can be told from older news.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/api/seckill.h"
#include "core/env/database.h"
#include "core/outbox/ddl.h"
#include "core/outbox/outbox.h"

namespace ordeal::seckill {

inline constexpr std::string_view kTables = R"sql(
create table sale_activity(
  id integer primary key,
  epoch integer not null,
  published integer not null,
  opens_at integer not null,
  ends_at integer not null,
  warm_epoch integer not null);
create table sale_course(
  activity integer not null,
  course integer not null,
  price integer not null,
  currency text not null,
  available integer not null,
  held integer not null,
  sold integer not null,
  initial integer not null,
  version integer not null,
  primary key(activity, course));
create table seat(
  grab integer primary key,
  activity integer not null,
  course integer not null,
  user_id integer not null,
  state integer not null,
  due_at integer,
  tell_at integer,
  cause integer not null);
create index seat_due on seat(due_at) where due_at is not null;
create index seat_tell on seat(tell_at) where tell_at is not null;
)sql";
// A user has one seat of an activity that is not given back (I-27).
inline constexpr std::string_view kOneSeatIndex =
    "create unique index one_seat on seat(activity, user_id) where state in (0, 1, 2);\n";

inline constexpr const char* kSchema = outbox::Joined<kTables, kOneSeatIndex, outbox::kTable>::kText;
inline constexpr const char* kSchemaWithoutIndex = outbox::Joined<kTables, outbox::kTable>::kText;

struct Activity {
  ActivityId id{};
  std::int64_t epoch = 0;
  bool published = false;
  Instant opens_at{};
  Instant ends_at{};
  std::int64_t warm_epoch = 0;
};

struct Course {
  CourseId id{};
  Money price{};
  std::int64_t available = 0;
  std::int64_t version = 0;
};

struct Seat {
  GrabId grab{};
  ActivityId activity{};
  CourseId course{};
  UserId user{};
  SeatState state = SeatState::won;
  std::optional<Instant> due{};  // of what comes next: confirming, paying
  env::TraceContext cause{};
};

void put_activity(env::Tx& tx, const Activity& activity);
void put_course(env::Tx& tx, ActivityId activity, const Course& course);

std::optional<Activity> find_activity(env::Connection& from, ActivityId activity);
std::vector<Activity> published_activities(env::Connection& from);
std::optional<Course> find_course(env::Connection& from, ActivityId activity, CourseId course);
std::vector<Course> courses_of(env::Connection& from, ActivityId activity);
// Only a later epoch than the one that is there, or the one that is there and not published yet.
bool publish(env::Tx& tx, const Publish& request);
// False when it was warm already, or another epoch is there.
bool mark_warm(env::Tx& tx, ActivityId activity, std::int64_t epoch);

std::optional<Seat> find_seat(env::Connection& from, GrabId grab);
bool has_seat(env::Connection& from, ActivityId activity, UserId user);
// The seat's row alone. False and no change when an index keeps it from being written.
bool insert_seat(env::Tx& tx, const Seat& seat);
// available → held, if there is one.
bool take_unit(env::Tx& tx, ActivityId activity, CourseId course);

// Each only from the state that it goes out from; false and no change otherwise.
bool confirm_seat(env::Tx& tx, const Seat& seat, Instant pay_by);
bool pay_seat(env::Tx& tx, const Seat& seat);
// WON → LAPSED or UNPAID → CLOSED, and its unit is there again. The course's version then; nothing: the seat had moved.
std::optional<std::int64_t> give_back(env::Tx& tx, const Seat& seat);
// The unit of a seat alone, whoever has moved the seat: held → available.
std::int64_t put_back(env::Tx& tx, const Seat& seat);
bool put_off(env::Tx& tx, const Seat& seat, Instant due);

std::vector<Seat> due_seats(env::Connection& from, Instant before, std::int64_t most);
std::optional<Instant> next_due(env::Connection& from);

void tell_later(env::Tx& tx, GrabId grab, std::optional<Instant> at);
std::vector<Seat> seats_to_tell(env::Connection& from, Instant before, std::int64_t most);
std::optional<Instant> next_to_tell(env::Connection& from);

}  // namespace ordeal::seckill

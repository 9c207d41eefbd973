#include "core/seckill/seats.h"

namespace ordeal::seckill {
namespace {

constexpr env::Sql kPutActivity{
    "insert into sale_activity(id, epoch, published, opens_at, ends_at, warm_epoch) values(?, ?, ?, ?, ?, "
    "0)"};
constexpr env::Sql kPutCourse{
    "insert into sale_course(activity, course, price, currency, available, held, sold, initial, version) "
    "values(?1, ?2, ?3, ?4, ?5, 0, 0, ?5, 0)"};
constexpr env::Sql kActivity{
    "select id, epoch, published, opens_at, ends_at, warm_epoch from sale_activity where id = ?"};
constexpr env::Sql kPublished{
    "select id, epoch, published, opens_at, ends_at, warm_epoch from sale_activity where published = 1 order "
    "by id"};
constexpr env::Sql kCourse{
    "select course, price, currency, available, version from sale_course where activity = ? and course = ?"};
constexpr env::Sql kCourses{
    "select course, price, currency, available, version from sale_course where activity = ? order by course"};
constexpr env::Sql kPublish{
    "update sale_activity set epoch = ?1, published = 1 where id = ?2 and (epoch < ?1 or (epoch = ?1 and "
    "published = 0))"};
constexpr env::Sql kWarm{
    "update sale_activity set warm_epoch = ?1 where id = ?2 and epoch = ?1 and published = 1 and warm_epoch "
    "< "
    "?1"};
constexpr env::Sql kSeat{
    "select grab, activity, course, user_id, state, due_at, cause from seat where grab = ?"};
constexpr env::Sql kHasSeat{"select 1 from seat where activity = ? and user_id = ? and state in (0, 1, 2)"};
constexpr env::Sql kInsert{
    "insert into seat(grab, activity, course, user_id, state, due_at, tell_at, cause) values(?, ?, ?, ?, 0, "
    "?, null, ?) on conflict do nothing"};
constexpr env::Sql kTake{
    "update sale_course set available = available - 1, held = held + 1 where activity = ? and course = ? and "
    "available >= 1"};
constexpr env::Sql kConfirm{"update seat set state = 1, due_at = ?1 where grab = ?2 and state = 0"};
constexpr env::Sql kPay{"update seat set state = 2, due_at = null where grab = ? and state = 1"};
constexpr env::Sql kSell{
    "update sale_course set held = held - 1, sold = sold + 1 where activity = ? and course = ?"};
constexpr env::Sql kEnd{"update seat set state = ?1, due_at = null where grab = ?2 and state = ?3"};
constexpr env::Sql kPutBack{
    "update sale_course set available = available + 1, held = held - 1, version = version + 1 where activity "
    "= ? and course = ?"};
constexpr env::Sql kVersion{"select version from sale_course where activity = ? and course = ?"};
constexpr env::Sql kPutOff{"update seat set due_at = ?1 where grab = ?2 and state = ?3 and due_at = ?4"};
constexpr env::Sql kDue{
    "select grab, activity, course, user_id, state, due_at, cause from seat where due_at is not null and "
    "due_at <= ? order by due_at, grab limit ?"};
constexpr env::Sql kNextDue{"select min(due_at) from seat where due_at is not null"};
constexpr env::Sql kTellLater{"update seat set tell_at = ?1 where grab = ?2"};
constexpr env::Sql kToTell{
    "select grab, activity, course, user_id, state, due_at, cause from seat where tell_at is not null and "
    "tell_at <= ? order by tell_at, grab limit ?"};
constexpr env::Sql kNextToTell{"select min(tell_at) from seat where tell_at is not null"};

Activity activity_of(const env::Rows& rows) {
  return {rows.get<ActivityId>(0), rows.get<std::int64_t>(1), rows.get<bool>(2),
          rows.get<Instant>(3),    rows.get<Instant>(4),      rows.get<std::int64_t>(5)};
}

Course course_of(const env::Rows& rows) {
  const auto currency = Currency::parse(rows.get<std::string_view>(2));
  ORDEAL_CHECK(currency.has_value());
  return {rows.get<CourseId>(0),
          {rows.get<std::int64_t>(1), *currency},
          rows.get<std::int64_t>(3),
          rows.get<std::int64_t>(4)};
}

Seat seat_of(const env::Rows& rows) {
  Seat seat{rows.get<GrabId>(0),           rows.get<ActivityId>(1), rows.get<CourseId>(2),
            rows.get<UserId>(3),           rows.get<SeatState>(4),  std::nullopt,
            rows.get<env::TraceContext>(6)};
  if (!rows.is_null(5)) seat.due = rows.get<Instant>(5);
  return seat;
}

std::vector<Seat> seats(env::Rows rows) {
  std::vector<Seat> all;
  while (rows.next()) all.push_back(seat_of(rows));
  return all;
}

std::optional<Instant> first_instant(env::Rows rows) {
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.get<Instant>(0);
}

}  // namespace

void put_activity(env::Tx& tx, const Activity& activity) {
  tx.exec(kPutActivity, activity.id, activity.epoch, activity.published, activity.opens_at, activity.ends_at);
}

void put_course(env::Tx& tx, ActivityId activity, const Course& course) {
  tx.exec(kPutCourse, activity, course.id, course.price.minor, course.price.currency.text(),
          course.available);
}

std::optional<Activity> find_activity(env::Connection& from, ActivityId activity) {
  auto rows = from.query(kActivity, activity);
  if (!rows.next()) return std::nullopt;
  return activity_of(rows);
}

std::vector<Activity> published_activities(env::Connection& from) {
  std::vector<Activity> all;
  for (auto rows = from.query(kPublished); rows.next();) all.push_back(activity_of(rows));
  return all;
}

std::optional<Course> find_course(env::Connection& from, ActivityId activity, CourseId course) {
  auto rows = from.query(kCourse, activity, course);
  if (!rows.next()) return std::nullopt;
  return course_of(rows);
}

std::vector<Course> courses_of(env::Connection& from, ActivityId activity) {
  std::vector<Course> all;
  for (auto rows = from.query(kCourses, activity); rows.next();) all.push_back(course_of(rows));
  return all;
}

bool publish(env::Tx& tx, const Publish& request) {
  if (tx.exec(kPublish, request.epoch, request.activity) == 0) return false;
  tx.fact(env::Message::of(facts::ActivityPublished{request.activity, request.epoch}));
  return true;
}

bool mark_warm(env::Tx& tx, ActivityId activity, std::int64_t epoch) {
  if (tx.exec(kWarm, epoch, activity) == 0) return false;
  tx.fact(env::Message::of(facts::ActivityWarmed{activity, epoch}));
  return true;
}

std::optional<Seat> find_seat(env::Connection& from, GrabId grab) {
  auto rows = from.query(kSeat, grab);
  if (!rows.next()) return std::nullopt;
  return seat_of(rows);
}

bool has_seat(env::Connection& from, ActivityId activity, UserId user) {
  return from.query(kHasSeat, activity, user).next();
}

bool insert_seat(env::Tx& tx, const Seat& seat) {
  return tx.exec(kInsert, seat.grab, seat.activity, seat.course, seat.user, seat.due, seat.cause) == 1;
}

bool take_unit(env::Tx& tx, ActivityId activity, CourseId course) {
  return tx.exec(kTake, activity, course) == 1;
}

bool confirm_seat(env::Tx& tx, const Seat& seat, Instant pay_by) {
  if (tx.exec(kConfirm, pay_by, seat.grab) == 0) return false;
  tx.fact(env::Message::of(facts::SeatConfirmed{seat.grab}));
  return true;
}

bool pay_seat(env::Tx& tx, const Seat& seat) {
  if (tx.exec(kPay, seat.grab) == 0) return false;
  tx.exec(kSell, seat.activity, seat.course);
  tx.fact(env::Message::of(facts::SeatPaid{seat.grab, seat.user, seat.course}));
  return true;
}

std::int64_t put_back(env::Tx& tx, const Seat& seat) {
  const SeatState ended = seat.state == SeatState::won ? SeatState::lapsed : SeatState::closed;
  tx.exec(kPutBack, seat.activity, seat.course);
  tx.fact(env::Message::of(facts::SeatGivenBack{seat.grab, seat.activity, seat.course, seat.user, ended}));
  auto rows = tx.query(kVersion, seat.activity, seat.course);
  return rows.next() ? rows.get<std::int64_t>(0) : 0;
}

std::optional<std::int64_t> give_back(env::Tx& tx, const Seat& seat) {
  const SeatState ended = seat.state == SeatState::won ? SeatState::lapsed : SeatState::closed;
  if (tx.exec(kEnd, ended, seat.grab, seat.state) == 0) return std::nullopt;
  return put_back(tx, seat);
}

bool put_off(env::Tx& tx, const Seat& seat, Instant due) {
  return tx.exec(kPutOff, due, seat.grab, seat.state, seat.due) == 1;
}

std::vector<Seat> due_seats(env::Connection& from, Instant before, std::int64_t most) {
  return seats(from.query(kDue, before, most));
}

std::optional<Instant> next_due(env::Connection& from) { return first_instant(from.query(kNextDue)); }

void tell_later(env::Tx& tx, GrabId grab, std::optional<Instant> at) { tx.exec(kTellLater, at, grab); }

std::vector<Seat> seats_to_tell(env::Connection& from, Instant before, std::int64_t most) {
  return seats(from.query(kToTell, before, most));
}

std::optional<Instant> next_to_tell(env::Connection& from) { return first_instant(from.query(kNextToTell)); }

}  // namespace ordeal::seckill

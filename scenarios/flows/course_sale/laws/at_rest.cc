// What must hold of a flash sale when nothing moves any more: rows against each other, and against what people remember.
#include <algorithm>
#include <map>
#include <string>

#include "core/wire/names.h"
#include "scenarios/flows/course_sale/books.h"
#include "scenarios/flows/course_sale/laws/laws.h"
#include "scenarios/flows/course_sale/parts.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::course_sale {
namespace {

using play::Findings;
using seckill::CourseId;
using seckill::GrabId;
using seckill::SeatState;

constexpr env::Sql kActivities{"select id, epoch, published, warm_epoch from sale_activity"};
constexpr env::Sql kCourses{
    "select course, price, currency, available, held, sold, initial from sale_course order by course"};
constexpr env::Sql kSeats{
    "select grab, user_id, course, state, due_at is null, tell_at is null from seat order by grab"};
constexpr env::Sql kRights{"select grab, user_id, course from course_right order by id"};

struct RestRows {
  struct CourseRow {
    Money price{};
    std::int64_t available = 0, held = 0, sold = 0, initial = 0;
  };
  struct SeatRow {
    UserId user{};
    CourseId course{};
    SeatState state{};
    bool endless = false;  // no deadline
    bool told = false;     // nobody is to be told of it any more
  };

  explicit RestRows(const play::Rest& rest) : world(rest) {
    rest.read("seckill", [this](env::Connection& from) {
      for (auto rows = from.query(kActivities); rows.next();) {
        published = rows.get<bool>(2);
        epoch = rows.get<std::int64_t>(1);
        warm_epoch = rows.get<std::int64_t>(3);
      }
      for (auto rows = from.query(kCourses); rows.next();)
        courses[rows.get<CourseId>(0)] = {
            {rows.get<std::int64_t>(1), Currency::parse(rows.get<std::string_view>(2)).value_or(Currency{})},
            rows.get<std::int64_t>(3),
            rows.get<std::int64_t>(4),
            rows.get<std::int64_t>(5),
            rows.get<std::int64_t>(6)};
      for (auto rows = from.query(kSeats); rows.next();)
        seats[rows.get<GrabId>(0)] = {rows.get<UserId>(1), rows.get<CourseId>(2), rows.get<SeatState>(3),
                                      rows.get<bool>(4), rows.get<bool>(5)};
    });
    rest.read("classroom", [this](env::Connection& from) {
      for (auto rows = from.query(kRights); rows.next();)
        rights[rows.get<GrabId>(0)] = {rows.get<UserId>(1), rows.get<CourseId>(2)};
    });
  }

  std::int64_t count(CourseId course, SeatState state) const {
    return std::count_if(seats.begin(), seats.end(), [&](const auto& seat) {
      return seat.second.course == course && seat.second.state == state;
    });
  }

  const play::Rest& world;
  bool published = false;
  std::int64_t epoch = 0;
  std::int64_t warm_epoch = 0;
  std::map<CourseId, CourseRow> courses;
  std::map<GrabId, SeatRow> seats;
  std::map<GrabId, std::pair<UserId, CourseId>> rights;
};

std::string name_of_state(const RestRows& rest, GrabId grab) {
  const auto seat = rest.seats.find(grab);
  return seat == rest.seats.end() ? "none" : std::string(wire::name_of(seat->second.state));
}

void check_sums(const RestRows& rest, Findings& findings) {
  for (const auto& [id, course] : rest.courses) {
    const std::int64_t held = rest.count(id, SeatState::won) + rest.count(id, SeatState::unpaid);
    const std::int64_t sold = rest.count(id, SeatState::paid);
    if (course.held == held && course.sold == sold && course.available >= 0 &&
        course.available + held + sold == course.initial)
      continue;
    findings.add(play::unsafe(kSeatsAddUp, rest.world.now_ns,
                              "the counters of a course and its seats do not add up",
                              {{"course", id.text()},
                               {"available", std::to_string(course.available)},
                               {"held", std::to_string(course.held) + ", by seats " + std::to_string(held)},
                               {"sold", std::to_string(course.sold) + ", by seats " + std::to_string(sold)},
                               {"initial", std::to_string(course.initial)}}));
  }
}

void check_deadlines(const RestRows& rest, Findings& findings) {
  const auto tills = rest.world.scenario().parties_of<TillSpec>();
  // Whether it took the money nobody can say any more.
  const bool till_is_gone = tills.empty() || rest.world.is_gone(tills.front()->name);
  for (const auto& [grab, seat] : rest.seats) {
    if (seat.state != SeatState::won && seat.state != SeatState::unpaid) continue;
    if (seat.state == SeatState::unpaid && till_is_gone) continue;
    findings.add(play::not_live(
        kNoSeatWithoutDeadline, rest.world.now_ns,
        seat.endless ? "a seat is held for ever: it has no deadline" : "a seat is held beyond its deadline",
        {{"seat", grab.text()},
         {"user", seat.user.text()},
         {"course", seat.course.text()},
         {"state", name_of_state(rest, grab)}}));
  }
}

void check_warm(const RestRows& rest, Findings& findings) {
  const auto* cache = rest.world.scenario().cache_host();
  if (!rest.published || rest.warm_epoch == rest.epoch || cache == nullptr || rest.world.is_gone(cache->name))
    return;
  findings.add(play::not_live(kPublishedIsWarm, rest.world.now_ns,
                              "a published activity never got into the cache",
                              {{"activity", kActivity.text()},
                               {"epoch", std::to_string(rest.epoch)},
                               {"in the cache", std::to_string(rest.warm_epoch)}}));
}

void check_answered(const play::Rest& rest, Findings& findings) {
  const auto* diary = rest.books_if_any<Diary>();
  if (!rest.calm || diary == nullptr || diary->gave_up.empty()) return;
  findings.add(play::not_live(kCalmLearnersServed, rest.now_ns,
                              "nothing was wrong, and somebody got no answer",
                              {{"user", diary->gave_up.front().text()}}));
}

void check_nonsense(const play::Rest& rest, Findings& findings) {
  const auto* diary = rest.books_if_any<Diary>();
  if (diary == nullptr || diary->swallowed.empty()) return;
  findings.add(play::unsafe(kNonsenseRefused, rest.now_ns, "nonsense was taken for a request",
                            {{"what", diary->swallowed.front()}}));
}

void check_till(const RestRows& rest, Findings& findings) {
  const auto* till = rest.world.books_if_any<TillBook>();
  if (till == nullptr) return;
  const auto breach = [&](GrabId grab, const char* what) {
    const auto seat = rest.seats.find(grab);
    findings.add(play::unsafe(kTillAgrees, rest.world.now_ns, what,
                              {{"seat", grab.text()},
                               {"user", seat == rest.seats.end() ? "nobody" : seat->second.user.text()},
                               {"state", name_of_state(rest, grab)}}));
  };
  const auto tills = rest.world.scenario().parties_of<TillSpec>();
  const bool gone = tills.empty() || rest.world.is_gone(tills.front()->name);
  for (const auto& [grab, charge] : till->charged) {
    const auto seat = rest.seats.find(grab);
    if (gone && seat != rest.seats.end() && seat->second.state == SeatState::unpaid) continue;
    if (seat == rest.seats.end() || seat->second.state != SeatState::paid) {
      breach(grab, "the till has the money of a seat that is not paid");
    } else if (charge.amount != rest.courses.at(seat->second.course).price) {
      breach(grab, "the till took another amount than the price");
    }
  }
  for (const auto& [grab, seat] : rest.seats) {
    if (seat.state == SeatState::paid && !till->charged.contains(grab))
      breach(grab, "a seat is paid and the till has no money of it");
  }
}

void check_told(const RestRows& rest, Findings& findings) {
  for (const auto& [grab, seat] : rest.seats) {
    if (seat.state != SeatState::paid || rest.rights.contains(grab)) continue;
    findings.add(
        play::not_live(kPaidIsTold, rest.world.now_ns, "a paid seat never became a right",
                       {{"seat", grab.text()}, {"user", seat.user.text()}, {"course", seat.course.text()}}));
  }
}

// I-54 at rest: the right is of who paid, to what was paid.
void check_rights_fit(const RestRows& rest, Findings& findings) {
  for (const auto& [grab, right] : rest.rights) {
    const auto seat = rest.seats.find(grab);
    if (seat != rest.seats.end() && seat->second.state == SeatState::paid &&
        right == std::pair(seat->second.user, seat->second.course))
      continue;
    findings.add(
        play::unsafe(kOnlyPaidIsTold, rest.world.now_ns, "a right does not fit a paid seat",
                     {{"seat", grab.text()}, {"user", right.first.text()}, {"course", right.second.text()}}));
  }
}

void check_permits(const play::Rest& rest, Findings& findings) {
  const auto* diary = rest.books_if_any<Diary>();
  if (diary == nullptr || diary->probes_turned_away == 0) return;
  findings.add(
      play::not_live(kPermitsComeBack, rest.now_ns, "permits are out, and nobody holds them",
                     {{"turned away", std::to_string(diary->probes_turned_away)},
                      {"permits", std::to_string(rest.scenario().setting<SaleSetting>().sale.permits)}}));
}

void check_as_told(const RestRows& rest, Findings& findings) {
  const auto* diary = rest.world.books_if_any<Diary>();
  if (diary == nullptr) return;
  const auto breach = [&](GrabId grab, UserId user, std::string what) {
    findings.add(
        play::unsafe(kAsTold, rest.world.now_ns, std::move(what),
                     {{"seat", grab.text()}, {"user", user.text()}, {"state", name_of_state(rest, grab)}}));
  };
  for (const Heard& heard : diary->heard) {
    const auto seat = rest.seats.find(heard.grab);
    const bool has =
        seat != rest.seats.end() && seat->second.user == heard.user && seat->second.course == heard.course;
    if (heard.status == seckill::GrabStatus::won && !has)
      breach(heard.grab, heard.user, "somebody was told of a seat that is not there");
  }
  for (const auto& [grab, user] : diary->confirmed) {
    const auto seat = rest.seats.find(grab);
    if (seat == rest.seats.end() || seat->second.state == SeatState::won ||
        seat->second.state == SeatState::lapsed)
      breach(grab, user, "somebody was told that a seat is confirmed, and it is not");
  }
  for (const auto& [grab, user] : diary->paid) {
    const auto seat = rest.seats.find(grab);
    if (seat == rest.seats.end() || seat->second.state != SeatState::paid)
      breach(grab, user, "somebody was told that a seat is paid, and it is not");
  }
}

}  // namespace

void watch_seats_add_up(const play::Watching& parts) {
  parts.audit.add<RestRows>(kSeatsAddUp, {"seckill"}, &check_sums);
}
void watch_deadlines(const play::Watching& parts) {
  parts.audit.add<RestRows>(kNoSeatWithoutDeadline, {"seckill"}, &check_deadlines);
}
void watch_answered(const play::Watching& parts) {
  parts.audit.add(kCalmLearnersServed, {}, play::RestAudit::Check(&check_answered), nullptr);
}
void watch_published_is_warm(const play::Watching& parts) {
  parts.audit.add<RestRows>(kPublishedIsWarm, {"seckill"}, &check_warm);
}
void watch_nonsense_refused(const play::Watching& parts) {
  parts.audit.add(kNonsenseRefused, {}, play::RestAudit::Check(&check_nonsense), nullptr);
}
void watch_till_agrees(const play::Watching& parts) {
  parts.audit.add<RestRows>(kTillAgrees, {"seckill"}, &check_till);
}
void watch_paid_is_told(const play::Watching& parts) {
  parts.audit.add<RestRows>(kPaidIsTold, {"seckill", "classroom"}, &check_told);
}
void watch_rights_fit(const play::Watching& parts) {
  parts.audit.add<RestRows>(kOnlyPaidIsTold, {"seckill", "classroom"}, &check_rights_fit);
}
void watch_permits_come_back(const play::Watching& parts) {
  parts.audit.add(kPermitsComeBack, {}, play::RestAudit::Check(&check_permits), nullptr);
}
void watch_as_told(const play::Watching& parts) {
  parts.audit.add<RestRows>(kAsTold, {"seckill"}, &check_as_told);
}

}  // namespace ordeal::course_sale

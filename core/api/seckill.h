// What a flash sale of course seats says: its people, its services, and the facts that laws and counts read. RPC methods of
// service "seckill":
//
//   publish   Publish → PublishReply   idempotent by epoch (E3)
//   grab      Grab → GrabReply         idempotent by grab, the number that who asks has chosen; a seat at most for each user (I-27)
//   page      PageQuery → PageReply    what the confirm page shows: the price, a token, until when
//   confirm   Confirm → ConfirmReply   the pre-order becomes a formal order; again with the same grab: the same answer
//   pay       PayForSeat → PayForSeatReply  charges at the till under the grab's number; again: the same charge
//
// and of service "classroom":
//
//   on_course_paid   CoursePaid → Ack  one right for each paid seat (I-43); the same comes over the broker
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/wire/fields.h"

namespace ordeal::seckill {

struct ActivityTag {
  static constexpr std::string_view prefix = "act";
};
struct CourseTag {
  static constexpr std::string_view prefix = "crs";
};
struct GrabTag {
  static constexpr std::string_view prefix = "grab";
};
using ActivityId = Id<ActivityTag>;
using CourseId = Id<CourseTag>;
using GrabId = Id<GrabTag>;  // names the pre-order and, later, the formal order

// won: a pre-order with a deadline for confirming (I-15). unpaid: the formal order, with one for paying. lapsed and closed:
// the deadline passed, and the unit went back.
enum class SeatState : std::uint8_t { won, unpaid, paid, lapsed, closed };
constexpr auto names_of(SeatState) {
  return std::to_array<std::string_view>({"WON", "UNPAID", "PAID", "LAPSED", "CLOSED"});
}

struct Publish {
  ActivityId activity{};
  std::int64_t epoch = 0;  // from 1; a later one replaces an earlier
  ORDEAL_MESSAGE(Publish, "seckill.Publish", activity, epoch);
};

enum class PublishStatus : std::uint8_t { invalid, stale, published };
constexpr auto names_of(PublishStatus) {
  return std::to_array<std::string_view>({"invalid", "stale", "published"});
}
struct PublishReply {
  PublishStatus status = PublishStatus::invalid;
  ORDEAL_MESSAGE(PublishReply, "seckill.PublishReply", status);
};

struct Grab {
  GrabId grab{};
  ActivityId activity{};
  CourseId course{};
  UserId user{};
  ORDEAL_MESSAGE(Grab, "seckill.Grab", grab, activity, course, user);
};

// unknown                    it may have happened: ask again with the same grab
// busy, not_ready            nothing happened, ask again: too many at once; the activity's counts are not in the cache (yet)
// not_started                nothing happened; the server's clock judges (I-29)
// invalid, ended, limited, sold_out   final, and nothing happened. limited: this user has a seat of the activity
// won                        final: the seat is held
// over                       final: this grab had its seat and lost it at a deadline
enum class GrabStatus : std::uint8_t {
  unknown,
  busy,
  not_ready,
  not_started,
  invalid,
  ended,
  limited,
  sold_out,
  won,
  over
};
constexpr auto names_of(GrabStatus) {
  return std::to_array<std::string_view>({"unknown", "busy", "not_ready", "not_started", "invalid", "ended",
                                          "limited", "sold_out", "won", "over"});
}
// Nothing more will come of asking again.
constexpr bool is_final(GrabStatus status) { return status >= GrabStatus::invalid; }

struct GrabReply {
  GrabStatus status = GrabStatus::unknown;
  Instant confirm_by{};
  ORDEAL_MESSAGE(GrabReply, "seckill.GrabReply", status, confirm_by);
};

struct PageQuery {
  GrabId grab{};
  UserId user{};
  ORDEAL_MESSAGE(PageQuery, "seckill.PageQuery", grab, user);
};
// found: the grab is this user's. token: empty when the cache had none to give; the database decides without it.
struct PageReply {
  bool found = false;
  SeatState state = SeatState::won;
  Money price{};
  std::string token{};
  Instant until{};
  ORDEAL_MESSAGE(PageReply, "seckill.PageReply", found, state, price, token, until);
};

struct Confirm {
  GrabId grab{};
  UserId user{};
  std::string token{};
  Money price{};  // that the page showed (I-20)
  ORDEAL_MESSAGE(Confirm, "seckill.Confirm", grab, user, token, price);
};
// invalid: no such pre-order of this user. used_token: the token is another's, or spent. price_changed, too_late: final.
enum class ConfirmStatus : std::uint8_t { unknown, invalid, used_token, price_changed, too_late, confirmed };
constexpr auto names_of(ConfirmStatus) {
  return std::to_array<std::string_view>(
      {"unknown", "invalid", "used_token", "price_changed", "too_late", "confirmed"});
}
struct ConfirmReply {
  ConfirmStatus status = ConfirmStatus::unknown;
  ORDEAL_MESSAGE(ConfirmReply, "seckill.ConfirmReply", status);
};

struct PayForSeat {
  GrabId grab{};
  UserId user{};
  ORDEAL_MESSAGE(PayForSeat, "seckill.Pay", grab, user);
};
// pending: ask again, the same charge goes on. declined: the till said no; another try may go through.
enum class SeatPayStatus : std::uint8_t { unknown, pending, invalid, declined, too_late, paid };
constexpr auto names_of(SeatPayStatus) {
  return std::to_array<std::string_view>({"unknown", "pending", "invalid", "declined", "too_late", "paid"});
}
struct PayForSeatReply {
  SeatPayStatus status = SeatPayStatus::unknown;
  ORDEAL_MESSAGE(PayForSeatReply, "seckill.PayReply", status);
};

// A seat is paid: its course is to be given. Said over RPC, or as a half message (E12, E13).
struct CoursePaid {
  GrabId grab{};
  UserId user{};
  CourseId course{};
  ORDEAL_MESSAGE(CoursePaid, "seckill.CoursePaid", grab, user, course);
};

// A seat's deadline is there (E14).
struct SeatDue {
  GrabId grab{};
  ORDEAL_MESSAGE(SeatDue, "seckill.SeatDue", grab);
};

// To every node, at most once: a unit of this course came back; `version` counts such returns (D14 to D16).
struct UnitsAreBack {
  ActivityId activity{};
  CourseId course{};
  std::int64_t version = 0;
  ORDEAL_MESSAGE(UnitsAreBack, "seckill.UnitsAreBack", activity, course, version);
};

// What the till is asked, at "/charge" and "/close", under the grab's number: repeated, it is one charge (I-32). It answers
// "paid", "closed" or "declined"; once closed a charge is refused for good (E32).
struct TillRequest {
  GrabId grab{};
  Money amount{};
  ORDEAL_MESSAGE(TillRequest, "seckill.TillRequest", grab, amount);
};

namespace facts {

struct ActivityPublished {
  ActivityId activity{};
  std::int64_t epoch = 0;
  ORDEAL_MESSAGE(ActivityPublished, "seckill.ActivityPublished", activity, epoch);
};
// Its counts stand in the cache.
struct ActivityWarmed {
  ActivityId activity{};
  std::int64_t epoch = 0;
  ORDEAL_MESSAGE(ActivityWarmed, "seckill.ActivityWarmed", activity, epoch);
};
struct SeatWon {
  GrabId grab{};
  UserId user{};
  ActivityId activity{};
  CourseId course{};
  Instant judged_at{};  // the wall clock by which the hours were judged
  ORDEAL_MESSAGE(SeatWon, "seckill.SeatWon", grab, user, activity, course, judged_at);
};
struct SeatConfirmed {
  GrabId grab{};
  ORDEAL_MESSAGE(SeatConfirmed, "seckill.SeatConfirmed", grab);
};
struct SeatPaid {
  GrabId grab{};
  UserId user{};
  CourseId course{};
  ORDEAL_MESSAGE(SeatPaid, "seckill.SeatPaid", grab, user, course);
};
// Its unit is there again.
struct SeatGivenBack {
  GrabId grab{};
  ActivityId activity{};
  CourseId course{};
  UserId user{};
  SeatState state = SeatState::lapsed;  // or closed
  ORDEAL_MESSAGE(SeatGivenBack, "seckill.SeatGivenBack", grab, activity, course, user, state);
};
struct CourseGiven {
  GrabId grab{};
  UserId user{};
  CourseId course{};
  ORDEAL_MESSAGE(CourseGiven, "classroom.CourseGiven", grab, user, course);
};

}  // namespace facts
}  // namespace ordeal::seckill

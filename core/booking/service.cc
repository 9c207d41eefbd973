#include "core/booking/service.h"

#include <utility>

#include "core/wire/names.h"

namespace ordeal::booking {

using api::BookProblem;
using api::BookReply;
using api::BookStatus;
using api::PayBookingReply;
using api::PayBookingStatus;

namespace {

constexpr std::string_view kUnpaid = "not paid in time";

}  // namespace

Service::Service(env::Env& env, env::Database& db, SlotKeeper& keeper, Config config)
    : env_(env), db_(db), keeper_(keeper), config_(config), overdue_(env, "overdue-bookings", [this] {
        return cancel_overdue();
      }) {
  keeper_.start(env);
}

void Service::start() {
  env_.rpc.on<api::BookVenue>("book", [this](const api::BookVenue& request) { return book(request); });
  env_.rpc.on<api::PayBooking>("pay", [this](const api::PayBooking& request) { return pay(request); });
  overdue_.start();
}

BookReply Service::book(const api::BookVenue& request) {
  Booking booking;
  booking.id = BookingId::from_random(env_.random.bits("booking id"));
  booking.user = request.user;
  booking.request_key = request.request_key;
  booking.fingerprint = api::BookVenue::type().digest(&request);
  booking.venue = request.venue;
  booking.from = request.from;
  booking.until = request.until;
  booking.note = request.note;
  booking.pay_until = env_.clock.wall_now() + config_.pay_window;
  booking.cause = env_.tasks.current();

  const Looked looked =
      env::in_read(db_, "booking.look", [&](env::Connection& c) { return look(c, request, booking); });
  const BookReply reply =
      looked.answer ? *looked.answer : keeper_.keep(db_, {std::move(booking), looked.venue, overdue_});
  env_.log.line([&] {
    return request.venue.text() + " for " + request.user.text() + ": " +
           std::string(wire::name_of(reply.status)) +
           (reply.status == BookStatus::refused ? ", " + std::string(wire::name_of(reply.problem)) : "");
  });
  return reply;
}

Service::Looked Service::look(env::Connection& from, const api::BookVenue& request,
                              const Booking& wanted) const {
  const auto refused = [](BookProblem problem) { return Looked{BookReply{BookStatus::refused, problem}}; };
  if (!good_key(request.request_key)) return refused(BookProblem::bad_key);
  if (!is_member(from, request.user)) return refused(BookProblem::no_such_user);
  const auto venue = find_venue(from, request.venue);
  if (!venue) return refused(BookProblem::no_such_venue);
  if (request.note.empty() || request.note.size() > kNoteMost) return refused(BookProblem::bad_note);
  // Of a request that comes again late, too, whatever can be had now.
  if (const auto known = known_answer(from, wanted)) return {*known};
  const BookProblem problem = problem_of(*venue, request.from, request.until, env_.clock.wall_now());
  if (problem != BookProblem::none) return refused(problem);
  if (!slots_are_free(from, venue->id, request.from, request.until)) return {BookReply{BookStatus::taken}};
  return {std::nullopt, *venue};
}

PayBookingReply Service::pay(const api::PayBooking& request) {
  if (!good_key(request.payment_key)) return {PayBookingStatus::bad_key};
  return env::in_transaction(db_, "booking.pay", [&](env::Tx& tx) -> PayBookingReply {
    const auto booking = find_booking(tx, request.booking);
    if (!booking || booking->user != request.user) return {PayBookingStatus::no_such_booking};
    if (booking->state == api::BookingState::cancelled) {
      env_.log.sometimes("a payment came for a cancelled booking");
      return {PayBookingStatus::too_late};
    }
    if (booking->state == api::BookingState::paid) {
      const bool same = booking->payment_key == request.payment_key;
      return {same ? PayBookingStatus::paid : PayBookingStatus::paid_already};
    }
    mark_paid(tx, request.booking, request.payment_key);
    return {PayBookingStatus::paid};
  });
}

std::optional<Instant> Service::cancel_overdue() {
  const Instant now = env_.clock.wall_now();
  const auto due = env::in_read(db_, "booking.overdue",
                                [&](env::Connection& c) { return overdue(c, now, config_.batch); });
  for (const Booking& booking : due) {
    const env::TraceScope scope(env_.tasks, booking.cause, "booking.cancel");
    env::in_transaction(db_, "booking.cancel", [&](env::Tx& tx) {
      if (!cancel(tx, booking, kUnpaid, now)) env_.log.sometimes("an overdue booking had moved");
    });
  }
  return env::in_read(db_, "booking.next_overdue", [](env::Connection& c) { return next_overdue(c); });
}

}  // namespace ordeal::booking

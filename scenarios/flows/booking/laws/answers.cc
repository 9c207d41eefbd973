// I-01: for one guest and key there is one booking, and every answer to the key names it; another request under it is a conflict.
// I-36, of bookings: what a guest is told is so. "Yours" is a row of what was asked for; "taken" means that a part of it was
// somebody's at some time between asking and answer; a refusal names something that is wrong with the request, and what something is wrong
// with is never booked; "paid" is paid by this payment, "too late" is cancelled, "no such booking" is none of this guest's.
#include <memory>
#include <string>
#include <utility>

#include "core/wire/names.h"
#include "scenarios/flows/booking/laws/laws.h"
#include "scenarios/flows/booking/laws/rest_rows.h"
#include "scenarios/flows/booking/laws/stretches.h"
#include "scenarios/flows/booking/parts.h"
#include "scenarios/play/actor.h"

namespace ordeal::booking {
namespace {

using api::BookProblem;
using api::BookStatus;
using api::PayBookingStatus;
using play::Evidence;
using play::Findings;

bool same_request(const Booking& booking, const api::BookVenue& request) {
  return booking.venue == request.venue && booking.from == request.from && booking.until == request.until &&
         booking.note == request.note;
}

Evidence of(const play::Scenario& scenario, const Asked& asked) {
  Evidence evidence{{"guest", guest_text(scenario, asked.request.user)},
                    {"venue", venue_text(scenario, asked.request.venue)},
                    {"stretch", stretch_text(scenario, asked.request.from, asked.request.until)},
                    {"answer", std::string(wire::name_of(asked.reply.status))}};
  if (asked.reply.status == BookStatus::refused)
    evidence.emplace_back("because", std::string(wire::name_of(asked.reply.problem)));
  evidence.emplace_back("asked", play::when(asked.asked_ns));
  return evidence;
}

// --- I-01 ---

void check_requests(const RestRows& rest, Findings& findings) {
  if (rest.book() == nullptr) return;
  for (const Asked& asked : rest.book()->asked) {
    if (!asked.answered_ns || asked.reply.status != BookStatus::booked) continue;
    const Booking* row = rest.request(asked.request.user, asked.request.request_key);
    const Evidence evidence = of(rest.world.scenario(), asked);
    if (row == nullptr || row->id != asked.reply.booking) {
      findings.add(play::unsafe(kOneBookingPerRequest, *asked.answered_ns,
                                "one request was answered with another booking than its own", evidence));
    } else if (!same_request(*row, asked.request)) {
      findings.add(play::unsafe(kOneBookingPerRequest, *asked.answered_ns,
                                "a key that stands for one request was taken for another", evidence));
    }
  }
}

// --- I-36 ---

// Is this wrong with the request? `asked`, `answered`: true times, which clocks agree with where machines ran.
bool is_wrong(BookProblem problem, const api::BookVenue& r, const play::Scenario& scenario, Instant asked,
              Instant answered) {
  const auto& venues = scenario.setting<Venues>().venues;
  const auto index = static_cast<std::size_t>(r.venue.value - 1);
  const bool venue_there = r.venue.value >= 1 && index < venues.size();
  const auto since_midnight = [](Instant at) { return at.ns % kDay.ns; };
  switch (problem) {
    case BookProblem::none:
      return false;
    case BookProblem::bad_key:
      return r.request_key.empty() || r.request_key.size() > 64;
    case BookProblem::no_such_user:
      return !play::actor_with_id(scenario, r.user.value);
    case BookProblem::no_such_venue:
      return !venue_there;
    case BookProblem::bad_note:
      return r.note.empty() || r.note.size() > 255;
    case BookProblem::not_a_stretch:
      return r.until <= r.from;
    case BookProblem::off_the_slots:
      return venue_there && ((since_midnight(r.from) - venues[index].opens.ns) % venues[index].slot.ns != 0 ||
                             (since_midnight(r.until) - venues[index].opens.ns) % venues[index].slot.ns != 0);
    case BookProblem::out_of_hours: {
      if (!venue_there) return false;
      const std::int64_t from = since_midnight(r.from);
      return from < venues[index].opens.ns || from + (r.until - r.from).ns > venues[index].closes.ns;
    }
    case BookProblem::too_soon:
      return r.from <= answered;
    case BookProblem::too_far:
      return r.from > asked + kDay * 60;
  }
  return false;
}

bool anything_wrong(const api::BookVenue& request, const play::Scenario& scenario, Instant at) {
  for (std::size_t i = 1; i < names_of(BookProblem{}).size(); ++i) {
    if (is_wrong(static_cast<BookProblem>(i), request, scenario, at, at)) return true;
  }
  return false;
}

// Somebody of this name and key asked for something else before.
bool key_was_used(const Book& book, const Asked& asked) {
  for (const Asked& other : book.asked) {
    if (&other == &asked || other.request.user != asked.request.user ||
        other.request.request_key != asked.request.request_key)
      continue;
    const api::BookVenue& r = other.request;
    if (r.venue != asked.request.venue || r.from != asked.request.from || r.until != asked.request.until ||
        r.note != asked.request.note)
      return true;
  }
  return false;
}

const char* untrue(const Stretches& stretches, const RestRows& rest, const Asked& asked) {
  const play::Scenario& scenario = rest.world.scenario();
  const Instant asked_at = scenario.start + Duration{asked.asked_ns};
  const Instant answered_at = scenario.start + Duration{*asked.answered_ns};
  switch (asked.reply.status) {
    case BookStatus::unknown:
    case BookStatus::busy:
      return nullptr;
    case BookStatus::taken:
      return stretches.met(asked.request.venue, asked.request.from, asked.request.until, asked.asked_ns,
                           *asked.answered_ns) != nullptr
                 ? nullptr
                 : "a guest was told \"taken\" of what was free";
    case BookStatus::refused:
      // A clock that is wrong may call a day over.
      if (asked.reply.problem >= BookProblem::too_soon && !rest.world.machines_ran()) return nullptr;
      return is_wrong(asked.reply.problem, asked.request, scenario, asked_at, answered_at)
                 ? nullptr
                 : "a guest was refused for what is not so";
    case BookStatus::conflict:
      return key_was_used(*rest.book(), asked) ? nullptr : "a guest was told of a conflict that is none";
    case BookStatus::booked: {
      const Stretches::One* one = stretches.find(asked.reply.booking);
      if (one == nullptr || one->from_ns > *asked.answered_ns) return "a guest was told \"yours\" of nothing";
      const bool over = one->until_ns < asked.asked_ns;
      if (asked.reply.state == api::BookingState::unpaid && (over || one->paid_ns < asked.asked_ns))
        return "a guest was told to pay for what is paid or cancelled";
      if (asked.reply.pay_until != one->booked.pay_until) return "a guest was told another time to pay by";
      return nullptr;
    }
  }
  return nullptr;
}

const char* untrue_of_payment(const RestRows& rest, const Offered& offered) {
  const Booking* row = rest.booking(offered.request.booking);
  const bool his = row != nullptr && row->user == offered.request.user;
  const bool bad_key = offered.request.payment_key.empty() || offered.request.payment_key.size() > 64;
  const auto state = row == nullptr ? api::BookingState::unpaid : row->state;
  const bool same = row != nullptr && row->payment_key == offered.request.payment_key;
  switch (offered.reply.status) {
    case PayBookingStatus::unknown:
      return nullptr;
    case PayBookingStatus::bad_key:
      return bad_key ? nullptr : "a good payment was called a bad one";
    case PayBookingStatus::no_such_booking:
      return his ? "a guest was told that his booking is none" : nullptr;
    case PayBookingStatus::too_late:
      return his && state == api::BookingState::cancelled ? nullptr : "a guest was told that he is too late";
    case PayBookingStatus::paid_already:
      return his && state == api::BookingState::paid && !same ? nullptr
                                                              : "a guest was told that another paid";
    case PayBookingStatus::paid:
      return his && state == api::BookingState::paid && same && !bad_key
                 ? nullptr
                 : "a guest was told \"paid\" of what is not";
  }
  return nullptr;
}

void check_answers(const Stretches& stretches, const RestRows& rest, Findings& findings) {
  if (rest.book() == nullptr) return;
  const play::Scenario& scenario = rest.world.scenario();
  for (const Asked& asked : rest.book()->asked) {
    if (!asked.answered_ns) continue;
    if (const char* what = untrue(stretches, rest, asked))
      findings.add(play::unsafe(kBookingAnswersAreTrue, *asked.answered_ns, what, of(scenario, asked)));
  }
  for (const Offered& offered : rest.book()->offered) {
    if (!offered.answered_ns) continue;
    if (const char* what = untrue_of_payment(rest, offered))
      findings.add(play::unsafe(kBookingAnswersAreTrue, *offered.answered_ns, what,
                                {{"guest", guest_text(scenario, offered.request.user)},
                                 {"booking", offered.request.booking.text()},
                                 {"answer", std::string(wire::name_of(offered.reply.status))},
                                 {"told", play::when(*offered.answered_ns)}}));
  }
  for (const auto& [id, booking] : rest.bookings) {
    const api::BookVenue request{booking.user,  booking.venue, booking.from,
                                 booking.until, booking.note,  booking.request_key};
    const Stretches::One* one = stretches.find(id);
    if (one == nullptr) continue;  // told by another law: a row without a fact
    if (anything_wrong(request, scenario, scenario.start + Duration{one->from_ns}))
      findings.add(play::unsafe(kBookingAnswersAreTrue, one->from_ns,
                                "what no booking can be made of was booked", about(scenario, booking)));
  }
}

}  // namespace

void watch_one_booking_per_request(const play::Watching& parts) {
  parts.audit.add<RestRows>(kOneBookingPerRequest, {"booking"}, &check_requests);
}

void watch_booking_answers_are_true(const play::Watching& parts) {
  const auto stretches = std::make_shared<Stretches>();
  parts.monitors.add<api::facts::VenueBooked, api::facts::BookingPaid, api::facts::BookingCancelled>(
      stretches);
  parts.audit.add<RestRows>(
      kBookingAnswersAreTrue, {"booking"},
      [stretches](const RestRows& rest, Findings& findings) { check_answers(*stretches, rest, findings); });
}

}  // namespace ordeal::booking

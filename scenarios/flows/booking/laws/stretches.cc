// I-17: for one venue, active bookings are pairwise non-overlapping intervals [from, until).
// I-14: a booking ends once, paid or cancelled.
#include "scenarios/flows/booking/laws/stretches.h"

#include <memory>

#include "scenarios/flows/booking/laws/laws.h"
#include "scenarios/flows/booking/laws/rest_rows.h"
#include "scenarios/flows/booking/parts.h"

namespace ordeal::booking {
namespace {

using play::Findings;

bool overlap(Instant from, Instant until, Instant other_from, Instant other_until) {
  return from < other_until && other_from < until;
}

class NoOverlap {
 public:
  explicit NoOverlap(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::VenueBooked& booked, const sim::Fact& fact, Findings& findings) {
    const auto* other = stretches_.met(booked.venue, booked.from, booked.until, fact.at_ns, fact.at_ns);
    if (other != nullptr) {
      findings.add(
          play::unsafe(kBookingsDoNotOverlap, fact.at_ns, "two bookings of a venue overlap",
                       {{"venue", venue_text(scenario_, booked.venue)},
                        {"guest", guest_text(scenario_, booked.user)},
                        {"stretch", stretch_text(scenario_, booked.from, booked.until)},
                        {"booking", booked.booking.text()},
                        {"other guest", guest_text(scenario_, other->booked.user)},
                        {"other stretch", stretch_text(scenario_, other->booked.from, other->booked.until)},
                        {"other booking", other->booked.booking.text()},
                        {"at", play::when(fact.at_ns)}}));
    }
    stretches_.on(booked, fact, findings);
  }
  void on(const api::facts::BookingCancelled& cancelled, const sim::Fact& fact, Findings& findings) {
    stretches_.on(cancelled, fact, findings);
  }

 private:
  const play::Scenario& scenario_;
  Stretches stretches_;
};

void check_overlap(const RestRows& rest, Findings& findings) {
  std::map<VenueId, std::map<Instant, const Booking*>> by_venue;
  for (const auto& [id, booking] : rest.bookings) {
    if (!is_active(booking)) continue;
    auto& booked = by_venue[booking.venue];
    const auto next = booked.lower_bound(booking.from);
    const Booking* other = nullptr;
    if (next != booked.end() && overlap(booking.from, booking.until, next->second->from, next->second->until))
      other = next->second;
    if (next != booked.begin()) {
      const Booking* before = std::prev(next)->second;
      if (overlap(booking.from, booking.until, before->from, before->until)) other = before;
    }
    if (other == nullptr) {
      booked.emplace(booking.from, &booking);
      continue;
    }
    auto evidence = about(rest.world.scenario(), booking);
    evidence.emplace_back("other guest", guest_text(rest.world.scenario(), other->user));
    evidence.emplace_back("other stretch", stretch_text(rest.world.scenario(), other->from, other->until));
    evidence.emplace_back("other booking", other->id.text());
    findings.add(play::unsafe(kBookingsDoNotOverlap, rest.world.now_ns,
                              "two bookings of a venue overlap at rest", std::move(evidence)));
  }
}

class EndsOnce {
 public:
  explicit EndsOnce(const play::Scenario& scenario) : scenario_(scenario) {}
  void on(const api::facts::VenueBooked& booked, const sim::Fact&, Findings&) {
    ends_.emplace(booked.booking, End{booked.user, {}});
  }
  void on(const api::facts::BookingPaid& paid, const sim::Fact& fact, Findings& findings) {
    end(paid.booking, "PAID", fact, findings);
  }
  void on(const api::facts::BookingCancelled& cancelled, const sim::Fact& fact, Findings& findings) {
    end(cancelled.booking, "CANCELLED", fact, findings);
  }
  std::string_view how(BookingId booking) const {
    const auto found = ends_.find(booking);
    return found == ends_.end() || found->second.how.empty() ? "UNPAID" : found->second.how;
  }

 private:
  struct End {
    UserId user;
    std::string_view how;
  };
  void end(BookingId booking, std::string_view how, const sim::Fact& fact, Findings& findings) {
    End& last = ends_[booking];
    if (!last.how.empty()) {
      findings.add(play::unsafe(kBookingEndsOnce, fact.at_ns, "a booking that had ended ended once more",
                                {{"booking", booking.text()},
                                 {"guest", guest_text(scenario_, last.user)},
                                 {"ended as", std::string(last.how)},
                                 {"then as", std::string(how)},
                                 {"at", play::when(fact.at_ns)}}));
    }
    last.how = how;
  }

  const play::Scenario& scenario_;
  std::map<BookingId, End> ends_;
};

void check_ends(const EndsOnce& ends, const RestRows& rest, Findings& findings) {
  for (const auto& [id, booking] : rest.bookings) {
    const auto evidence = about(rest.world.scenario(), booking);
    constexpr auto kNames = names_of(api::BookingState{});
    if (ends.how(id) != kNames[static_cast<std::size_t>(booking.state)])
      findings.add(play::unsafe(kBookingEndsOnce, rest.world.now_ns,
                                "a booking stands otherwise than it ended", evidence));
    // The reason is kept with the cancelling, the payment with the paying (B26).
    const bool has_reason = rest.reasons.contains(id);
    const bool has_payment = !booking.payment_key.empty();
    if (has_reason != (booking.state == api::BookingState::cancelled) ||
        has_payment != (booking.state == api::BookingState::paid))
      findings.add(play::unsafe(kBookingEndsOnce, rest.world.now_ns,
                                "a booking does not say what its end came of", evidence));
  }
}

}  // namespace

void Stretches::on(const api::facts::VenueBooked& booked, const sim::Fact& fact, play::Findings&) {
  all_.try_emplace(booked.booking, One{booked, fact.at_ns});
  of_venue_[booked.venue].push_back(booked.booking);
}

void Stretches::on(const api::facts::BookingPaid& paid, const sim::Fact& fact, play::Findings&) {
  if (const auto found = all_.find(paid.booking); found != all_.end()) found->second.paid_ns = fact.at_ns;
}

void Stretches::on(const api::facts::BookingCancelled& cancelled, const sim::Fact& fact, play::Findings&) {
  if (const auto found = all_.find(cancelled.booking); found != all_.end())
    found->second.until_ns = fact.at_ns;
}

const Stretches::One* Stretches::met(VenueId venue, Instant from, Instant until, std::int64_t since_ns,
                                     std::int64_t to_ns) const {
  const auto of = of_venue_.find(venue);
  if (of == of_venue_.end()) return nullptr;
  for (const BookingId id : of->second) {
    const One& one = all_.at(id);
    if (one.from_ns <= to_ns && one.until_ns >= since_ns &&
        overlap(from, until, one.booked.from, one.booked.until))
      return &one;
  }
  return nullptr;
}

const Stretches::One* Stretches::find(BookingId booking) const {
  const auto found = all_.find(booking);
  return found == all_.end() ? nullptr : &found->second;
}

void watch_bookings_do_not_overlap(const play::Watching& parts) {
  parts.monitors.add<api::facts::VenueBooked, api::facts::BookingCancelled>(
      std::make_shared<NoOverlap>(parts.scenario));
  parts.audit.add<RestRows>(kBookingsDoNotOverlap, {"booking"}, &check_overlap);
}

void watch_booking_ends_once(const play::Watching& parts) {
  const auto monitor = std::make_shared<EndsOnce>(parts.scenario);
  parts.monitors.add<api::facts::VenueBooked, api::facts::BookingPaid, api::facts::BookingCancelled>(monitor);
  parts.audit.add<RestRows>(
      kBookingEndsOnce, {"booking"},
      [monitor](const RestRows& rest, Findings& findings) { check_ends(*monitor, rest, findings); });
}

}  // namespace ordeal::booking

// I-14, of slots: a slot is somebody's exactly as long as an active booking has it; cancelling returns it (B26, B15).
// I-15: a booking that is not paid is cancelled within its time and the lateness bound, and never before its time.
//
// The bound: a worker under a wrong clock looks again after worker::kLongestNap, and a minute is for the work; from the deadline or from
// the healing of the faults, whichever is later. Where nothing stands in the way it is half a minute. A clock that was wrong moved the
// deadline itself, so a cancelling is late only by true time and by its own clock.
#include <algorithm>
#include <memory>
#include <vector>

#include "core/booking/service.h"
#include "scenarios/flows/booking/laws/laws.h"
#include "scenarios/flows/booking/laws/rest_rows.h"
#include "scenarios/flows/booking/laws/stretches.h"
#include "scenarios/flows/booking/parts.h"

namespace ordeal::booking {
namespace {

using namespace ordeal::literals;
using play::Findings;

constexpr Duration kBound = worker::kLongestNap + 2_min;
constexpr Duration kCalmBound = 30_s;

void check_slots(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  auto slots = rest.slots;
  for (const auto& [id, booking] : rest.bookings) {
    if (!is_active(booking)) continue;
    const auto& venues = scenario.setting<Venues>().venues;
    const auto index = static_cast<std::size_t>(booking.venue.value - 1);
    if (index >= venues.size()) continue;
    for (const Instant slot : slots_of(venue_of(venues[index], index), booking.from, booking.until)) {
      const auto found = slots.find({booking.venue, slot});
      if (found != slots.end() && found->second == id) {
        slots.erase(found);
        continue;
      }
      findings.add(play::unsafe(kSlotsFollowBookings, rest.world.now_ns, "a booking has not all of its slots",
                                about(scenario, booking)));
      break;
    }
  }
  for (const auto& [slot, id] : slots) {
    const Booking* booking = rest.booking(id);
    findings.add(
        play::unsafe(kSlotsFollowBookings, rest.world.now_ns, "a slot is kept for nobody",
                     {{"venue", venue_text(scenario, slot.first)},
                      {"booking", id.text()},
                      {"guest", booking == nullptr ? "nobody" : guest_text(scenario, booking->user)}}));
  }
}

class Cancellings {
 public:
  explicit Cancellings(const play::Scenario& scenario) : scenario_(scenario) {}

  struct Late {
    BookingId booking;
    UserId user;
    std::int64_t due_ns;
    std::int64_t at_ns;
    Duration by_its_clock;
  };

  void on(const api::facts::VenueBooked& booked, const sim::Fact& fact, Findings&) {
    booked_.try_emplace(booked.booking,
                        Since{booked.user, fact.at_ns + Config{}.pay_window.ns, booked.pay_until});
  }
  void on(const api::facts::BookingCancelled& cancelled, const sim::Fact& fact, Findings& findings) {
    const auto found = booked_.find(cancelled.booking);
    if (found == booked_.end()) return;
    const Since& since = found->second;
    const Duration by_its_clock = cancelled.at_wall - since.pay_until;
    if (by_its_clock < Duration{}) {
      findings.add(play::not_live(kUnpaidBookingsEnd, fact.at_ns,
                                  "an unpaid booking was cancelled before its time",
                                  {{"booking", cancelled.booking.text()},
                                   {"guest", guest_text(scenario_, since.user)},
                                   {"early by", play::how_long(-by_its_clock.ns)},
                                   {"cancelled", play::when(fact.at_ns)}}));
    }
    late_.push_back({cancelled.booking, since.user, since.due_ns, fact.at_ns, by_its_clock});
  }
  const std::vector<Late>& late() const { return late_; }

 private:
  struct Since {
    UserId user;
    std::int64_t due_ns;
    Instant pay_until;
  };
  const play::Scenario& scenario_;
  std::map<BookingId, Since> booked_;
  std::vector<Late> late_;
};

void check_cancelled(const Cancellings& all, const RestRows& rest, Findings& findings) {
  const bool calm = rest.world.undisturbed_at({});
  const Duration bound = calm ? kCalmBound : kBound;
  for (const Cancellings::Late& one : all.late()) {
    const std::int64_t due_ns = calm ? one.due_ns : std::max(one.due_ns, rest.world.healed_ns);
    const std::int64_t late = std::min(one.at_ns - due_ns, one.by_its_clock.ns);
    if (late <= bound.ns) continue;
    findings.add(play::not_live(kUnpaidBookingsEnd, one.at_ns, "an unpaid booking was cancelled too late",
                                {{"booking", one.booking.text()},
                                 {"guest", guest_text(rest.world.scenario(), one.user)},
                                 {"due", play::when(one.due_ns)},
                                 {"cancelled", play::when(one.at_ns)},
                                 {"late", play::how_long(late)}}),
                 late);
  }
  // A world that does not settle is given until the bound is over.
  const std::int64_t last_ns = rest.world.healed_ns + Config{}.pay_window.ns + kBound.ns;
  if (!rest.world.settled && rest.world.now_ns <= last_ns) return;
  for (const auto& [id, booking] : rest.bookings) {
    if (booking.state != api::BookingState::unpaid) continue;
    findings.add(play::not_live(kUnpaidBookingsEnd, rest.world.now_ns, "an unpaid booking is never cancelled",
                                about(rest.world.scenario(), booking)));
  }
}

}  // namespace

void watch_slots_follow_bookings(const play::Watching& parts) {
  parts.audit.add<RestRows>(kSlotsFollowBookings, {"booking"}, &check_slots);
}

void watch_unpaid_bookings_end(const play::Watching& parts) {
  const auto monitor = std::make_shared<Cancellings>(parts.scenario);
  parts.monitors.add<api::facts::VenueBooked, api::facts::BookingCancelled>(monitor);
  parts.audit.add<RestRows>(
      kUnpaidBookingsEnd, {"booking"},
      [monitor](const RestRows& rest, Findings& findings) { check_cancelled(*monitor, rest, findings); });
}

}  // namespace ordeal::booking

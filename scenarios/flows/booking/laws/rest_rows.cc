#include "scenarios/flows/booking/laws/rest_rows.h"

#include "core/wire/names.h"
#include "scenarios/flows/booking/parts.h"

namespace ordeal::booking {
namespace {

constexpr env::Sql kBookings{
    "select id, user_id, request_key, fingerprint, venue, starts, ends, note, state, pay_until, "
    "coalesce(payment_key, ''), coalesce(reason, '') from booking order by id"};
constexpr env::Sql kSlots{"select venue, starts, booking from venue_slot order by venue, starts"};
constexpr env::Sql kTokens{"select resource, token from lock_token order by resource"};

}  // namespace

RestRows::RestRows(const play::Rest& rest) : world(rest) {
  rest.read("booking", [this](env::Connection& from) {
    for (auto rows = from.query(kBookings); rows.next();) {
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
      if (auto reason = rows.get<std::string>(11); !reason.empty()) reasons[b.id] = std::move(reason);
      requests.emplace(std::pair(b.user, b.request_key), b.id);
      bookings.emplace(b.id, std::move(b));
    }
    for (auto rows = from.query(kSlots); rows.next();)
      slots[{rows.get<VenueId>(0), rows.get<Instant>(1)}] = rows.get<BookingId>(2);
    for (auto rows = from.query(kTokens); rows.next();)
      tokens[rows.get<std::string>(0)] = rows.get<std::int64_t>(1);
  });
}

const Booking* RestRows::booking(BookingId id) const {
  const auto found = bookings.find(id);
  return found == bookings.end() ? nullptr : &found->second;
}

const Booking* RestRows::request(UserId user, const std::string& key) const {
  const auto found = requests.find({user, key});
  return found == requests.end() ? nullptr : booking(found->second);
}

play::Evidence about(const play::Scenario& scenario, const Booking& booking) {
  return {{"booking", booking.id.text()},
          {"guest", guest_text(scenario, booking.user)},
          {"venue", venue_text(scenario, booking.venue)},
          {"stretch", stretch_text(scenario, booking.from, booking.until)},
          {"state", std::string(wire::name_of(booking.state))}};
}

}  // namespace ordeal::booking

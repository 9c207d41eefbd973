// What the booking service holds at rest, and how laws name it.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/booking/bookings.h"
#include "scenarios/flows/booking/parties/books.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::booking {

struct RestRows {
  explicit RestRows(const play::Rest& rest);

  const Booking* booking(BookingId id) const;
  // Null when there is none.
  const Booking* request(UserId user, const std::string& key) const;
  // Null where nobody came.
  const Book* book() const { return world.books_if_any<Book>(); }

  const play::Rest& world;
  std::map<BookingId, Booking> bookings;
  std::map<std::pair<UserId, std::string>, BookingId> requests;
  std::map<BookingId, std::string> reasons;  // of those that have one
  std::map<std::pair<VenueId, Instant>, BookingId> slots;
  std::map<std::string, std::int64_t> tokens;
};

inline bool is_active(const Booking& booking) { return booking.state != api::BookingState::cancelled; }

// {"booking", id}, {"guest", name}, {"venue", name}, {"stretch", text}, {"state", text}
play::Evidence about(const play::Scenario& scenario, const Booking& booking);

}  // namespace ordeal::booking
